import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { tokenizer } from "acorn";

/** A regular expression as a source file writes it. */
export type RegExpLiteral = { where: string; pattern: RegExp };

/** Every regular expression that the sources of a package write out, tests aside. */
export async function regExpLiterals(packageFolder: string): Promise<RegExpLiteral[]> {
  const found: RegExpLiteral[] = [];
  const root = join(packageFolder, "src");
  for await (const file of glob("**/*.ts", { cwd: root })) {
    if (file.endsWith(".test.ts")) continue;
    // Types become blanks, so that lines stay where they were.
    const source = stripTypeScriptTypes(readFileSync(join(root, file), "utf8"));
    const tokens = tokenizer(source, {
      ecmaVersion: "latest",
      sourceType: "module",
      locations: true,
    });
    for (const token of tokens) {
      const { value } = token as { value?: unknown };
      if (!isRegExpValue(value)) continue;
      const where = `${file}:${token.loc!.start.line}`;
      found.push({ where, pattern: new RegExp(value.pattern, value.flags) });
    }
  }
  return found;
}

const isRegExpValue = (value: unknown): value is { pattern: string; flags: string } =>
  typeof value === "object" && value !== null && "pattern" in value && "flags" in value;

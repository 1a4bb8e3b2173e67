import { BadInput, SourceFile, SourceKind } from "@waymark/domain";
import type { z } from "zod";
import { listProblems } from "./csv-file.ts";

/** The sources of a file; a BadInput names the entry, the key and the value that cannot be used. */
export function parseSources(text: string, file: string): SourceFile {
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new BadInput(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  return checkSources(given, file);
}

/** The same for sources that came another way. */
export function checkSources(given: unknown, file: string): SourceFile {
  const parsed = SourceFile.safeParse(given);
  if (!parsed.success) {
    throw new BadInput(
      listProblems(parsed.error.issues.map((issue) => describe(issue, given, file))),
    );
  }
  const ids = parsed.data.map((source) => source.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new BadInput(`${file} has two sources with the id "${twice}"`);
  return parsed.data;
}

function describe(issue: z.core.$ZodIssue, given: unknown, file: string): string {
  const [index, key, ...inner] = issue.path;
  if (index === undefined) {
    return `${file} must hold a list: [{"id", "name", "kind", "seeds": ["https://…"]}, …]`;
  }
  const entry = (given as { [key: string]: unknown }[])[Number(index)];
  const id = typeof entry?.id === "string" ? ` ("${entry.id}")` : "";
  const where = `${file}, entry ${Number(index) + 1}${id}`;
  if (key === undefined) return `${where} is no source: it must be {"id", "name", "kind", "seeds"}`;
  const value = issue.path
    .slice(1)
    .reduce<unknown>((at, step) => (at as { [key: PropertyKey]: unknown })?.[step], entry);
  const named = `${where}, ${[String(key), ...inner.map((step) => `number ${Number(step) + 1}`)].join(" ")}`;
  if (value === undefined) return `${named} is missing`;
  const shown = JSON.stringify(value);
  if (key === "kind") return `${named}: ${shown} is not one of ${SourceKind.options.join(", ")}`;
  if (value === "") return `${named} is empty`;
  return `${named}: ${shown} cannot be used: ${issue.message}`;
}

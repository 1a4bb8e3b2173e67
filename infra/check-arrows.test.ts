import { expect, test } from "vitest";
// @ts-expect-error The checks run before anything is compiled, so they are plain JavaScript.
import { checkFiles } from "./check-arrows.mjs";

const manifest = {
  dependencies: { "@waymark/domain": "", "@waymark/pipeline": "", pg: "", zod: "" },
};
const doors = (name: string) => (name === "pipeline" ? [".", "./worker"] : ["."]);

function check(
  title: string,
  name: string,
  files: Record<string, string>,
  expected: RegExp | undefined,
) {
  test(title, () => {
    const listed = Object.entries(files).map(([path, text]) => ({ path, text }));
    const said: string[] = checkFiles(name, listed, manifest, doors);
    if (expected) expect(said).toEqual([expect.stringMatching(expected)]);
    else expect(said).toEqual([]);
  });
}

const one = (text: string) => ({ "a.ts": text });

check("an arrow that exists", "match", one(`import { Match } from "@waymark/domain";`), undefined);
check("no such arrow", "domain", one(`import type { Db } from "@waymark/store";`), /no such arrow/);
check(
  "over several lines",
  "domain",
  one(`import {\n  a,\n} from "@waymark/store";`),
  /no such arrow/,
);
check("re-exported", "domain", one(`export { a } from "@waymark/store";`), /no such arrow/);
check("on demand", "domain", one(`const a = await import("@waymark/store");`), /no such arrow/);
check("not declared", "desk", one(`import { a } from "@waymark/store";`), /not in the package's/);
check("inner file", "desk", one(`import { a } from "@waymark/domain/src/a.ts";`), /inner file/);
check("second door", "desk", one(`import "@waymark/pipeline/worker";`), /first door/);
check("library at home", "store", one(`import pg from "pg";`), undefined);
check("library away", "desk", one(`import pg from "pg";`), /pg lives in store and pipeline/);
check(
  "undeclared library",
  "desk",
  one(`import a from "left";`),
  /not in the package's dependencies/,
);
check(
  "pure, with a file",
  "match",
  one(`import { readFileSync } from "node:fs";`),
  /input and output/,
);
check("pure, with a clock", "review", one("const now = new Date();"), /given the time/);
check("a date is no clock", "review", one("const day = new Date(2026);"), undefined);
check("a comment is no clock", "review", one("// Date.now() would not do"), undefined);
check("environment", "crawl", one(`const a = process.env.A;`), /config.ts or env.ts/);
check("environment in brackets", "crawl", one(`const a = process["env"];`), /config.ts or env.ts/);
check("environment at home", "crawl", { "env.ts": "const a = process.env.A;" }, undefined);
check(
  "another folder",
  "crawl",
  one(`import { a } from "../../store/src/a.ts";`),
  /leaves the package/,
);
check("no extension", "crawl", one(`import { a } from "./b";`), /no extension/);
check(
  "circle",
  "crawl",
  { "a.ts": `import { b } from "./b.ts";`, "b.ts": `import { a } from "./a.ts";` },
  /circle: a.ts → b.ts → a.ts/,
);
check(
  "a circle of types",
  "crawl",
  { "a.ts": `import { b } from "./b.ts";`, "b.ts": `import type { A } from "./a.ts";` },
  undefined,
);

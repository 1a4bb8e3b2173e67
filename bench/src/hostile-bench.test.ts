import { fileURLToPath } from "node:url";
import { createDraw } from "@waymark/match";
import { expect, test } from "vitest";
import { benchHostile } from "./hostile-bench.ts";
import { mutatePage } from "./mutate-page.ts";

const pages = fileURLToPath(new URL("../../test/pages", import.meta.url));

test("three hundred damaged pages of our own: no reader dies, and all that is told is there", {
  timeout: 240_000,
}, async () => {
  const said: string[] = [];
  const figures = await benchHostile({
    pages,
    mutations: 300,
    seed: 1,
    say: (text) => said.push(text),
  });
  expect(said).toEqual([]);
  for (const data of ["mutated pages", "pages from grammars"]) {
    const readingOf = (name: string) =>
      figures.find((one) => one.data === data && one.figure === name)?.value;
    expect(readingOf("readers that died")).toBe(0);
    expect(readingOf("readings not valid")).toBe(0);
    expect(readingOf("over 2 s")).toBe(0);
    expect(readingOf("evidence resolves")).toBe(1);
  }
  expect(figures.at(-1)?.value).toBeLessThan(400);
});

test("the same seed makes the same faults, another one others", () => {
  const page = Buffer.from('<p class="a">One</p><p id="b">Two</p>'.repeat(20));
  const made = (seed: number) => mutatePage(page, createDraw(seed)).toString("latin1");
  expect(made(1)).toBe(made(1));
  expect(made(1)).not.toBe(made(2));
  expect(made(1)).not.toBe(page.toString("latin1"));
});

import { expect, test } from "vitest";
import { showBar } from "./bar.ts";

function draw(isTerminal: boolean, steps: number[]): string[] {
  const said: string[] = [];
  const bar = showBar("rows", 1000, (text) => said.push(text), isTerminal);
  for (const step of steps) bar.show(step);
  bar.end();
  return said;
}

test("elsewhere than on a terminal each tenth of the work is a line", () => {
  const said = draw(false, [50, 100, 120, 150, 500, 1000]);
  expect(said).toHaveLength(4);
  expect(said.every((line) => line.endsWith("\n") && !line.includes("\r"))).toBe(true);
  expect(said.at(-1)).toContain("1000/1000 rows");
});

test("on a terminal the bar is drawn in its place, and the last one ends its line", () => {
  const said = draw(true, [250, 500]);
  expect(said).toHaveLength(3);
  expect(said.every((text) => text.startsWith("\r"))).toBe(true);
  expect(said[1]).toContain("███████████████░░░░░░░░░░░░░░░ 500/1000 rows");
  expect(said.at(-1)).toMatch(/1000\/1000 rows, \d+ s\n$/);
});

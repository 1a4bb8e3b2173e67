import { expect, test } from "vitest";
import { benchOrganizations } from "./organizations-bench.ts";

test("every organization that was planted is found", () => {
  const figures = benchOrganizations(50);
  expect(figures.find(({ figure }) => figure === "found")?.value).toBe(1);
});

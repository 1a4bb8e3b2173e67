import { expect, test } from "vitest";
import { parseJson } from "./guarded-parse.ts";

test("JSON is read unless it nests deeper than any answer", () => {
  expect(parseJson('{"a":["[[[[","\\"[{"]}')).toEqual({ a: ["[[[[", '"[{'] });
  expect(parseJson(`${"[".repeat(500)}${"]".repeat(500)}`)).toHaveLength(1);
  expect(parseJson(`${"[".repeat(600)}${"]".repeat(600)}`)).toBeUndefined();
  expect(parseJson(JSON.stringify(Array.from({ length: 5000 }, () => [[1]])))).toHaveLength(5000);
  expect(parseJson("{")).toBeUndefined();
});

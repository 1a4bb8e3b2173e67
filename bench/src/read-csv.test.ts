import { expect, test } from "vitest";
import { readCsv } from "./read-csv.ts";

const check = (name: string, text: string, rows: { [column: string]: string }[]) =>
  test(name, () => expect(readCsv(text)).toEqual(rows));

check("plain cells", "a,b\n1,2\n", [{ a: "1", b: "2" }]);
check("quotes, commas and line breaks", 'a,b\n"x, ""y""\nz",2\r\n', [{ a: 'x, "y"\nz', b: "2" }]);
check("empty cells, also the last one", "a,b,c\n,,\n1,,\n", [
  { a: "", b: "", c: "" },
  { a: "1", b: "", c: "" },
]);
check("no line break at the end, a byte order mark at the start", "\uFEFFa,b\n1,", [
  { a: "1", b: "" },
]);
check("a short row and an empty line", "a,b\n1\n\n2,3", [
  { a: "1", b: "" },
  { a: "2", b: "3" },
]);

test("a cell without an end is told", () => {
  expect(() => readCsv('a\n"b')).toThrow("character 2 has no end");
});

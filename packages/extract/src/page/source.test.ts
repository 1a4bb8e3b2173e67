import { expect, test } from "vitest";
import { parseGuarded } from "./guarded-parse.ts";
import { mapSource, quoteOf, sourceRange } from "./quote.ts";
import { decodeSource } from "./source.ts";

const decode = (bytes: number[] | Uint8Array, contentType?: string) =>
  decodeSource({ url: "http://a.example/", bytes: Uint8Array.from(bytes), contentType });

test("a mark, the header or the meta element names the encoding", () => {
  expect(decode([0xef, 0xbb, 0xbf, 0x3c, 0x70, 0x3e, 0xc3, 0xa9])).toContain("\u00e9");
  expect(decode([0x3c, 0x70, 0x3e, 0xe9], "text/html; charset=iso-8859-1")).toContain("\u00e9");
  expect(decode([0x3c, 0x70, 0x3e, 0xe9])).toContain("\u00e9");
  expect(decode(new TextEncoder().encode("<p>\u00e9"), "text/html; charset=iso-8859-1")).toContain(
    "\u00e9",
  );
});

const utf16 = (text: string, mark: number[] = []) => [
  ...mark,
  ...[...Buffer.from(text, "utf16le")],
];

test("two bytes a letter, with and without a mark", () => {
  expect(decode(utf16("<p>\u00e9 \u20ac", [0xff, 0xfe]))).toContain("\u00e9 \u20ac");
  const page = "<html><head><title>Hall</title></head><p>\u00e9 \u20ac";
  expect(decode(utf16(page), "text/html; charset=utf-16le")).toContain("\u00e9 \u20ac");
});

test("a meta element names an encoding of the East, undeclared bytes are of the West", () => {
  const ascii = (text: string) => [...Buffer.from(text, "latin1")];
  expect(decode([...ascii('<meta charset="shift_jis"><p>'), 0x93, 0xfa, 0x96, 0x7b])).toContain(
    "\u65e5\u672c",
  );
  expect(decode([...ascii("<p>"), 0x93, 0x41, 0x94, 0x20, 0x80])).toContain("\u201cA\u201d \u20ac");
  expect(
    decode([...ascii('<meta charset="iso-8859-1"><p>'), ...Buffer.from("\u00e9\u00e8", "utf8")]),
  ).toContain("\u00e9\u00e8");
});

test("an answer of a content system is laid out as the pages it carries", () => {
  const post = {
    link: "http://a.example/x/",
    title: { rendered: "A &amp; B" },
    content: { rendered: "<p>C</p>" },
    date: "2026-01-02T00:00:00",
  };
  const html = decode(new TextEncoder().encode(JSON.stringify([post])), "application/json");
  expect(html).toContain("<h1>A &amp; B</h1>");
  expect(html).toContain("<p>C</p>");
});

test("bombs are refused while the tree is built", () => {
  expect(parseGuarded("<p>fine</p>").root.children).toHaveLength(1);
  expect(() => parseGuarded("<div>".repeat(100_000))).toThrow("nested");
  expect(() =>
    parseGuarded(`<p ${Array.from({ length: 1000 }, (_, n) => `a${n}`).join(" ")}>`),
  ).toThrow("attributes");
  expect(() => parseGuarded("<b></b>".repeat(210_000))).toThrow("elements");
  expect(() => parseGuarded("a".repeat(11_000_000))).toThrow("characters");
  expect(parseGuarded("<p>".repeat(5000)).root.children).toHaveLength(5000);
});

test("every stretch of mapped text is what a reader sees of its range", () => {
  const source = "A&amp;B &nbsp; C\n\t<b>D</b>&eacute; E&F &#8211; G";
  const mapped = mapSource(source.replace(/<\/?b>/g, ""), 0, source.length);
  const bare = source.replace(/<\/?b>/g, "");
  for (let from = 0; from < mapped.text.length; from++) {
    for (let to = from + 1; to <= mapped.text.length; to++) {
      const { start, end } = sourceRange(mapped, from, to);
      expect(quoteOf(bare.slice(start, end))).toBe(mapped.text.slice(from, to).trim());
    }
  }
});

import { expect, test } from "vitest";
import { frameSource } from "./parts/frame-source.ts";
import { decodeSnapshot, lightQuote, readBlocks, verifyPlace } from "./snapshot-text.ts";

const litText = (source: string, start: number, end: number): string =>
  readBlocks(source, { start, end })
    .flatMap(({ runs }) => runs)
    .filter(({ isLit }) => isLit)
    .map(({ text }) => text)
    .join("|");

const check = (name: string, source: string, quote: string, lit: string) =>
  test(`lights ${name}`, () => {
    const start = source.indexOf(quote);
    expect(litText(source, start, start + quote.length)).toBe(lit);
  });

check("a sentence", "<p>One. Two three. Four.</p>", "Two three.", "Two three.");
check(
  "across inline tags",
  "<p>The <b>Har</b>bor <i>Pact</i></p>",
  "Har</b>bor <i>Pact",
  "Harbor Pact",
);
check("decoded entities", "<p>Work &amp; Learn&nbsp;Fund</p>", "Work &amp; Learn", "Work & Learn");
check("across blocks", "<li>One</li><li>Two</li>", "One</li><li>Two", "One|Two");
check("plain text", "First line\nSecond line", "Second", "Second");
check("text with a lone <", "<p>a < b and c</p>", "b and", "b and");

test("scripts, styles, comments and titles are no text", () => {
  const source =
    "<title>t</title><script>alert('<p>x</p>')</script><style>p{}</style><!-- <p>no</p> --><p>yes</p>";
  expect(readBlocks(source, undefined).map(({ runs }) => runs[0]!.text)).toEqual(["yes"]);
});

test("navigation is marked as aside, headings as headings", () => {
  const source = "<nav><a>Home</a></nav><h2>Grants</h2><ul><li>One</li></ul><footer>Foot</footer>";
  expect(readBlocks(source, undefined).map(({ look, isAside }) => [look, isAside])).toEqual([
    ["paragraph", true],
    ["heading", false],
    ["entry", false],
    ["paragraph", true],
  ]);
});

test("a place whose words are not the quote is not trusted", () => {
  const source = "<p>The <b>Harbor</b> Pact</p>";
  const place = { start: 3, end: source.length - "</p>".length };
  expect(verifyPlace(source, place, "The Harbor Pact")).toBe(true);
  expect(verifyPlace(source, place, "Another Pact")).toBe(false);
  expect(verifyPlace(source, { start: 5, end: 5 }, undefined)).toBe(false);
  expect(verifyPlace(source, { start: 0, end: 9999 }, undefined)).toBe(false);
});

test("a quote that moved is found by its words", () => {
  const blocks = readBlocks("<p>See the  Harbor\n Pact here.</p>", undefined);
  expect(lightQuote(blocks, "Harbor Pact")).toBe(true);
  expect(blocks[0]!.runs.map(({ text }) => text)).toEqual(["See the ", "Harbor Pact", " here."]);
  expect(lightQuote(blocks, "Nowhere")).toBe(false);
});

const bytes = (...codes: number[]) => new Uint8Array(codes);
test("decodes by the bytes, then by what is said of them", () => {
  expect(decodeSnapshot(new TextEncoder().encode("é"), "text/html; charset=iso-8859-1")).toBe("é");
  expect(decodeSnapshot(bytes(0xe9))).toBe("é");
  expect(decodeSnapshot(bytes(0xd6), "text/html; charset=koi8-r")).toBe("ж");
  expect(decodeSnapshot(bytes(0xff, 0xfe, 0x41, 0x00))).toBe("A");
  expect(decodeSnapshot(bytes(0xe9), "text/html; charset=nonsense")).toBe("é");
  expect(decodeSnapshot(new TextEncoder().encode("%PDF-1.7"))).toBeUndefined();
});

test("hostile markup is read in time that grows with its length only", () => {
  for (const piece of ["<", "<!--", "<a ", "<script", "&amp", "<p", "</", "<!", "a<b "]) {
    const started = performance.now();
    readBlocks(piece.repeat(200_000), undefined);
    expect(performance.now() - started).toBeLessThan(5_000);
  }
});

for (const [name, source] of [
  ["a script", "<script>alert(1)</script>x"],
  ["a script without an end", "x<script>alert(1)"],
  ["a preconnect", '<link rel=preconnect href="https://evil.example">x'],
  ["a refresh", '<META http-equiv=refresh content="0;url=https://evil.example">x'],
  ["a base", '<base href="https://evil.example">x'],
  ["a form", '<form action="https://evil.example"><input></form>x'],
  ["a frame", '<iframe srcdoc="<script>1</script>"></iframe>x'],
  ["a picture", '<img src="https://evil.example/p.gif" onerror=alert(1)>x'],
  ["a link that is followed", '<a ping="https://evil.example" href="https://evil.example">x</a>'],
] as const)
  test(`the frame gets no ${name}`, () => {
    const framed = frameSource(source);
    expect(framed).toContain("x");
    expect(framed).not.toMatch(/evil|<(script|link|meta|base|form|iframe)|onerror/i);
  });

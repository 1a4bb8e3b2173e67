import { expect, test } from "vitest";
import { parsePage } from "./page.ts";
import { quoteOf, sourceRange } from "./quote.ts";

/** Every line of a page must stand in its source where it says that it does. */
function check(name: string, html: string, lines: string[]): void {
  test(name, () => {
    const { blocks, source } = parsePage("http://a.example/", html);
    expect(blocks.map(({ text }) => text)).toEqual(lines);
    for (const block of blocks) {
      const { start, end } = sourceRange(block, 0, block.text.length);
      expect(quoteOf(source.slice(start, end))).toBe(block.text);
    }
  });
}

check("an end tag that closes nothing", "<p>One</b> two</i> three</p>", ["One two three"]);
check("an end tag with attributes", '<p>The <a href="/a">name</a href="/b"> is told</p>', [
  "The name is told",
]);
check("a `>` within an attribute", "<p>One <b title=\"a > b\">two</b> <i alt='>'>three</i></p>", [
  "One two three",
]);
check("what browsers take for comments", "<p>One </\u0001>two <!bogus>three <?php x ?>four</p>", [
  "One two three four",
]);
check("tags that are only letters", "<p>One <xmp>two <b>three</b></xmp> four</p>", [
  "One two three four",
]);
check("a comparison is no tag", "<p>1 < 2 and 3 > 2</p>", ["1 < 2 and 3 > 2"]);
check(
  "an icon within a line parts nothing, words that nobody sees do",
  '<p>File through <a href="/b">Harbor File<svg><path d="M0 0"/></svg></a>. Ask <span hidden>not me</span> us.</p>',
  ["File through Harbor File. Ask", "us."],
);

test("a link around a card is its heading's, or else its first line's", () => {
  const linksOf = (html: string) =>
    parsePage("http://a.example/", html).blocks.map(({ text, spans }) =>
      spans.filter(({ kind }) => kind === "link").map(({ from, to }) => text.slice(from, to)),
    );
  expect(linksOf('<a href="/h"><p>New</p><h3>Harbor File</h3><p>Files.</p></a>')).toEqual([
    [],
    ["Harbor File"],
    [],
  ]);
  expect(linksOf('<div>See <a href="/h">Harbor<br>File</a> now</div>')).toEqual([["Harbor"], []]);
  expect(linksOf('<a href="/h"><div><a href="/i">Inner</a></div>x</a>')[0]).toEqual(["Inner"]);
});

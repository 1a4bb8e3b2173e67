import type { Element } from "domhandler";
import { parseDocument } from "htmlparser2";
import { expect, test } from "vitest";
import { faultOfSelector, findAll, untilNext } from "./select.ts";

const nodesOf = (html: string) => parseDocument(html, { decodeEntities: false }).children;
const textsOf = (elements: readonly Element[]) => elements.map(({ attribs }) => attribs.id);

test("finds in the order of the page, the given nodes themselves included", () => {
  const nodes = nodesOf('<ul id="a"><li id="b"><p id="c"></p></li></ul><p id="d"></p>');
  expect(textsOf(findAll("p", nodes))).toEqual(["c", "d"]);
  expect(textsOf(findAll("ul", nodes))).toEqual(["a"]);
  const [item] = findAll("li", nodes);
  // What stands around a node counts, too.
  expect(textsOf(findAll("ul > li > p", [item!]))).toEqual(["c"]);
});

test("an entry goes on up to the next one, also where that stands deeper", () => {
  const nodes = nodesOf('<h2 id="a"></h2><p id="b"></p><div id="c"><h2 id="d"></h2></div>');
  const headings = findAll("h2", nodes);
  expect(untilNext(headings[0]!, new Set(headings))).toHaveLength(2);
});

test.each([
  ["h3 > a", undefined],
  ["li:not(:first-child) a[href^='/p']", undefined],
  ["tr > td:nth-of-type(2)", undefined],
  ["li[", /found|Expected|Malformed/i],
  ["a:nope", /pseudo/i],
  ["> a", /begins or ends/],
  ["li >", /begins or ends/],
  ["div:has(p)", /not allowed/],
  ["p:contains(x)", /not allowed/],
  ["h2 ~ p", /not allowed/],
  ["a:scope", /not allowed/],
  ["li:nth-last-of-type(1)", /not allowed/],
])("%s: %s", (selector, fault) => {
  const found = faultOfSelector(selector, { isInsideEntry: true });
  if (fault) expect(found).toMatch(fault);
  else expect(found).toBeUndefined();
});

test("what counts siblings is for entries alone", () => {
  expect(faultOfSelector("tr:nth-of-type(2)", { isInsideEntry: false })).toMatch(/within an entry/);
});

test.each([
  ["many steps down a deep page", "div div div div div div div div p", "<div>".repeat(800)],
  [
    "all of many siblings but the first",
    "ul > li:not(:first-child)",
    `<ul>${"<li></li>".repeat(20_000)}</ul>`,
  ],
  [
    "classes of many siblings",
    "li.a:not(.b) + li",
    `<ul>${'<li class="a c"></li>'.repeat(20_000)}</ul>`,
  ],
])("no selector that is allowed takes long: %s", (_title, selector, html) => {
  const nodes = nodesOf(html);
  const began = process.cpuUsage().user;
  findAll(selector, nodes);
  expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(2);
});

import { expect, test } from "vitest";
import { structuredThings } from "../readers/structured.ts";
import { ElementIndex } from "./element-index.ts";
import { parseGuarded } from "./guarded-parse.ts";
import { parsePage } from "./page.ts";

const html = `<!doctype html><html><body>
<svg><title>An arrow</title></svg><title>Harbor Skills</title>
<button data-toggle="collapse">More</button><table id="grants"><tr><td><table><tr><td>inner</table></table>
<div itemscope itemtype="http://schema.org/Event"><b itemprop="name">Harbor Day</b>
<span itemscope><i itemprop="name">no type, no thing</i></span>
<time itemprop="startDate" datetime="2026-03-01">1 March</time></div>
<p>unclosed<p>too</body></html>`;

test("gathers while it parses what a walk through the tree finds", () => {
  const { root, elements } = parseGuarded(html);
  const walked = ElementIndex.within(root);
  for (const name of ["svg", "title", "table", "td", "time", "p", "none"])
    expect(elements.named(name)).toEqual(walked.named(name));
  expect(elements.named("table")).toHaveLength(2);
  expect(elements.marked).toEqual(walked.marked);
  expect(elements.controls).toEqual(walked.controls);
  expect(elements.controls.map(({ name }) => name)).toEqual(["button"]);
  expect(elements.withId.map(({ attribs }) => attribs.id)).toEqual(["grants"]);
});

test("takes no drawing's title for the page's", () => {
  expect(parsePage("http://a.example/", html).head.title?.value).toBe("Harbor Skills");
});

test("gives a value of microdata to the nearest thing alone", () => {
  const things = structuredThings(parsePage("http://a.example/", html));
  expect(things).toHaveLength(1);
  expect(things[0]).toMatchObject({
    type: "Event",
    name: { value: "Harbor Day" },
    starts: { value: "2026-03-01" },
  });
});

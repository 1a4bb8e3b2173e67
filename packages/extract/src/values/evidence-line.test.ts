import { expect, test } from "vitest";
import { parsePage } from "../page/page.ts";
import { sourceRange } from "../page/quote.ts";
import { stretchesOf } from "./evidence-line.ts";
import { wordsOf } from "./finding.ts";

const html =
  '<head><meta name="description" content="Open &amp; fair badges"></head><body><p>One <b>open</b> door.</p><p>Two&nbsp;&amp;  three.</p></body>';
const page = parsePage("http://lantern.example/", html);

/** The stretches between the first place of one piece of source and the end of another. */
const check = (from: string, to: string, ...texts: string[]) =>
  test(`${from} … ${to}`, () => {
    const start = html.indexOf(from);
    const end = html.indexOf(to) + to.length;
    const stretches = stretchesOf(page, { start, end });
    expect(stretches.map(wordsOf)).toEqual(texts);
    const { of, from: first, to: last } = stretches[0]!;
    expect(sourceRange(of, first, last).start).toBe(start);
  });

check("One", "door.", "One open door.");
check("open<", "door", "open door");
check("door", "Two&nbsp;&amp;", "door.", "Two &");
check("Open &amp;", "badges", "Open & fair badges");

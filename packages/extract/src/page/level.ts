import { keptWith } from "@waymark/normalize";
import { type Element, isTag } from "domhandler";
import { DomUtils } from "htmlparser2";
import { classWords } from "./place.ts";
import { decodeText } from "./quote.ts";

/** How high a line stands: 1 to 6 for headings, 7 for a line that is wholly bold, 0 for text. */
export function levelOf(element: Element, text: string, bold: boolean, hasFonts: boolean): number {
  for (let up: Element | null = element, steps = 0; up && steps < 3; steps++) {
    const heading = headingTags.indexOf(up.name) + 1;
    if (heading > 0) return heading;
    if (up.attribs.role === "heading") return Number(up.attribs["aria-level"] ?? 2) || 2;
    up = up.parent && isTag(up.parent) && up.parent.children.length <= 3 ? up.parent : null;
  }
  if (element.name === "summary" || element.name === "caption") return 6;
  if (text.length > 140 || endOfSentence.test(text)) return 0;
  const words = ofLists.has(element.name) ? "" : classWords(element);
  if (namesPage.test(words)) return 1;
  if (text.length < 120 && namesPart.test(words)) return 6;
  if (hasFonts && hasBigFont(element, text)) return 2;
  return bold && text.length < 120 ? 7 : 0;
}

const headingTags = ["h1", "h2", "h3", "h4", "h5", "h6"];
/** What is called a title here is as often the line of a list. */
const ofLists: ReadonlySet<string> = new Set(["td", "th", "dd", "li", "dt"]);
const endOfSentence = /[a-z]\.$/;
const namesPage = / (?:page title|entry title|post title|article title) /;
const namesPart = / (?:title|heading|headline|subhead|subheading|card title) /;

/** Large letters that hold all of the line, not only another line of the same element. */
const hasBigFont = (element: Element, text: string): boolean => largeTextOf(element).includes(text);

/**
 * What an element writes in large letters; where that is most of it, nothing stands out. An element may hold many
 * lines, each of which asks.
 */
const largeTextOf = keptWith((element: Element): string => {
  const large = element.children
    .filter(isTag)
    .filter(({ name, attribs }) => name === "font" && Number(attribs.size) >= 5)
    .map((font) => decodeText(DomUtils.textContent(font)).replace(/\s+/g, " "))
    .join("\n");
  return large.length > 5000 ? "" : large;
});

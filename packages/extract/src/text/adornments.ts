import { type Element, isTag } from "domhandler";
import type { Block, Page } from "../page/page.ts";
import { classWords } from "../page/place.ts";
import { lengthOf, proseOf } from "./text-measure.ts";

/**
 * Leaves out what stands within the content and is not told by it: captions, the box about the author, who
 * wrote a post and since when, signatures, customers' reviews, forms, filters, buttons, and what was said
 * before, since slides and what phones are shown often stand in a page twice.
 */
export function withoutAdornments(page: Page, blocks: readonly Block[]): readonly Block[] {
  const known = new Map<Element, boolean>();
  const isAdorned = (element: Element): boolean => {
    let answer = known.get(element);
    if (answer === undefined) {
      const { parent } = element;
      answer =
        isAdornment(page, element) || (parent !== null && isTag(parent) && isAdorned(parent));
      known.set(element, answer);
    }
    return answer;
  };
  const said = new Set<string>();
  const plain = blocks.filter(({ element, text }) => {
    if (isAdorned(element)) return false;
    if (text.length < repeatedMin) return true;
    const isNew = !said.has(text);
    said.add(text);
    return isNew;
  });
  return lengthOf(plain) > lengthOf(blocks) * 0.3 ? plain : blocks;
}

/** Shorter lines, as the cells of a table, may mean something else each time. */
const repeatedMin = 80;

function isAdornment(page: Page, element: Element): boolean {
  const { bulk, blocks } = page;
  if (bulk.titled.has(element) || bulk.most.has(element)) return false;
  if (element.name === "figcaption") return true;
  if (element.name === "form") {
    // Some systems wrap whole pages and threads in a form.
    const { from, to } = page.extent(element);
    return proseOf(blocks.slice(from, to)) < 400;
  }
  return adorning.test(classWords(element));
}

const adorning = new RegExp(
  ` (?:${[
    "caption",
    "author|byline|entry meta|disclaimer|disclosure",
    "message user (?:extras|info)|message userinfo|post profile|signature",
    "reviews",
    "btn|button|actions|toolbar|print",
    "filters|facets?",
    "tags|recent posts|popular posts|trending",
  ].join("|")}) `,
);

import { type Element, isTag, type ParentNode } from "domhandler";
import type { Block, Page } from "../page/page.ts";
import { classWords, type Place } from "../page/place.ts";
import { holdsWord } from "./holds-word.ts";
import { mainPart } from "./main-part.ts";
import { lengthOf, linkedShare, proseOf } from "./text-measure.ts";

/**
 * The blocks that belong to what a page tells. Class names are chosen by people who did not think of us: a
 * slider, a "promo" or a "nav" that holds running text inside the content is a part of it, and where hardly
 * anything is left, what seemed furniture was the content. The places themselves stay as they are, since
 * records are looked for by them.
 */
export function toldBlocks(page: Page): readonly Block[] {
  const main = mainPart(page);
  const taken = new Set(takenBack(page, main));
  const told =
    taken.size === 0
      ? main
      : page.blocks.filter((block) => block.place === "main" || taken.has(block));
  if (lengthOf(told) >= 250) return told;
  const wider = page.blocks.filter((block) => widened.has(block.place) || taken.has(block));
  return lengthOf(wider) > 1000 && lengthOf(wider) > 4 * lengthOf(told) ? wider : told;
}

/** All but menus, foot and what people say of the page. */
const widened: ReadonlySet<Place> = new Set<Place>([
  "main",
  "aside",
  "carousel",
  "header",
  "related",
]);

/** Groups of blocks that class names alone have put aside although they tell a good part of the page. */
function takenBack(page: Page, main: readonly Block[]): Block[] {
  const told = { length: lengthOf(main), prose: proseOf(main) };
  const taken = putAside(page).filter((group) => tellsMuch(group, told) || isLarge(group, told));
  const said = contributions(page);
  return said.length > 0 && isDiscussion(page, told.prose, proseOf(said))
    ? [...taken.flat(), ...said]
    : taken.flat();
}

const takable: ReadonlySet<Place> = new Set<Place>(["carousel", "aside", "navigation"]);

/** Sections made alike are weighed together: each alone may be short. */
function putAside(page: Page): Block[][] {
  const groups = new Map<string, Block[]>();
  for (const block of page.blocks) {
    const by = block.placedBy;
    if (!by || !takable.has(block.place) || !isPlacedByName(by) || !isWithinContent(page, by))
      continue;
    const key = `${block.place} ${by.name} ${by.attribs.class ?? ""}`;
    const group = groups.get(key);
    if (group) group.push(block);
    else groups.set(key, [block]);
  }
  return [...groups.values()];
}

/** A name, not the element itself or its role, says what it is. */
const isPlacedByName = ({ name, attribs }: Element): boolean =>
  !namedPlaces.has(name) && !attribs.role;

const namedPlaces: ReadonlySet<string> = new Set(
  "nav header footer aside dialog marquee blink".split(" "),
);

/** Inside the main element, or beside the page's title. */
function isWithinContent({ bulk }: Page, element: Element): boolean {
  for (let up: ParentNode | null = element.parent; up && isTag(up); up = up.parent) {
    if (up.name === "body" || up.name === "html") return false;
    if (up.name === "main" || up.name === "article" || up.attribs.role === "main") return true;
    if (bulk.titled.has(up)) return true;
  }
  return false;
}

/** Running text, and not little beside what the main part has. */
const tellsMuch = (group: readonly Block[], told: { prose: number }): boolean =>
  !/ (sidebar|side bar|widget area|ads?|advert|advertisement|sponsored) /.test(namesOf(group)) &&
  proseOf(group) >= Math.max(100, told.prose * 0.1) &&
  linkedShare(group) < 0.35;

/** Cards that are more than half of what the main part has: the main part is their frame. */
const isLarge = (group: readonly Block[], told: { length: number }): boolean =>
  group[0]!.place !== "navigation" &&
  !/ (sidebar|side bar|widget area) /.test(namesOf(group)) &&
  lengthOf(group) >= Math.max(300, told.length * 0.6) &&
  lengthOf(group) / group.length > 12;

const namesOf = (group: readonly Block[]): string => {
  const by = group[0]!.placedBy;
  return by ? classWords(by) : "";
};

/** What people wrote is the page, where it says so or where there is nothing else that they comment on. */
const isDiscussion = (page: Page, mainProse: number, saidProse: number): boolean =>
  mainProse < 300 ||
  holdsWord(page.source, "DiscussionForumPosting") ||
  (saidProse > 2 * mainProse && holdsWord(page.source, "QAPage"));

const contributions = (page: Page): Block[] =>
  page.blocks.filter(
    (block) =>
      block.place === "comments" ||
      (block.place === "related" && !block.placedBy && linkedShare([block]) < 0.35),
  );

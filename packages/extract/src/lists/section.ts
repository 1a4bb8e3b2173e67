import { keptWith, remember } from "@waymark/normalize";
import type { Block } from "../page/page.ts";
import type { Context } from "../page/site.ts";
import { hasWords } from "../text/text-measure.ts";

/** What the words above a list promise: efforts, something else, or nothing in particular. */
export type Promised = "efforts" | "others" | "nothing";

const effortSection =
  /\b(?:programs?|programmes?|initiatives?|projects?|grants?|grantees?|investments?|our work|what we do|efforts?|networks?|coalitions?|alliances|campaigns?|portfolio|partnerships|pathways|apprenticeships?|scholarships|fellowships?|collaboratives?|funds|awards|awardees|movements|platforms)\b/i;
const otherSection =
  /\b(?:news|newsroom|events?|blogs?|press|media|staff|team|people|board|directors|trustees|leadership|members?|membership|jobs?|careers at|openings|positions?|vacancies|employment opportunities|publications?|reports?|resources|documents?|forms?|library|faqs?|frequently asked|questions|contacts?|calendar|minutes|agendas?|stories|testimonials|sponsors?|partners|supporters|funders|courses?|classes|glossary|topics|organi[sz]ations|polic(?:y|ies)|privacy|legislation|webinars?|videos?|podcasts?|photos|newsletters?|updates|announcements|articles|insights|locations?|directions|hours|history|milestones|timeline|governance|committees?|downloads|tools|products|shop|services|requirements|eligibility|how to|steps|related|see also|learn more|categories|archives?|tags|awards ceremony|speakers|schedule|sessions)\b/i;

/** "About the Harbor Program" speaks of one, not of several. */
const ofOne =
  /^(?:about|why|how|what is|inside)\b[^,&]*\b(?:the|this|our|your)\b[^,&]*\b(?:program|programme|initiative|project|grant|fund|network|campaign)$|\bthis\s+(?:program|programme|initiative|project|grant|fund|network|campaign)\b/i;

/** Reads a heading, title or address part as a promise; both words in one line promise nothing. */
export const promiseOf = remember((text: string): Promised => {
  const isEfforts = effortSection.test(text) && !ofOne.test(text);
  const isOthers = otherSection.test(text);
  if (isEfforts && isOthers)
    return /^(?:related|recent|latest|news|staff|board|contact)\b/i.test(text)
      ? "others"
      : "nothing";
  return isEfforts ? "efforts" : isOthers ? "others" : "nothing";
});

/** The promise of the nearest heading that makes one, else the page's title, else its address. */
export function promiseAbove(ctx: Context, headings: readonly Block[]): Promised {
  for (const heading of headings) {
    const promise = promiseOf(heading.text);
    if (promise !== "nothing") return promise;
  }
  return promiseOfPage(ctx);
}

/** What the title of a page promises, or else its address. */
const promiseOfPage = keptWith((ctx: Context): Promised => {
  const title = ctx.title ? promiseOf(ctx.title.name) : "nothing";
  if (title !== "nothing") return title;
  const segments = ctx.path
    .toLowerCase()
    .split("/")
    .filter((segment) => segment !== "" && !/^(?:page|\d+)$/.test(segment));
  const last =
    segments
      .at(-1)
      ?.replace(/\.\w+$/, "")
      .replace(/[-_]+/g, " ") ?? "";
  return hasWords(last, 5) ? "nothing" : promiseOf(last);
});

/** Headings above a block, nearest first, each of a higher rank than the one below it. */
export function headingsAbove(blocks: readonly Block[], block: Block): Block[] {
  const above: Block[] = [];
  let level = block.level > 0 ? block.level : 8;
  for (let at = block.index - 1; at >= 0; at--) {
    const heading = blocks[at]!;
    if (
      heading.level > 0 &&
      heading.level < level &&
      heading.place !== "navigation" &&
      heading.place !== "footer"
    ) {
      above.push(heading);
      level = heading.level;
    }
  }
  return above;
}

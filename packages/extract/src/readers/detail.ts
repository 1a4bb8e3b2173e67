import { canonicalAddress, foldName, hostOf, siteOf } from "@waymark/normalize";
import { describe } from "../describe.ts";
import { type Finding, proves, type Stretch, whole, wordsOf } from "../finding.ts";
import { meaningOf } from "../label.ts";
import { type Draft, rangeOf, takeNameApart } from "../mention.ts";
import type { Block } from "../page.ts";
import type { Context } from "../site.ts";

/** How a page tells of its one effort: whose name, under which address, in which part. */
export type Telling = {
  role: "own" | "detail";
  name: Stretch;
  nameMethod: Draft["nameMethod"];
  otherNames: readonly string[];
  url: string | undefined;
  blocks: readonly Block[];
};

/** One page about one effort: everything its main part says is said of it. */
export function readDetail(ctx: Context, telling: Telling): Draft {
  const named = takeNameApart(ctx, telling.name);
  const own = [
    wordsOf(named.name),
    wordsOf(telling.name),
    ...(named.acronym ? [named.acronym] : []),
  ];
  const names = [...new Set([...own, ...telling.otherNames])];
  const notices = ctx.page.blocks.filter((block) => block.place === "notice");
  const { findings, signs } = describe(ctx, telling.blocks, { names, own }, { notices });
  findings.push(...structuredFindings(ctx, names), ...metaDescription(ctx, findings));
  const isToldElsewhere =
    telling.role === "detail" && !findings.some(({ field }) => field === "url");
  const site = isToldElsewhere
    ? websiteLink(ctx, telling.blocks, names, telling.url === undefined)
    : undefined;
  if (site) findings.push(site);
  return {
    role: telling.role,
    name: telling.name,
    nameMethod: telling.nameMethod,
    url: telling.url,
    findings,
    signs,
    range: rangeOf(telling.blocks),
    around: ctx.siteName?.name ?? "",
  };
}

/** What the page's structured data says of the thing that bears this name. */
function structuredFindings(ctx: Context, names: readonly string[]): Finding[] {
  const folded = new Set(names.map(foldName));
  return ctx.things.flatMap((thing) => {
    if (
      !thing.name ||
      !folded.has(foldName(thing.name.value)) ||
      !/(?:Project|Program|Organization|NGO|Grant|Service|Event|Course|EducationalOccupationalProgram)$/.test(
        thing.type,
      )
    )
      return [];
    const at = (
      placed: { value: string; start: number; end: number },
      field: Finding["field"],
      value = placed.value,
    ): Finding => ({
      field,
      value,
      quote: placed.value,
      start: placed.start,
      end: placed.end,
      method: "structured",
      confidence: 0.85,
    });
    const date = (value: string) => /^\d{4}(?:-\d{2}){0,2}/.exec(value)?.[0];
    const founded = thing.founded && date(thing.founded.value);
    const dissolved = thing.dissolved && date(thing.dissolved.value);
    return [
      ...(founded ? [at(thing.founded!, "start", founded)] : []),
      ...(dissolved ? [at(thing.dissolved!, "end", dissolved)] : []),
      ...thing.funders.map((funder) => at(funder, "funders")),
      ...thing.parents.slice(0, 1).map((parent) => at(parent, "leadOrganization")),
      ...thing.alternateNames.map((name) => at(name, "aliases")),
    ];
  });
}

/** The meta description, where the text itself has no paragraph that describes. */
function metaDescription(ctx: Context, findings: readonly Finding[]): Finding[] {
  if (findings.some(({ field }) => field === "description")) return [];
  const block = ctx.page.blocks.find(
    (one) =>
      one.place === "main" &&
      one.level === 0 &&
      one.text.length >= 30 &&
      !meaningOf(one.text) &&
      !/^[^:]{2,40}:/.test(one.text),
  );
  return block ? [proves("description", block.text, whole(block), "sentence", 0.4)] : [];
}

/**
 * The link that leads from a page about an effort to the effort itself: one that is called its website,
 * or, where the page is no address of its own, one that is written out.
 */
export function websiteLink(
  ctx: Context,
  blocks: readonly Block[],
  names: readonly string[],
  isWrittenEnough: boolean,
): Finding | undefined {
  const home = siteOf(ctx.page.url);
  for (const block of blocks) {
    if (/\b(?:contact|media inquiries|about the author)\b/i.test(block.text)) continue;
    for (const span of block.spans) {
      if (span.kind !== "link" || !span.href) continue;
      const url = canonicalAddress(span.href, ctx.page.head.base ?? ctx.page.url);
      if (!url || url === ctx.page.url || /\.(?:pdf|docx?|xlsx?)$/i.test(url)) continue;
      const text = block.text.slice(span.from, span.to);
      const isAway = siteOf(url) !== home && !servesMany.test(siteOf(url) ?? "");
      const isCalled = callsWebsite(text, names);
      if (!isAway || !(isCalled || (isWrittenEnough && isWrittenAddress(text, url)))) continue;
      return proves("url", url, { of: block, from: span.from, to: span.to }, "link", 0.8);
    }
  }
  return undefined;
}

/** "Visit the program website", "the Lantern site": of nobody else, so only words of its name may stand there. */
function callsWebsite(text: string, names: readonly string[]): boolean {
  const called =
    /^(?:(?:please\s+)?(?:visit|go to|view|see)\s+)?(?:the\s+|its\s+|our\s+|their\s+)?((?:[\p{L}\p{N}'\u2019&.-]+\s+){0,5}?)(?:official\s+)?(?:web ?site|home ?page|web ?page|site)\W*$/iu.exec(
      text.trim(),
    );
  const own = new Set([...foldName(names.join(" ")).split(" "), ...kindWords]);
  return (
    called !== null &&
    foldName(called[1]!)
      .split(" ")
      .every((word) => word === "" || own.has(word))
  );
}

const kindWords: readonly string[] =
  "program project initiative effort campaign network official full main".split(" ");

/** A link whose words are the address it leads to, up to its path. */
const isWrittenAddress = (text: string, url: string): boolean => {
  const host = hostOf(url)?.replace(/^www\./, "") ?? "";
  const written = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/^www\./, "");
  return host !== "" && written.split("/")[0]?.replace(/\W+$/, "") === host;
};

/** Hosts of everybody's videos, posts and forms are nobody's own site. */
const servesMany =
  /^(?:facebook|twitter|x|linkedin|instagram|youtube|youtu|vimeo|google|goo|bit|t|flickr|tiktok|pinterest|eventbrite|zoom|medium|github|surveymonkey|mailchimp|constantcontact)\./;

import { canonicalAddress, foldName } from "@waymark/normalize";
import { readHistory } from "../events/history.ts";
import { type Draft, rangeOf } from "../mention.ts";
import { takeNameApart } from "../names/take-name-apart.ts";
import type { Block } from "../page/page.ts";
import { type Context, copiedFrom, ownAddress } from "../page/site.ts";
import { mainPart } from "../text/main-part.ts";
import { describe } from "../values/describe.ts";
import { type Finding, proves, type Stretch, whole, wordsOf } from "../values/finding.ts";
import { findLabelled } from "../values/label.ts";
import { effortMeanings, meaningOf } from "../values/label-meaning.ts";
import { websiteLink } from "../values/own-link.ts";

/** How a page tells of its one effort: whose name, under which address, in which part. */
export type Telling = {
  role: "own" | "detail";
  name: Stretch;
  nameMethod: Draft["nameMethod"];
  otherNames: readonly string[];
  url: string | undefined;
  blocks: readonly Block[];
};

/** A page that is about what it is headed with. */
export function detailTelling(ctx: Context): Telling {
  const { page } = ctx;
  const title = ctx.title ?? { name: "", at: { text: "", segments: [] } };
  const from = Math.max(0, title.at.text.indexOf(title.name));
  return {
    role: "detail",
    name: { ...whole(title.at), from, to: from + title.name.length },
    nameMethod: ctx.titleBlock ? "heading" : "meta",
    otherNames: [],
    url: ownAddress(ctx, copiedFrom(ctx) ?? canonicalAddress(page.url) ?? page.url),
    blocks: mainPart(page),
  };
}

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
  const { findings, signs, told } = describe(
    ctx,
    telling.blocks,
    { names, own },
    { notices, facts: factBoxes(ctx) },
  );
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
    told,
    history: readHistory(ctx, telling.blocks, { names, own }),
    range: rangeOf(telling.blocks),
    around: ctx.siteName?.name ?? "",
  };
}

/** What stands beside the text, where two labels or more show that it holds facts on what the page is about. */
function factBoxes(ctx: Context): Block[] {
  const beside = ctx.page.blocks.filter(({ place }) => place === "aside");
  const meanings = new Set(findLabelled(ctx.page, beside).labelled.map(({ meaning }) => meaning));
  return [...meanings].filter((meaning) => ofEffort.has(meaning)).length >= 2 ? beside : [];
}

const ofEffort: ReadonlySet<string> = new Set([...effortMeanings, "status"]);

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

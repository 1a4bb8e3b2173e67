import type {
  Document,
  Issue,
  Knowledge,
  Mention,
  PageKind,
  Reading,
  VersionedRecipe,
} from "@waymark/domain";
import { canonicalAddress, foldName } from "@waymark/normalize";
import { isTag } from "domhandler";
import { type Draft, toMention } from "./mention.ts";
import { judgeName } from "./names/effort-name.ts";
import { PageRefused, refuseLarge, refuseXml } from "./page/guarded-parse.ts";
import { languageOf } from "./page/language.ts";
import { layOutPart, type Page, parsePage } from "./page/page.ts";
import { type Context, contextOf, titleParts } from "./page/site.ts";
import { decodeSource, formOf } from "./page/source.ts";
import { judgePage } from "./page/verdict.ts";
import { readerVersion } from "./reader-version.ts";
import { readAnnouncement } from "./readers/announcement.ts";
import { provedByAnswer } from "./readers/api.ts";
import { detailTelling, readDetail } from "./readers/detail.ts";
import { readFeed } from "./readers/feed.ts";
import { readListing } from "./readers/listing.ts";
import { ownTelling } from "./readers/own-site.ts";
import { onPages, readPdfText } from "./readers/pdf.ts";
import { headingLevels } from "./readers/pdf-text.ts";
import { layOutText } from "./readers/plain-text.ts";
import { readByRecipe } from "./readers/recipe.ts";
import { readReport } from "./readers/report.ts";
import { readPassing, readSubject } from "./readers/subject.ts";
import { isRecipeFor } from "./recipes/recipe.ts";
import { mainBlocks, mainText } from "./text/main-text.ts";
import { ownPublication } from "./text/own-date.ts";
import { pageDates } from "./text/page-dates.ts";
import { judgeKind } from "./text/page-kind.ts";
import { wordsOf } from "./values/finding.ts";

/**
 * Everything a page says about efforts, each value with its proof; the same for the same page, knowledge
 * and recipe. The recipe, where its source has one for such an address, comes first.
 */
export async function readDocument(
  document: Document,
  knowledge: Knowledge,
  recipe?: VersionedRecipe,
): Promise<Reading> {
  const tooLarge = refuseLarge(document);
  if (tooLarge) return emptyReading("none", [tooLarge.issue]);
  const source = decodeSource(document);
  switch (formOf(document)) {
    case "html":
      return readHtml(document, source, knowledge, recipe);
    case "json":
      return readApi(document, source, knowledge);
    case "feed":
      return readFeedDocument(source);
    case "text":
      return readText(
        layOutText(document.url, source.slice(0, 2_000_000)),
        knowledge,
        undefined,
        [],
      );
    case "pdf": {
      const pdf = await readPdfText(document.bytes);
      const page = layOutText(document.url, pdf.text, {
        levels: headingLevels(pdf.text, pdf.lines),
        tables: pdf.tables,
      });
      const reading = readText(page, knowledge, pdf.title, pdf.issues);
      return { ...reading, mentions: onPages(pdf, reading.mentions) };
    }
    default:
      return emptyReading("none", [
        { code: "no-text", message: `No reader for ${document.contentType ?? "these bytes"}.` },
      ]);
  }
}

function readHtml(
  document: Document,
  source: string,
  knowledge: Knowledge,
  recipe: VersionedRecipe | undefined,
): Reading {
  const page = parseOrRefuse(document.url, source);
  if ("issue" in page) return emptyReading("none", [page.issue]);
  const isMeant = recipe && isRecipeFor(recipe.recipe, document.url);
  return readPage(page, knowledge, isMeant ? recipe : undefined);
}

function parseOrRefuse(url: string, source: string): Page | PageRefused {
  try {
    return parsePage(url, source);
  } catch (error) {
    if (error instanceof PageRefused) return error;
    throw error;
  }
}

function readPage(page: Page, knowledge: Knowledge, recipe?: VersionedRecipe): Reading {
  const ctx = contextOf(page, knowledge);
  const blocks = mainBlocks(page);
  const text = mainText(blocks);
  const { verdict, reason } = judgePage(page, text);
  const dates = pageDates(page, ctx.things);
  const published = ownPublication(page, ctx.things, dates, ctx.titleBlock);
  const language = languageOf(page, text);
  const frame = (kind: PageKind) => ({
    kind,
    ...(ctx.title && { title: ctx.title.name }),
    ...(language && { language }),
    ...(published && { published }),
    dates,
  });
  if (verdict !== "page" && verdict !== "shell" && verdict !== "login") {
    return {
      readerVersion,
      page: frame("error"),
      text,
      mentions: [],
      issues: [{ code: verdict, message: `No page: ${reason}.` }],
    };
  }
  const general = readEfforts(ctx, page, blocks, dates);
  const { kind, drafts, issues } = recipe
    ? readOwnWay(ctx, recipe, general)
    : { ...general, issues: [] };
  const settled = settle(ctx, drafts);
  return {
    readerVersion,
    page: frame(kind),
    text,
    mentions: settled.mentions,
    issues: [...issues, ...settled.issues],
  };
}

/** A page as its source's recipe reads it; entries take the place of those that the general readers found. */
function readOwnWay(
  ctx: Context,
  recipe: VersionedRecipe,
  general: ReadEfforts,
): ReadEfforts & { issues: Issue[] } {
  const { kind } = general;
  const byRecipe = readByRecipe(ctx, recipe, general.drafts, () =>
    readDetail(ctx, detailTelling(ctx)),
  );
  const { drafts, issues } = byRecipe;
  if (drafts.length === 0) return { ...general, issues };
  const isListing = recipe.recipe.item !== undefined;
  const others = general.drafts.filter(
    (one) => (one.role === "listing") !== isListing && !drafts.some((draft) => isSame(draft, one)),
  );
  return {
    kind: kind === "none" ? (isListing ? "listing" : "detail") : kind,
    drafts: isListing ? [...others, ...drafts] : [...drafts, ...others],
    issues,
  };
}

/** What the readers for a page's kind found on it. */
type ReadEfforts = { kind: PageKind; drafts: Draft[] };

/** Sends a page to the readers for its kind. */
function readEfforts(
  ctx: Context,
  page: Page,
  blocks: ReturnType<typeof mainBlocks>,
  dates: ReturnType<typeof pageDates>,
): ReadEfforts {
  const own = ownTelling(
    ctx,
    page.blocks.filter((block) => block.place === "main"),
  );
  const listed = readListing(ctx);
  const { kind } = judgeKind(ctx, blocks, dates, listed.length);
  if (kind === "article" && own?.url !== canonicalAddress(page.url)) {
    return { kind, drafts: readAnnouncement(ctx, blocks, dates) };
  }
  if (own) {
    const draft = readDetail(ctx, own);
    return {
      kind: kind === "none" || kind === "listing" ? "detail" : kind,
      drafts: [draft, ...listed.filter((one) => !isSame(one, draft))],
    };
  }
  if (kind === "detail") return { kind, drafts: [readDetail(ctx, detailTelling(ctx))] };
  if (kind === "article") return { kind, drafts: listed };
  const subject = readSubject(ctx, { isHome: kind === "home", isListing: listed.length > 0 });
  if (subject) {
    // What a page about one thing lists is as often its parts; what calls itself an effort and is told of stays.
    const parts = listed.filter(
      (one) =>
        judgeName(wordsOf(one.name)).hasEffortNoun &&
        one.findings.some(({ field }) => field === "description") &&
        !isSame(one, subject),
    );
    return { kind: kind === "home" ? kind : "detail", drafts: [subject, ...parts] };
  }
  const passing = kind === "home" && listed.length === 0 ? [] : readPassing(ctx);
  const apart = passing.filter((one) => !listed.some((entry) => overlaps(entry, one)));
  return { kind, drafts: [...listed, ...apart] };
}

const overlaps = ({ range: one }: Draft, { range: other }: Draft): boolean =>
  one.start < other.end && other.start < one.end;

const isSame = (one: Draft, other: Draft): boolean =>
  foldName(one.name.of.text.slice(one.name.from, one.name.to)) ===
  foldName(other.name.of.text.slice(other.name.from, other.name.to));

/** Drafts become mentions: one a name, in the order of the page, with keys that no other one has. */
function settle(ctx: Context, drafts: readonly Draft[]): { mentions: Mention[]; issues: Issue[] } {
  const made = drafts.map((draft) => toMention(ctx, draft));
  const byName = new Map<string, Mention>();
  for (const { mention } of made) {
    const name = foldName(mention.name);
    const known = byName.get(name);
    // Rows that tell of one effort several times are one mention: the one that says most.
    if (!known || mention.evidence.length > known.evidence.length)
      byName.set(name, known ? { ...mention, range: known.range } : mention);
  }
  const mentions = [...byName.values()].sort(
    (a, b) => a.range.start - b.range.start || (a.name < b.name ? -1 : 1),
  );
  const keys = new Map<string, number>();
  for (const mention of mentions) keys.set(mention.key, (keys.get(mention.key) ?? 0) + 1);
  return {
    mentions: mentions.map((mention) =>
      (keys.get(mention.key) ?? 0) > 1
        ? { ...mention, key: foldName(mention.name) || mention.key }
        : mention,
    ),
    issues: made.flatMap(({ issues }) => issues),
  };
}

/** Each entry of an API's answer is read as the page it links to. */
function readApi(document: Document, source: string, knowledge: Knowledge): Reading {
  if (!source.startsWith("<!doctype html>")) return emptyReading("api", []);
  const whole = parseOrRefuse(document.url, source);
  if ("issue" in whole) return emptyReading("api", [whole.issue]);
  const readings = whole.root.children.flatMap((node) => {
    if (!isTag(node) || node.name !== "article") return [];
    const link = canonicalAddress(
      node.attribs["data-link"]?.replaceAll("&amp;", "&") ?? "",
      document.url,
    );
    if (!link) return [];
    const reading = readPage(layOutPart(link, source, node, whole.head), knowledge);
    const mentions = reading.mentions.map((mention) => ({
      ...mention,
      evidence: provedByAnswer(node, mention.evidence),
    }));
    return [{ ...reading, mentions }];
  });
  return {
    readerVersion,
    page: { kind: "api", dates: readings.flatMap((reading) => reading.page.dates) },
    text: readings.map((reading) => reading.text).join("\n"),
    mentions: uniqueKeys(readings.flatMap((reading) => reading.mentions)),
    issues: readings.flatMap((reading) =>
      reading.issues.filter(({ code }) => code === "conflicting-values"),
    ),
  };
}

function uniqueKeys(mentions: readonly Mention[]): Mention[] {
  const seen = new Set<string>();
  return mentions.filter(({ key }) => !seen.has(key) && seen.add(key));
}

function readFeedDocument(source: string): Reading {
  const refused = refuseXml(source);
  if (refused) return emptyReading("feed", [refused.issue]);
  const feed = readFeed(source);
  if (!feed)
    return emptyReading("feed", [
      { code: "unreadable-feed", message: "The feed could not be read." },
    ]);
  return {
    readerVersion,
    page: { kind: "feed", ...(feed.title && { title: feed.title }), dates: feed.dates },
    text: feed.text,
    entries: feed.entries,
    mentions: [],
    issues: [],
  };
}

/** A text or PDF: read like a page, but what it lists must be headed and told as efforts. */
function readText(
  page: Page,
  knowledge: Knowledge,
  title: string | undefined,
  issues: Issue[],
): Reading {
  const ctx = contextOf(page, knowledge);
  const text = page.blocks.map((block) => block.text).join("\n");
  const drafts = readListing(ctx);
  const reported = readReport(ctx, page).filter(
    (one) => !drafts.some((other) => isSame(one, other)),
  );
  const listed = settle(ctx, [...drafts, ...reported]);
  const language = languageOf(page, text);
  return {
    readerVersion,
    page: {
      kind: "document",
      ...((title ?? ctx.title?.name) && {
        title: title ? (titleParts(title)[0] ?? title) : ctx.title?.name,
      }),
      ...(language && { language }),
      dates: pageDates(page, []),
    },
    text,
    mentions: listed.mentions,
    issues: [...issues, ...listed.issues],
  };
}

const emptyReading = (kind: PageKind, issues: Issue[]): Reading => ({
  readerVersion,
  page: { kind, dates: [] },
  text: "",
  mentions: [],
  issues,
});

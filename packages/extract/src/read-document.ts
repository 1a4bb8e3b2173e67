import type {
  Document,
  Issue,
  Knowledge,
  Mention,
  PageKind,
  Reading,
  VersionedRecipe,
} from "@waymark/domain";
import { canonicalAddress } from "@waymark/normalize";
import { isTag } from "domhandler";
import { findEfforts, readOwnWay } from "./find-efforts.ts";
import { PageRefused, refuseLarge, refuseXml } from "./page/guarded-parse.ts";
import { layOutPart, type Page } from "./page/page.ts";
import { pageOf } from "./page/page-of.ts";
import { contextOf, titleParts } from "./page/site.ts";
import { decodeSource, formOf } from "./page/source.ts";
import { judgePage } from "./page/verdict.ts";
import { readerVersion } from "./reader-version.ts";
import { provedByAnswer } from "./readers/api.ts";
import { readFeed } from "./readers/feed.ts";
import { readListing } from "./readers/listing.ts";
import { onPages, readPdfText } from "./readers/pdf.ts";
import { headingLevels } from "./readers/pdf-text.ts";
import { layOutText } from "./readers/plain-text.ts";
import { readReport } from "./readers/report.ts";
import { isRecipeFor } from "./recipes/recipe.ts";
import { settleMentions } from "./settle-mentions.ts";
import { languageOf } from "./text/language.ts";
import { mainBlocks, mainText } from "./text/main-text.ts";
import { ownPublication } from "./text/own-date.ts";
import { pageDates } from "./text/page-dates.ts";
import type { KindJudgement } from "./text/page-kind.ts";

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
      return readHtml(document, knowledge, recipe);
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
  knowledge: Knowledge,
  recipe: VersionedRecipe | undefined,
): Reading {
  const page = parseOrRefuse(document);
  if ("issue" in page) return emptyReading("none", [page.issue]);
  const isMeant = recipe && isRecipeFor(recipe.recipe, document.url);
  return readPage(page, knowledge, isMeant ? recipe : undefined);
}

function parseOrRefuse(document: Document): Page | PageRefused {
  try {
    return pageOf(document);
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
  const frame = ({ kind, reason }: KindJudgement) => ({
    kind,
    reason,
    ...(ctx.title && { title: ctx.title.name }),
    ...(language && { language }),
    ...(published && { published }),
    dates,
  });
  if (verdict !== "page" && verdict !== "shell" && verdict !== "login") {
    return {
      readerVersion,
      page: frame({ kind: "error", reason: reason ?? "it is no page" }),
      text,
      mentions: [],
      issues: [{ code: verdict, message: `No page: ${reason}.` }],
    };
  }
  const general = findEfforts(ctx, blocks, dates);
  const { drafts, issues, ...judged } = recipe
    ? readOwnWay(ctx, recipe, general)
    : { ...general, issues: [] };
  const settled = settleMentions(ctx, drafts);
  return {
    readerVersion,
    page: frame(judged),
    text,
    mentions: settled.mentions,
    issues: [...issues, ...settled.issues],
  };
}

/** Each entry of an API's answer is read as the page it links to. */
function readApi(document: Document, source: string, knowledge: Knowledge): Reading {
  if (!source.startsWith("<!doctype html>")) return emptyReading("api", []);
  const whole = parseOrRefuse(document);
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

async function readFeedDocument(source: string): Promise<Reading> {
  const refused = refuseXml(source);
  if (refused) return emptyReading("feed", [refused.issue]);
  const feed = await readFeed(source);
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
  const listed = settleMentions(ctx, [...readListing(ctx), ...readReport(ctx, page)]);
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

import {
  canonicalAddress,
  foldName,
  hostOf,
  knownOrganization,
  looksLikeOrganization,
} from "@waymark/normalize";
import { isHeadline, judgeName } from "../names/effort-name.ts";
import { takeNameApart } from "../names/take-name-apart.ts";
import type { Block } from "../page/page.ts";
import {
  type CatalogName,
  type Context,
  copiedFrom,
  entriesAt,
  entriesNamed,
  entriesOfHost,
  type GivenName,
  isDirectory,
} from "../page/site.ts";
import { whole, within, wordsOf } from "../values/finding.ts";
import { meaningOf, meaningOfLine } from "../values/label-meaning.ts";
import { namesAny } from "../values/sentence.ts";
import type { Telling } from "./detail.ts";

/**
 * Whether this page belongs to an effort's own site or is its own address, and under which name. The
 * catalog's addresses say so; without them a home page must itself say that it is an effort's.
 */
export function ownTelling(ctx: Context, blocks: readonly Block[]): Telling | undefined {
  if (copiedFrom(ctx)) return undefined;
  const own = ownPage(ctx) ?? ownHost(ctx, blocks);
  if (!own) return undefined;
  const { name, entries, url } = own;
  const at = name.at;
  const from = Math.max(0, at.text.indexOf(name.name));
  return {
    role: "own",
    name: within(whole(at), from, from + name.name.length),
    nameMethod: at === ctx.titleBlock ? "heading" : "meta",
    otherNames: entries.flatMap((entry) => entry.names),
    url,
    blocks,
  };
}

type Own = { name: GivenName; entries: CatalogName[]; url: string };

/** The page stands at an entry's own address. */
function ownPage(ctx: Context): Own | undefined {
  const entries = entriesAt(ctx.knowledge, canonicalOf(ctx));
  const atPage = entries.length > 0 ? entries : entriesAt(ctx.knowledge, ctx.page.url);
  // A catalog may hold a directory's page for want of a better address; that page is about it, not its own.
  if (atPage.length === 0 || (isDirectory(ctx) && ctx.path !== "/")) return undefined;
  const name = chooseName(ctx, atPage);
  return name && { name, entries: atPage, url: canonicalOf(ctx) };
}

/** The page is one of a site whose home page is an entry's own address, or calls itself an effort's. */
function ownHost(ctx: Context, blocks: readonly Block[]): Own | undefined {
  const host = hostOf(ctx.page.url);
  if (!host) return undefined;
  const home = `${new URL(ctx.page.url).protocol}//${host}/`;
  const entries = entriesOfHost(ctx.knowledge, ctx.page.url);
  if (!isAboutSite(ctx)) return undefined;
  if (entries.length > 0) {
    const name = chooseName(ctx, entries);
    return name && { name, entries, url: home };
  }
  const name = chooseName(ctx, []);
  if (!name || isOrganizationSite(ctx, name.name, blocks)) return undefined;
  if (!isEffortSite(name.name, blocks)) return undefined;
  return { name, entries: [], url: home };
}

const aboutPath =
  /^\/(?:(?:en|index|home|default)(?:\.\w+)?\/?|(?:about|about-us|aboutus|who-we-are|our-story|mission|overview|what-we-do|partners?|our-partners|funders?|supporters|sponsors|history|background|the-project|project|why(?:-[\w-]+)?)(?:\.\w+|\/)?|about\/[\w-]+\/?)?$/i;

/** Home, about, partners, funders: the pages on which a site tells of itself. */
const isAboutSite = (ctx: Context): boolean =>
  aboutPath.test(ctx.path) && !/[?&](?:p|page|page_id|id|s)=/.test(ctx.page.url);

const canonicalOf = (ctx: Context): string => {
  const written = ctx.page.head.links.find(({ rel }) => rel === "canonical")?.href;
  const canonical = written && canonicalAddress(written, ctx.page.url);
  return canonical &&
    hostOf(canonical)?.replace(/^www\./, "") === hostOf(ctx.page.url)?.replace(/^www\./, "")
    ? canonical
    : (canonicalAddress(ctx.page.url) ?? ctx.page.url);
};

/**
 * Of the names a page gives, the one the catalog knows, unless the page is headed otherwise and calls that its
 * former name; else the heading that is a name; else the site's.
 */
function chooseName(ctx: Context, entries: readonly CatalogName[]): GivenName | undefined {
  const known = entries.flatMap((entry) => entry.names);
  const given = givenNames(ctx);
  const isKnown = ({ name }: GivenName) =>
    namesAny(known, name) ||
    (!looksLikeOrganization(name) && known.some((one) => namesAny([name], one)));
  const heading = given.find(({ at }) => at === ctx.titleBlock);
  const isNameLike = ({ name }: GivenName) => judgeName(name).isName && !isHeadline(name);
  // An effort that is renamed on its own page may stand on the site of a body that keeps the old name.
  if (heading && isNameLike(heading) && !isKnown(heading) && callsFormer(ctx, known))
    return heading;
  const agreed = given.find((one) => isKnown(one) && !meaningOf(one.name));
  if (agreed) return agreed;
  // What heading and site agree on is the name, also where no name would begin so: "All Boats Welcome".
  const supported = given.find(
    (one) =>
      (isNameLike(one) || isWrittenAsName.test(one.name)) &&
      given.some((other) => other !== one && foldName(other.name) === foldName(one.name)),
  );
  return supported ?? (heading && isNameLike(heading) ? heading : given.find(isNameLike));
}

/** Whether the page gives one of these names as what something used to be called. */
const callsFormer = (ctx: Context, names: readonly string[]): boolean =>
  ctx.page.blocks.some(({ place, text }) => {
    if (place !== "main" || text.length > 1000) return false;
    const former = formerly.exec(text);
    return former !== null && namesAny(names, text.slice(former.index).slice(0, 200));
  });

const formerly =
  /\b(?:formerly|previously|originally)\b(?:\s+(?:known|called|named))?|\brenamed\s+from\b|\buntil\s+(?:recently|\d{4})\b/iu;

const isWrittenAsName = /^\p{Lu}[\p{L}\d'\u2019-]*(?:\s+\p{Lu}[\p{L}\d'\u2019-]*){1,5}$/u;

function givenNames(ctx: Context): GivenName[] {
  const names: GivenName[] = [];
  if (ctx.title && !meaningOf(ctx.title.name)) {
    const about = /^(?:about|welcome to|what is|why)\s+(?:the\s+)?(.+?)\??$/i.exec(ctx.title.name);
    names.push(about ? { name: about[1]!, at: ctx.title.at } : ctx.title);
  }
  if (ctx.siteName) names.push(ctx.siteName);
  const headTitle = ctx.page.head.title;
  if (headTitle) {
    const about = /^(?:about|welcome to|home)\s*[|:\u2013-]?\s+(.+)$/i.exec(headTitle.value);
    const text = {
      text: headTitle.value,
      segments: [
        {
          at: 0,
          length: headTitle.value.length,
          source: headTitle.start,
          sourceLength: headTitle.end - headTitle.start,
        },
      ],
    };
    if (about) names.push({ name: about[1]!, at: text });
  }
  return names.map((given) => {
    const one = withoutTagline(ctx, given);
    const from = Math.max(0, one.at.text.indexOf(one.name));
    const parts = takeNameApart(ctx, within(whole(one.at), from, from + one.name.length));
    return judgeName(one.name).isName ? one : { name: wordsOf(parts.name), at: one.at };
  });
}

/**
 * "Name: what it is for" is the name and a tagline, where something else agrees on the first part: a line
 * of the page that is it alone, the text, or the host. The catalog's own spelling stays whole.
 */
function withoutTagline(ctx: Context, given: GivenName): GivenName {
  if (entriesNamed(ctx.knowledge, given.name).length > 0) return given;
  const parted = /^(.{2,80}?)(?::\s+|\s+[|\u2013\u2014-]\s+)(.{4,})$/.exec(given.name);
  const first = parted?.[1];
  if (!first || !parted) return given;
  const key = foldName(first);
  const host = (hostOf(ctx.page.url) ?? "").replace(/^www\./, "").split(".")[0] ?? "";
  const isHost =
    host === key.replaceAll(" ", "") || host === first.toLowerCase().replace(/\W/g, "");
  const isLine = ctx.page.blocks.some((block) => foldName(block.text) === key);
  const isTold = ctx.page.blocks.some(
    (block) => block.level === 0 && block.text.length > 40 && namesAny([first], block.text),
  );
  const isWholeTold = ctx.page.blocks.some(
    (block) => block.text.length > given.name.length + 10 && namesAny([given.name], block.text),
  );
  const isKnown = entriesNamed(ctx.knowledge, first).length > 0;
  return (isHost || isLine || isTold || isKnown) && !isWholeTold
    ? { name: first, at: given.at }
    : given;
}

/** Nouns that make an effort of the site they name; a lab, a hub or an institute is as often a body. */
export const siteNoun =
  /\b(?:initiative|program|programme|project|coalition|alliance|compact|collaborative|collaboratory|campaign|fellowship|challenge|consortium|partnership|registry|promise|passport|accelerator|corps|pathways|network|commons|fund|academy|pilot)\b/i;

/** Nouns by which members call what they join, and organizations themselves. */
const bodyNoun =
  /\b(?:network|alliance|consortium|coalition|commons|fund|academy|partnership|collaborative|project|corps)$/i;

/**
 * An organization may be called a network too: it is one where the catalog names it as such without
 * having an entry of it, or where its site leads to a list of its own projects.
 */
function isOrganizationSite(ctx: Context, name: string, blocks: readonly Block[]): boolean {
  if (entriesNamed(ctx.knowledge, name).length > 0) return false;
  // What pays for others may itself be led and paid for by somebody.
  if (isSaidToBeLed(name, blocks) || isLabelledAsLed(name, blocks)) return false;
  if (knownOrganization(name, ctx.gazetteer)) return true;
  return (
    bodyNoun.test(name) &&
    ctx.page.blocks.some((block) =>
      block.spans.some(
        ({ kind, from, to }) => kind === "link" && ownWork.test(block.text.slice(from, to).trim()),
      ),
    )
  );
}

const ownWork =
  /^(?:our|all|view all|see all|browse all)\s+(?:projects|initiatives|programs|grants)$|^(?:projects|initiatives)$/i;

const effortWords =
  /\b(?:initiative|program|programme|project|network|coalition|alliance|compact|collaborative|platform|registry|framework|fellowship|academy|partnership|consortium|campaign|challenge|pilot)\b/i;

/**
 * Whether a site without an entry is an effort's: its name says so, or its text says who leads and pays
 * for it as only efforts do. An organization's site is not, whatever programs it tells of.
 */
function isEffortSite(name: string, blocks: readonly Block[]): boolean {
  const judged = judgeName(name);
  if (looksLikeOrganization(name) && !judged.hasEffortNoun) return false;
  const prose = blocks.filter((block) => block.level === 0).slice(0, 25);
  if (isLabelledAsEffort(blocks)) return true;
  const told = prose.map((block) => block.text).join("\n");
  if (isSaidToBeLed(name, prose)) return true;
  const defined = new RegExp(
    `\\b${escapeText(name)}\\b[^.]{0,30}\\b(?:(?:is|are)\\s+(?:an?|the)|(?:acts|serves)\\s+as\\s+an?|was\\s+(?:founded|launched|created|established|started)\\s+(?:in\\s+\\d{4}\\s+)?as\\s+an?)\\s+[^.]{0,80}?${effortWords.source}`,
    "i",
  ).test(told);
  // Software that anybody may use and mend is an undertaking of many, and no product.
  const isOpen = new RegExp(
    `\\b${escapeText(name)}\\b\\s+(?:is|are)\\s+(?:[\\w%-]+\\s+){0,3}?(?:open[- ]source|an open standard)\\b`,
    "i",
  ).test(blocks.map((block) => block.text).join("\n"));
  return defined || isOpen || (siteNoun.test(name) && namesAny([name], told));
}

/** Whether labels tell who leads it and another thing that only efforts have. */
function isLabelledAsEffort(blocks: readonly Block[]): boolean {
  const labels = new Set(blocks.map(labelOf).filter((one) => one && ofEffortSite.has(one)));
  return labels.has("lead") && labels.size >= 2;
}

const ofEffortSite: ReadonlySet<string> = new Set(["lead", "funders", "partners", "start", "end"]);

const labelOf = ({ text }: Block): string | undefined => meaningOfLine(text);

/** Whether one label, and not each entry of a list, tells that somebody else leads it. */
function isLabelledAsLed(name: string, blocks: readonly Block[]): boolean {
  const [lead, ...others] = blocks.filter((block) => labelOf(block) === "lead");
  if (!lead || others.length > 0 || namesAny([name], lead.text)) return false;
  return isLabelledAsEffort(blocks);
}

const isSaidToBeLed = (name: string, blocks: readonly Block[]): boolean =>
  blocks.some(
    (block) =>
      block.level === 0 &&
      namesAny([name], block.text) &&
      /\b(?:is|was)\s+(?:led|managed|run|administered|hosted|funded|supported)\s+by\b/i.test(
        block.text,
      ),
  );

const escapeText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

import type { Knowledge } from "@waymark/domain";
import {
  addressKey,
  buildGazetteer,
  canonicalAddress,
  foldName,
  type Gazetteer,
  hostOf,
  looksLikeAcronym,
  looksLikeOrganization,
} from "@waymark/normalize";
import { type StructuredThing, structuredThings } from "../readers/structured.ts";
import { type Finding, proves, whole, within } from "../values/finding.ts";
import { readOrganization } from "../values/organization-list.ts";
import { rangeOfValue } from "./head.ts";
import type { Block, Page } from "./page.ts";
import { type MappedText, mapSource } from "./quote.ts";

/** A name a page gives to itself or its site, with where it stands. */
export type GivenName = { name: string; at: MappedText };

/** All a reader needs to know besides the blocks it reads. */
export type Context = {
  page: Page;
  knowledge: Knowledge;
  gazetteer: Gazetteer;
  things: StructuredThing[];
  /** What the page is headed. */
  title: GivenName | undefined;
  titleBlock: Block | undefined;
  /** What the site calls itself. */
  siteName: (GivenName & { isWholeTitle?: true }) | undefined;
  path: string;
};

export function contextOf(page: Page, knowledge: Knowledge): Context {
  const things = structuredThings(page);
  const titleBlock = findTitleBlock(page);
  const title = titleBlock ? { name: titleBlock.text, at: titleBlock } : titleFromHead(page);
  const path = URL.canParse(page.url) ? new URL(page.url).pathname : "/";
  return {
    page,
    knowledge,
    gazetteer: gazetteerOf(knowledge),
    things,
    title,
    titleBlock,
    siteName: findSiteName(page, things, title?.name),
    path,
  };
}

const gazetteers = new WeakMap<Knowledge, Gazetteer>();

/** Built once for every knowledge; the same knowledge always gives the same one. */
function gazetteerOf(knowledge: Knowledge): Gazetteer {
  let gazetteer = gazetteers.get(knowledge);
  if (!gazetteer) {
    gazetteer = buildGazetteer(knowledge.organizations);
    gazetteers.set(knowledge, gazetteer);
  }
  return gazetteer;
}

/** An entry of the catalog as pages know it. */
export type CatalogName = Knowledge["names"][number];
type CatalogIndex = { byAddress: Map<string, CatalogName[]>; byName: Map<string, CatalogName[]> };
const indexes = new WeakMap<Knowledge, CatalogIndex>();

function indexOf(knowledge: Knowledge): CatalogIndex {
  let index = indexes.get(knowledge);
  if (!index) {
    index = { byAddress: new Map(), byName: new Map() };
    const put = (map: Map<string, CatalogName[]>, key: string | undefined, entry: CatalogName) => {
      if (key) map.set(key, [...(map.get(key) ?? []), entry]);
    };
    for (const entry of knowledge.names) {
      put(index.byAddress, entry.url && addressKey(entry.url), entry);
      for (const name of entry.names) put(index.byName, foldName(name), entry);
    }
    indexes.set(knowledge, index);
  }
  return index;
}

/** Entries of the catalog whose own address this is. */
export const entriesAt = (knowledge: Knowledge, url: string): CatalogName[] =>
  indexOf(knowledge).byAddress.get(addressKey(url) ?? "") ?? [];

/** Entries of the catalog whose own address is the home page of this page's host. */
export function entriesOfHost(knowledge: Knowledge, url: string): CatalogName[] {
  const host = hostOf(url);
  return host ? entriesAt(knowledge, `http://${host}/`) : [];
}

/** Entries of the catalog that go by this name. */
export const entriesNamed = (knowledge: Knowledge, name: string): CatalogName[] =>
  indexOf(knowledge).byName.get(foldName(name)) ?? [];

/** The heading that names the page: a first-level heading, the one the title repeats if there are several. */
function findTitleBlock({ blocks, head }: Page): Block | undefined {
  const isPossible = (block: Block) =>
    block.place === "main" || block.place === "header" || block.place === "notice";
  const firsts = blocks
    .filter((block) => block.level === 1 && isPossible(block) && block.text.length < 250)
    .sort((a, b) => Number(b.place === "main") - Number(a.place === "main") || a.index - b.index);
  const title = foldName(head.title?.value ?? "");
  const parts = titleParts(head.title?.value ?? "").map(foldName);
  // Of several, the one that is a whole part of the document's title; the last part is the site's own name.
  const isPart = (block: Block, among: readonly string[]) => among.includes(foldName(block.text));
  const first =
    firsts.find(
      (block) =>
        block.place === "main" && isPart(block, parts.slice(0, Math.max(1, parts.length - 1))),
    ) ??
    firsts.find((block) => block.place === "main" && isPart(block, parts)) ??
    firsts.find(
      (block) =>
        block.place === "main" &&
        title !== "" &&
        title.includes(foldName(block.text)) &&
        parts.length < 2,
    ) ??
    firsts.find((block) => block.place === "main") ??
    firsts.find((block) => isPart(block, parts.slice(0, 1))) ??
    firsts.find((block) => !isPart(block, parts.slice(1)));
  if (first) return first;
  // Without a first-level heading the line that the title begins with is it.
  return blocks.find(
    (block) =>
      block.level > 0 &&
      block.level <= 3 &&
      block.place === "main" &&
      title !== "" &&
      title.includes(foldName(block.text)) &&
      foldName(block.text).length > 3,
  );
}

const titleSeparator =
  /\s+(?:[|\u2013\u2014\u00b7\u00bb\u2022\u203a~]|::|-|\/\/)\s+|\s*[|\u00bb]\s*/;

/** The parts of a document title, site name and page name not yet told apart. */
export const titleParts = (title: string): string[] =>
  title
    .split(titleSeparator)
    .map((part) => part.trim())
    .filter((part) => part !== "");

function titleFromHead(page: Page): GivenName | undefined {
  const placed = page.head.meta.get("og:title") ?? page.head.title;
  const range = placed && rangeOfValue(page.source, placed);
  const parts = placed ? titleParts(placed.value) : [];
  // Which part is the page's own is told by the text, which says its name again.
  const text = page.blocks
    .filter((block) => block.place === "main")
    .slice(0, 12)
    .map((block) => block.text)
    .join("\n");
  const first =
    parts.length > 1 && !text.includes(parts[0]!)
      ? (parts.find((part) => part.length > 5 && text.includes(part)) ?? parts[0])
      : parts[0];
  if (!placed || !range || !first || !placed.value.includes(first)) return undefined;
  return { name: first, at: mapSource(page.source, range.start, range.end) };
}

function findSiteName(
  page: Page,
  things: StructuredThing[],
  title: string | undefined,
): Context["siteName"] {
  const meta = page.head.meta.get("og:site_name") ?? page.head.meta.get("application-name");
  const range = meta && rangeOfValue(page.source, meta);
  if (meta && range)
    return { name: meta.value, at: mapSource(page.source, range.start, range.end) };
  const thing = things.find(
    (one) =>
      /^(Organization|WebSite|NGO|GovernmentOrganization|EducationalOrganization)$/.test(
        one.type,
      ) && one.name,
  );
  if (thing?.name)
    return { name: thing.name.value, at: mapSource(page.source, thing.name.start, thing.name.end) };
  const written = page.head.title;
  const parts = titleParts(written?.value ?? "");
  const foldedTitle = foldName(title ?? "");
  if (written && parts.length > 1) {
    const last = parts.at(-1)!;
    // "ABC - Harbor Advisory Committee": letters in front are whose site it is.
    const isInFront = looksLikeAcronym(parts[0]!) && !looksLikeAcronym(last) && last.includes(" ");
    const name = foldName(last) === foldedTitle || isInFront ? parts[0]! : last;
    return { name, at: mapSource(page.source, written.start, written.end) };
  }
  const mark = page.blocks.findLast(
    (block) => /(?:\u00a9|\(c\)|copyright)/i.test(block.text) && block.text.length < 300,
  );
  const named =
    mark &&
    /(?:\u00a9|\(c\)|copyright)\s*(?:\u00a9|\(c\))?\s*(?:\d{4}(?:\s*[-\u2013]\s*\d{4})?)?,?\s*(?:by\s+)?([\p{Lu}\d][^.|\u00b7]{2,80}?)(?:\s*[.|\u00b7]|,?\s+all rights|$)/iu.exec(
      mark.text,
    );
  if (mark && named) return { name: named[1]!.trim(), at: mark };
  if (!written) return undefined;
  const at = mapSource(page.source, written.start, written.end);
  return { name: written.value, at, isWholeTitle: true };
}

/** The page on another host that this one says it is a copy of: mirrors, staging hosts, syndication. */
export function copiedFrom({ page }: Context): string | undefined {
  const written = page.head.links.find(({ rel }) => rel === "canonical")?.href;
  const canonical = written && canonicalAddress(written, page.url);
  if (!canonical) return undefined;
  const plain = (url: string) => hostOf(url)?.replace(/^www\./, "");
  return plain(canonical) === plain(page.url) ? undefined : canonical;
}

const directoryWords =
  /\b(?:library|director(?:y|ies)|catalog(?:ue)?|database|clearinghouse|repository|digest|news|wire|inventory|atlas|index|encyclopedia|wiki)\b/i;

/** Whether a site tells of others' efforts: its pages are about them and not their own addresses. */
export const isDirectory = ({ siteName, page }: Context): boolean =>
  directoryWords.test(siteName?.name ?? "") ||
  /library|directory|catalog|wiki|news/.test(hostOf(page.url) ?? "");

/** The organization whose grants a page records: told in a sentence, or the foundation whose site it is. */
export function grantorOf(ctx: Context): Finding | undefined {
  for (const block of ctx.page.blocks
    .filter(({ place, level }) => place === "main" && level === 0)
    .slice(0, 6)) {
    const match =
      /\b(?:grants?|awards?|investments?)\s+(?:that\s+\S+\s+)?(?:made|awarded|given|approved|funded|paid)\s+by\s+(?:the\s+)?/i.exec(
        block.text,
      );
    if (!match) continue;
    const from = match.index + match[0].length;
    const end =
      /[.;,:(]\s|\.$|\s(?:since|in|for|to|between|from|during)\s/.exec(block.text.slice(from))
        ?.index ?? block.text.length - from;
    const one = readOrganization(within(whole(block), from, from + end), ctx.gazetteer);
    if (one) return proves("funders", one.name, one.stretch, "sentence", 0.75);
  }
  const site = ctx.siteName;
  const givesByName = /\b(?:Foundation|Endowment|Trust|Philanthrop(?:y|ies)|Fund|Charities)\b/.test(
    site?.name ?? "",
  );
  // Whoever keeps records of grants on its own site, and is no directory of others', is who made them.
  const isBody =
    looksLikeOrganization(site?.name ?? "") ||
    /\s(?:Group|Partners|Company|Inc\.?)$/.test(site?.name ?? "");
  const keepsGrants = isBody && grantPath.test(ctx.path);
  if (!site || !(givesByName || (keepsGrants && !isDirectory(ctx)))) return undefined;
  const from = Math.max(0, site.at.text.indexOf(site.name));
  return proves(
    "funders",
    site.name,
    { of: site.at, from, to: from + site.name.length },
    "meta",
    0.7,
  );
}

const grantPath = /\/(?:grants?|awards?|grantees?|investments?|grants-database)\//i;

/** The address as an effort's own, or undefined when it is a grant record or a directory's page. */
export function ownAddress(ctx: Context, url: string): string | undefined {
  const plain = (address: string) => hostOf(address)?.replace(/^www\./, "");
  if (grantPath.test(URL.canParse(url) ? new URL(url).pathname : "")) return undefined;
  return isDirectory(ctx) && plain(url) === plain(ctx.page.url) ? undefined : url;
}

import { createHash } from "node:crypto";
import type { Document, Skim } from "@waymark/domain";
import { canonicalAddress, remember } from "@waymark/normalize";
import { type ChildNode, isTag, isText } from "domhandler";
import { browserSign, scriptSigns } from "./page/browser-sign.ts";
import { cmsSign } from "./page/cms-signs.ts";
import { PageRefused, refuseLarge } from "./page/guarded-parse.ts";
import type { Page } from "./page/page.ts";
import { pageOf } from "./page/page-of.ts";
import { isHidden, type Place, placeOf } from "./page/place.ts";
import { decodeText } from "./page/quote.ts";
import { decodeSource, formOf } from "./page/source.ts";
import { judgePage, visibleText } from "./page/verdict.ts";
import { mainBlocks, mainText } from "./text/main-text.ts";

/**
 * The first, cheap look at a page, for the crawler: its links, what it asks of robots, a hash of what it
 * says, and whether it is a page at all.
 */
export function skimPage(document: Document): Skim {
  if (refuseLarge(document)) return skimOf(document.bytes, document.bytes.length);
  const source = decodeSource(document);
  const form = formOf(document);
  if (form !== "html" && form !== "json") return plainSkim(source);
  try {
    return skimParsed(document, pageOf(document));
  } catch (error) {
    if (error instanceof PageRefused) return plainSkim(source);
    throw error;
  }
}

function skimParsed(document: Document, page: Page): Skim {
  const text = mainText(mainBlocks(page));
  const signs = scriptSigns(page);
  const { verdict, reason } = judgePage(page, text, signs);
  const folded = foldText(text);
  const browser = browserSign(signs, { visible: visibleText(page), text, verdict, reason });
  const cms = cmsSign(page.head, page.source, document.url);
  const robots = page.head.meta.get("robots")?.value.toLowerCase() ?? "";
  const base = page.head.base ? canonicalAddress(page.head.base, document.url) : undefined;
  const resolve = linkResolver(base ?? document.url);
  const canonical = page.head.links.find((link) => /\bcanonical\b/.test(link.rel))?.href;
  const refresh = /^\s*\d+(?:\.\d+)?\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(
    page.head.refresh ?? "",
  );
  return {
    ...(page.head.title && { title: page.head.title.value }),
    links: collectLinks(page, resolve),
    feeds: page.head.links
      .filter(
        (link) => /\balternate\b/.test(link.rel) && /(rss|atom)\+xml|feed\+json/.test(link.type),
      )
      .flatMap((link) => resolve(link.href) ?? []),
    ...optional("canonical", canonical && resolve(canonical)),
    ...optional("refresh", refresh?.[1] && resolve(refresh[1].trim())),
    noindex: /\b(noindex|none)\b/.test(robots),
    nofollow: /\b(nofollow|none)\b/.test(robots),
    textHash: hashOf(folded),
    textLength: text.length,
    shapeHash: hashOf(shapeOf(folded)),
    text,
    ...(browser && { browser }),
    ...(cms && { cms }),
    verdict,
    ...(reason && { verdictReason: reason }),
  };
}

/**
 * What a page says, for a hash of it: white space, case and marks folded. Numbers with a thousands mark and
 * lines that are only a counter or the day's date are left out, since they tick without meaning. Other
 * digits stay: an amount, a year or a count of sites may be the very change that is looked for.
 */
function foldText(text: string): string {
  return text
    .split("\n")
    .filter((line) => !isTicking(line))
    .join("\n")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?<![$\u20ac\u00a3\d,.])\d{1,3}(,\d{3})+(?![\d,])(?! (dollars|million))/g, "#")
    .replace(isAsciiOnly.test(text) ? otherThanWords.ascii : otherThanWords.any, " ")
    .trim();
}

/** The same of a text without foreign letters, at a quarter of the cost. */
const otherThanWords = { any: /[^\p{L}\p{N}#$%]+/gu, ascii: /[^a-z0-9#$%]+/g };
const isAsciiOnly = /^[\t-~]*$/;

const hashOf = (text: string | Uint8Array): string =>
  createHash("sha256").update(text).digest("hex");

/**
 * A text without what one month of a calendar has otherwise than the next. Such pages are short; in a long
 * text names of months stay, since looking for them costs more than it tells.
 */
const shapeOf = (folded: string): string =>
  folded.replace(folded.length > 8000 ? /\d+/g : numbersAndDays, "#");

const numbersAndDays =
  /\d+|\b(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|tues?|wed|thu|thur|thurs|fri|sat|sun|january|february|march|april|august|september|october|november|december|(mon|tues|wednes|thurs|fri|satur|sun)day)\b/g;

/** Counters of visitors and comments, clocks and "today is …": lines that change by themselves. */
const isTicking = (line: string): boolean =>
  line.length < 80 &&
  (/^\W*\d[\d,.]*\+?\s+(\w+\s+){0,3}(visitors?|views?|comments?|likes?|shares?|reads?|served|online|downloads?|members?|learners?|hits?|followers?)(\s+\w+)?\W*$/i.test(
    line,
  ) ||
    /^(today is |today: ?)?(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,? /i.test(line) ||
    /^\W*(page )?(generated|rendered|served) (at|on|in) /i.test(line));

/** What is no page is known by its hash alone: of its words, or as it is where it is longer than any text. */
function plainSkim(source: string): Skim {
  if (source.length > 2_000_000) return skimOf(source, source.length);
  const folded = foldText(source);
  return { ...skimOf(folded, source.length), shapeHash: hashOf(shapeOf(folded)) };
}

function skimOf(hashed: string | Uint8Array, textLength: number): Skim {
  const textHash = hashOf(hashed);
  return {
    links: [],
    feeds: [],
    noindex: false,
    nofollow: false,
    textHash,
    textLength,
    shapeHash: textHash,
    verdict: "page",
  };
}

/** All links of a page, once per address and place, also those in panels and menus not yet open. */
function collectLinks(page: Page, resolve: (href: string) => string | undefined): Skim["links"] {
  const links = new Map<string, Skim["links"][number]>();
  const { bulk, opened } = page;
  const walk = (nodes: readonly ChildNode[], place: Place): void => {
    for (const node of nodes) {
      if (!isTag(node)) continue;
      const own =
        place === "main"
          ? (placeOf(node, place, bulk) ?? (isHidden(node, opened) ? "navigation" : place))
          : place;
      const href = node.name === "a" || node.name === "area" ? node.attribs.href : undefined;
      const url = href === undefined ? undefined : resolve(decodeText(href));
      if (url) {
        const isContent = own === "main" || own === "notice" || own === "carousel";
        const where = isContent ? "main" : "navigation";
        const known = links.get(url);
        // Of several links to one address the one in the content counts, and the one that says more.
        if (!known || (known.place === "navigation" && where === "main")) {
          links.set(url, {
            url,
            text: textOf(node.children).slice(0, 300),
            place: where,
            nofollow: /\bnofollow\b/i.test(node.attribs.rel ?? ""),
          });
        } else if (known.place === where && known.text === "") {
          known.text = textOf(node.children).slice(0, 300);
        }
      }
      walk(node.children, own);
    }
  };
  walk(page.root.children, "main");
  return [...links.values()];
}

function textOf(nodes: readonly ChildNode[]): string {
  const parts: string[] = [];
  for (const node of nodes) {
    if (isText(node)) parts.push(decodeText(node.data));
    else if (isTag(node) && node.name === "img")
      parts.push(` ${decodeText(node.attribs.alt ?? "")} `);
    else if (
      isTag(node) &&
      node.name !== "script" &&
      node.name !== "style" &&
      node.name !== "svg"
    ) {
      parts.push(textOf(node.children));
    }
  }
  return parts.join("").replace(/\s+/g, " ").trim();
}

/** Absolute addresses without fragment for what the links of a page write; what leads nowhere new is undefined. */
function linkResolver(base: string): (href: string) => string | undefined {
  const origin = /^https?:\/\/[^/?#\s]+(?=[/?#]|$)/i.exec(base)?.[0];
  return (href) => {
    const target = href.trim();
    if (
      target === "" ||
      target.startsWith("#") ||
      /^(mailto|tel|javascript|data|sms|fax):/i.test(target)
    ) {
      return undefined;
    }
    return origin && needsOnlyOrigin.test(target)
      ? resolveOnOrigin(`${origin} ${target}`)
      : canonicalAddress(target, base);
  };
}

/** "/a" and "http://a", but not "http:a", which a page on http begins in its own folder. */
const needsOnlyOrigin = /^(\/|https?:\/\/)/i;

/** A menu's addresses stand on every page of their site, and are worked out once. */
const resolveOnOrigin = remember((written) => {
  const at = written.indexOf(" ");
  return canonicalAddress(written.slice(at + 1), written.slice(0, at));
}, 20_000);

const optional = <K extends string>(
  key: K,
  value: string | undefined | "",
): { [P in K]?: string } => (value ? { [key]: value } : {}) as { [P in K]?: string };

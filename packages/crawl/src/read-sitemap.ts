import { JsonFeedReader } from "./json-feed-reader.ts";
import { SitemapLineReader } from "./sitemap-line-reader.ts";
import {
  type SitemapLimits,
  SitemapList,
  type SitemapReader,
  type SitemapReading,
  sitemapLimits,
} from "./sitemap-list.ts";
import { textOf } from "./sitemap-text.ts";
import { SitemapXmlReader } from "./sitemap-xml-reader.ts";

/**
 * Reads a sitemap, a sitemap index, a list in plain text, or a feed (RSS, Atom, JSON) that was given as a
 * sitemap, compressed or not. What is broken is passed over with an issue; what could be read before and after
 * counts. With `now`, days that lie ahead are no days.
 */
export async function readSitemap(
  bytes: Uint8Array,
  { base, limits = sitemapLimits, now }: { base: string; limits?: SitemapLimits; now?: Date },
): Promise<SitemapReading> {
  const list = new SitemapList(base, limits, now);
  let reader: SitemapReader | undefined;
  let seen = 0;
  try {
    for await (const text of textOf(bytes)) {
      seen += text.length;
      if (seen > limits.bytesMax) {
        list.issue("sitemap-too-large", `stopped after ${limits.bytesMax} characters`);
        break;
      }
      if (!reader && /^\s*<(!doctype html|html)\b/i.test(text)) {
        list.issue("sitemap-unknown", "the document is a page of HTML, neither sitemap nor feed");
        break;
      }
      reader ??= readerOf(text, list, limits);
      if (!reader.write(text)) break;
    }
  } catch (error) {
    list.issue("sitemap-cut", `the end could not be unpacked: ${(error as Error).message}`);
  }
  reader?.end();
  list.reading.listsDates = judgeDates(list.reading.pages);
  return list.reading;
}

function readerOf(text: string, list: SitemapList, limits: SitemapLimits): SitemapReader {
  if (/^\s*</.test(text)) return new SitemapXmlReader(list, limits);
  return /^\s*[[{]/.test(text) ? new JsonFeedReader(list) : new SitemapLineReader(list);
}

/** A system that stamps every page with the day it wrote the sitemap says nothing of any of them. */
function judgeDates(pages: SitemapReading["pages"]): SitemapReading["listsDates"] {
  const days = pages.flatMap(({ lastModified }) => lastModified?.toISOString().slice(0, 10) ?? []);
  if (days.length === 0) return "none";
  // One or two pages may well have been written on one day.
  return days.length >= 3 && new Set(days).size === 1 ? "uniform" : "told";
}

import {
  type FetchOutcome,
  parseRobots,
  readCmsList,
  readSitemap,
  sitemapsOf,
} from "@waymark/crawl";
import { canonicalAddress } from "@waymark/normalize";
import type { Page } from "@waymark/store";
import { type Link, linkTo } from "./seen.ts";

type Fetched = Extract<FetchOutcome, { kind: "fetched" }>;

/** The addresses a site's own list names: a sitemap, a feed, or a content system's interface. */
export async function readList(
  page: Page,
  { bytes, headers }: Fetched,
  now: Date,
): Promise<Link[]> {
  const cms = readCmsList(bytes, { url: page.url, headers });
  if (cms) {
    return [
      ...cms.pages.flatMap(({ url, lastModified }) => listed(url, page.url, lastModified)),
      ...cms.next.map((url) => linkTo(url, "sitemap", "sitemap")),
    ];
  }
  const { pages, sitemaps, listsDates } = await readSitemap(bytes, { base: page.url, now });
  return [
    // Dates that are all the same say when the list was made, not when its pages were.
    ...pages.flatMap(({ url, lastModified }) =>
      listed(url, page.url, listsDates === "told" ? lastModified : undefined),
    ),
    ...sitemaps.map((url) => linkTo(url, "sitemap", "sitemap")),
  ];
}

function listed(url: string, base: string, lastModified: Date | undefined): Link[] {
  const address = canonicalAddress(url, base);
  return address ? [{ ...linkTo(address, "sitemap", "page"), lastModified }] : [];
}

/** Where a host names its sitemaps, they are asked first; else the usual place is tried once. */
export function sitemapLinks(page: Page, robots: string | undefined): Link[] {
  const named = sitemapsOf(parseRobots(robots ?? ""));
  const urls = named.length > 0 ? named : [new URL("/sitemap.xml", page.url).href];
  return urls.map((url) => linkTo(url, "sitemap", "sitemap"));
}

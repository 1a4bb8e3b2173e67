import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { emptyKnowledge } from "@waymark/domain";
import { readDocument } from "@waymark/extract";
import type { Pool } from "@waymark/store";
import { truthOf } from "./mixed-layouts.ts";
import type { PlacedPage } from "./mixed-site.ts";
import { meanOf } from "./rates.ts";

const decompress = promisify(zstdDecompress);

/** What a crawl kept of a page. */
export type KeptPage = { url: string; rendered: boolean; text: string };

/** How well a crawl knew which pages need a browser, and what it kept of them. */
export type MixedScore = {
  pages: number;
  rendered: number;
  /** Opened in a browser although their text was there at once. */
  renderedInVain: string[];
  /** Mean share of a page's words that were kept: of all pages, and of those that need a browser. */
  recall: number;
  scriptRecall: number;
  /** Pages of which less than 98 in 100 words were kept. */
  poor: string[];
};

/** Holds what was kept against what the pages say. */
export function scoreMixed(
  placed: PlacedPage[],
  kept: KeptPage[],
  opened: ReadonlySet<string> = new Set(),
): MixedScore {
  const byUrl = new Map(kept.map((page) => [page.url, page]));
  const scored = placed.map(({ host, layout, page }) => {
    const url = `http://${host}${page.path}`;
    const { text = "", rendered: shown = false } = byUrl.get(url) ?? {};
    // A browser that brought no more than the plain page was asked all the same.
    const rendered = shown || opened.has(url);
    const recall = wordRecall(text, truthOf(layout, page));
    return { url, needsBrowser: layout.needsBrowser, rendered, recall };
  });
  const recalls = (pages: typeof scored) => meanOf(pages.map((page) => page.recall));
  return {
    pages: scored.length,
    rendered: scored.filter((page) => page.rendered).length,
    renderedInVain: scored
      .filter((page) => page.rendered && !page.needsBrowser)
      .map((page) => page.url),
    recall: recalls(scored),
    scriptRecall: recalls(scored.filter((page) => page.needsBrowser)),
    poor: scored
      .filter((page) => page.recall < 0.98)
      .map((page) => `${page.url}: ${page.recall.toFixed(2)}`),
  };
}

/** The share of a truth's words, each as often as it is said, that a text has too. */
export function wordRecall(text: string, truth: string): number {
  const words = (of: string): string[] => of.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const bag = new Map<string, number>();
  for (const word of words(text)) bag.set(word, (bag.get(word) ?? 0) + 1);
  const wanted = words(truth);
  const found = wanted.filter((word) => {
    const left = bag.get(word) ?? 0;
    bag.set(word, left - 1);
    return left > 0;
  });
  return wanted.length === 0 ? 1 : found.length / wanted.length;
}

const keptPages = `
  select page.url, snapshot.text, snapshot.body, snapshot.content_type,
    coalesce((select bool_or(visit.rendered) from visit where visit.page_id = page.id), false) as rendered
  from page left join snapshot on snapshot.id = page.snapshot_id
  where page.purpose = 'page' order by page.url`;

/** What the rows hold of every page: the main text the crawler saw, or what a reader finds in the body. */
export async function listKept(db: Pool): Promise<KeptPage[]> {
  const { rows } = await db.query(keptPages);
  return Promise.all(
    rows.map(async ({ url, text, body, content_type: contentType, rendered }) => {
      if (text) return { url, rendered, text: (await decompress(text)).toString() };
      if (!body) return { url, rendered, text: "" };
      const document = { url, bytes: await decompress(body), contentType };
      const { text: read } = await readDocument(document, emptyKnowledge);
      return { url, rendered, text: read };
    }),
  );
}

import { z } from "zod";
import type { SitemapList, SitemapReader } from "./sitemap-list.ts";

/** A JSON Feed, of any version: it must be whole to be read. */
export class JsonFeedReader implements SitemapReader {
  private text = "";
  private readonly list: SitemapList;
  constructor(list: SitemapList) {
    this.list = list;
  }

  write(text: string): boolean {
    this.text += text;
    if (this.text.length <= jsonLengthMax) return true;
    this.list.issue("sitemap-too-large", `a feed of more than ${jsonLengthMax} characters`);
    this.text = "";
    return false;
  }

  end(): void {
    if (this.text === "") return;
    const feed = JsonFeed.safeParse(parseJson(this.text));
    if (!feed.success) {
      this.list.issue("sitemap-unknown", "the document is JSON, but no JSON Feed");
      return;
    }
    for (const { url, external_url, id, date_published, date_modified } of feed.data.items) {
      // An id is often the address itself; a page elsewhere is what the entry is about.
      const address = url ?? (/^https?:/i.test(id ?? "") ? id : external_url);
      if (address === undefined) continue;
      this.list.add("page", address, [date_published ?? "", date_modified ?? ""]);
    }
    if (feed.data.next_url) this.list.add("sitemap", feed.data.next_url);
  }
}

const jsonLengthMax = 10_000_000;

const Text = z.string().optional().catch(undefined);
const FeedItem = z.object({
  url: Text,
  external_url: Text,
  id: Text,
  date_published: Text,
  date_modified: Text,
});
const JsonFeed = z.object({
  version: z.string().regex(/^https?:\/\/(www\.)?jsonfeed\.org\/version\//),
  items: z.array(FeedItem.catch({})),
  next_url: Text,
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { SitemapList, SitemapReader } from "./sitemap-list.ts";

/** One address a line. */
export class SitemapLineReader implements SitemapReader {
  private rest = "";
  private readonly list: SitemapList;
  constructor(list: SitemapList) {
    this.list = list;
  }

  write(text: string): boolean {
    const lines = (this.rest + text).split(/\r\n|\r|\n/);
    // A line longer than any address is none, and must not be kept growing.
    this.rest = lines.pop()!.slice(0, 10_000);
    for (const line of lines) this.take(line);
    return !this.list.isFull;
  }

  end(): void {
    this.take(this.rest);
  }

  private take(line: string): void {
    if (/^\s*https?:\/\//i.test(line)) this.list.add("page", line);
    else if (line.trim())
      this.list.issue("sitemap-odd-line", `not an address: ${line.slice(0, 80)}`);
  }
}

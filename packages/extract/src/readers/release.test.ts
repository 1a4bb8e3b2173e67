import { emptyKnowledge } from "@waymark/domain";
import { describe, expect, test } from "vitest";
import { readDocument } from "../read-document.ts";

/** A release about one effort as some site shows it. */
async function mentionOn(url: string, { head = "", above = "", below = "" }): Promise<unknown> {
  const html = `<!doctype html><html lang="en"><head><title>Pine College launches Quiet Harbor Network</title>${head}</head><body><main><article>
<h1>Pine College launches Quiet Harbor Network</h1>${above}
<p>COLUMBUS, Ohio, March 2, 2026 /PRNewswire/ -- Pine College today launched the Quiet Harbor Network, a program that trains adult learners for skilled work in ports.</p>
<p>The Quiet Harbor Network is an apprenticeship program of colleges and employers in nine ports of the Great Lakes.</p>${below}
</article></main></body></html>`;
  const bytes = new TextEncoder().encode(html);
  const { mentions } = await readDocument({ url, bytes, contentType: "text/html" }, emptyKnowledge);
  return mentions.find(({ name }) => name === "Quiet Harbor Network");
}

describe("a copy of a release", () => {
  test("bears the day of its dateline, whenever the site took it over", async () => {
    const meta = '<meta property="article:published_time" content="2026-03-09T08:00:00Z">';
    expect(await mentionOn("http://wire.example/news/1", { head: meta })).toMatchObject({
      announcedOn: "2026-03-02",
      events: [
        { kind: "launch", on: "2026-03-02", parties: [{ role: "by", name: "Pine College" }] },
      ],
    });
  });
  test("tells which wire brought it and who issued it", async () => {
    const below = "<p>SOURCE Pine College</p>";
    expect(await mentionOn("http://wire.example/news/1", { below })).toMatchObject({
      copy: { wire: "PRNewswire", source: "Pine College" },
    });
  });
  test("names its original by its canonical address, or by a link", async () => {
    const head = '<link rel="canonical" href="https://pine.example/news/harbor">';
    expect(await mentionOn("http://wire.example/news/1", { head })).toMatchObject({
      copy: { of: "https://pine.example/news/harbor" },
    });
    const below =
      '<p>Originally published by <a href="https://pine.example/news/harbor">Pine College</a>.</p>';
    expect(await mentionOn("http://wire.example/news/1", { below })).toMatchObject({
      copy: { of: "https://pine.example/news/harbor" },
    });
  });
});

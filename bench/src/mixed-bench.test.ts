import http from "node:http";
import { expect, test } from "vitest";
import { truthOf } from "./mixed-layouts.ts";
import { type KeptPage, scoreMixed, wordRecall } from "./mixed-score.ts";
import { mixedShape, placePages, serveMixed, warmHost } from "./mixed-site.ts";

const placed = placePages(mixedShape).filter((one) => one.host !== warmHost);
const keptOf = (wanted: (needsBrowser: boolean) => Pick<KeptPage, "rendered" | "text">) =>
  placed.map(({ host, page, layout }) => ({
    url: `http://${host}${page.path}`,
    ...wanted(layout.needsBrowser),
  }));

test("one page in ten needs a browser", () => {
  expect(placed.length).toBe(400);
  expect(placed.filter((one) => one.layout.needsBrowser).length).toBe(40);
  expect(new Set(placed.map((one) => one.layout.name)).size).toBe(13);
});

test("a page says its text at once, unless it needs a browser", () => {
  for (const { layout, page } of placed) {
    const html = layout.write(page).replace(/<(script|title)\b.*?<\/\1>/gs, " ");
    const recall = wordRecall(html, truthOf(layout, page));
    if (layout.needsBrowser) expect(recall, layout.name).toBeLessThan(0.3);
    else expect(recall, layout.name).toBe(1);
  }
});

test("words count as often as they are said", () => {
  expect(wordRecall("Open doors, open.", "open doors open open")).toBe(0.75);
  expect(wordRecall("", "open")).toBe(0);
  expect(wordRecall("anything", "")).toBe(1);
});

test("pages that were not rendered cost recall, those rendered in vain are told", () => {
  const truths = new Map(
    placed.map(({ host, page, layout }) => [`http://${host}${page.path}`, truthOf(layout, page)]),
  );
  const withTruth = (kept: KeptPage[]) =>
    kept.map((page) => ({ ...page, text: page.text || truths.get(page.url)! }));
  const right = scoreMixed(placed, withTruth(keptOf((needed) => ({ rendered: needed, text: "" }))));
  expect(right).toMatchObject({ rendered: 40, recall: 1, scriptRecall: 1, renderedInVain: [] });
  const lazy = scoreMixed(
    placed,
    withTruth(keptOf((needed) => ({ rendered: false, text: needed ? "Loading" : "" }))),
  );
  expect(lazy.recall).toBeCloseTo(0.9, 2);
  expect(lazy.poor.length).toBe(40);
  const eager = scoreMixed(placed, withTruth(keptOf(() => ({ rendered: true, text: "" }))));
  expect(eager.renderedInVain.length).toBe(360);
  const plain = placed.find((one) => !one.layout.needsBrowser)!;
  const url = `http://${plain.host}${plain.page.path}`;
  const kept = withTruth(keptOf((needed) => ({ rendered: needed, text: "" })));
  expect(scoreMixed(placed, kept, new Set([url]))).toMatchObject({
    rendered: 41,
    renderedInVain: [url],
  });
});

test("a page that needs a browser can ask for its text", async () => {
  const site = await serveMixed(placed);
  try {
    const { host, page } = placed.find((one) => one.layout.name === "pleading")!;
    // A Host header of our own is beyond `fetch`.
    const body = await new Promise<string>((resolve, reject) => {
      const to = { port: site.port, path: `/text${page.path}`, headers: { host } };
      http.get(to, (answer) => answer.toArray().then((chunks) => resolve(chunks.join("")), reject));
    });
    expect(JSON.parse(body)).toEqual(page);
  } finally {
    await site.close();
  }
});

import { type FetchOutcome, userAgentOf } from "@waymark/crawl";
import type { Renderer } from "@waymark/crawl/browser";
import type { Skim } from "@waymark/domain";
import { bringsMore, isWhole } from "./browser-gain.ts";
import type { DryContext } from "./fetch-dry.ts";
import type { DryRender, DryShown } from "./fetch-dry-steps.ts";
import type { ReaderPool } from "./reader-pool.ts";
import { askRobots, keepPace } from "./robots-dry.ts";

/** Where a browser is looked for. */
export type BrowserPlaces = {
  chromiumPath?: string | undefined;
  cacheFolder?: string | undefined;
};

type Plain = { page: Extract<FetchOutcome, { kind: "fetched" }>; skim: Skim; reader: ReaderPool };

/** Whether the page shows that it needs a browser, by the signs a crawl goes by. */
export function judgeNeed({ browser }: Skim): DryRender {
  const shown = undefined;
  if (browser) return { needed: browser.sure ? "yes" : "perhaps", reason: browser.reason, shown };
  return { needed: "no", reason: "it has its text in the HTML itself", shown };
}

/** Shows the page in a browser, needed or not; `skim` is what a crawl would go on with then. */
export async function showDry(
  ctx: DryContext,
  places: BrowserPlaces,
  plain: Plain,
): Promise<{ shown: DryShown; skim: Skim }> {
  const { page, skim, reader } = plain;
  const without = (why: string): Skim =>
    skim.browser?.sure
      ? { ...skim, verdict: "shell", verdictReason: `${skim.browser.reason}; ${why}` }
      : skim;
  const asItIs = (): Skim =>
    skim.browser && isWhole(skim)
      ? { ...skim, verdict: "page" }
      : without("a browser shows no more");
  const failed = (message: string) => ({
    shown: { kind: "failed" as const, message },
    skim: without(message),
  });
  const contentType = page.contentType ?? "text/html";
  if (!/html/i.test(contentType))
    return failed(`a browser is for HTML, and this is ${contentType}`);
  const renderer = await openRenderer(ctx, places);
  if (!renderer) return failed("no browser was found on this machine");
  try {
    const rendered = await renderer.renderPage({
      url: page.url,
      document: { bytes: page.bytes, contentType },
      beforeRequest: politely(ctx, page.url),
      signal: ctx.signal,
    });
    if (rendered.kind === "broken") return failed(`the browser failed: ${rendered.message}`);
    const { bytes, requests, denied, ms: tookMs } = rendered;
    const found = await reader.skim({
      url: page.url,
      bytes,
      contentType: "text/html; charset=utf-8",
    });
    const used = skim.browser !== undefined && bringsMore(found, skim);
    const { textLength } = found;
    return {
      shown: { kind: "shown", textLength, requests, denied, tookMs, used },
      skim: used ? found : asItIs(),
    };
  } finally {
    await renderer.close();
  }
}

/** The browser is loaded here and not before: most who look at a page do not ask for one. */
async function openRenderer(ctx: DryContext, places: BrowserPlaces): Promise<Renderer | undefined> {
  const { createRenderer, findChromium } = await import("@waymark/crawl/browser");
  const chromium = await findChromium(places);
  if (!chromium) return undefined;
  const { connectTo, resolve } = ctx;
  return createRenderer({ chromium, userAgent: userAgentOf(ctx), connectTo, resolve });
}

/** What the page asks for keeps to every host's robots.txt, and to the pace that its own host names. */
function politely(ctx: DryContext, pageUrl: string) {
  const { host } = new URL(pageUrl);
  let turn: Promise<void> = Promise.resolve();
  return async (url: string): Promise<{ allowed: true } | { allowed: false; reason: string }> => {
    const robots = await askRobots(ctx, url);
    if (robots.reason) return { allowed: false, reason: "its robots.txt cannot be had" };
    if (!robots.allowed) return { allowed: false, reason: `robots.txt: ${robots.rule}` };
    if (new URL(url).host === host) {
      turn = turn.then(() => keepPace(ctx, robots, 0));
      await turn;
    }
    return { allowed: true };
  };
}

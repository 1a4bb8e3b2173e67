import {
  fetchRobots,
  productToken,
  type Robots,
  robotsPolicy,
  robotsVerdict,
} from "@waymark/crawl";
import type { Document } from "@waymark/domain";
import { openIncident, type Page, renewLease, saveRenderVerdict } from "@waymark/store";
import { bringsMore, isWhole } from "../browser-gain.ts";
import type { Look } from "../look-at-document.ts";
import { hostIdOf } from "../row-ids.ts";
import type { Place } from "./look-at-answer.ts";
import { renderVerdictOf, takeTurn, type Walk } from "./walk.ts";

/** What a browser brought is believed that long, and then tried again. */
const believedMs = 30 * 86_400_000;

/** What became of a page's need for a browser. */
export type Shown =
  /** It has none. */
  | { kind: "plain" }
  /** A browser brings nothing that the page lacks: what is there is the page, short as it may be. */
  | { kind: "whole" }
  | { kind: "shown"; document: Document; look: Look }
  /** It has, and nothing can be shown: the reason says why. */
  | { kind: "missing"; reason: string };

type Plain = { document: Document; skim: Look["skim"] };

/**
 * Shows a page through a browser where the page itself shows the need, and keeps for pages of its kind
 * whether that brought anything. `later` leaves it to a walk that has a browser. What fails in passing
 * teaches nothing.
 */
export async function showInBrowser(
  walk: Walk,
  place: Place,
  plain: Plain,
): Promise<Shown | "later"> {
  const { page, source } = place;
  const need = needOf(place, plain.skim);
  if (!need) return { kind: "plain" };
  const without = (why: string): Shown =>
    need.sure ? { kind: "missing", reason: `${need.reason}; ${why}` } : { kind: "plain" };
  const now = walk.ctx.now();
  const known = await renderVerdictOf(walk, page);
  const isBelieved = known && now.getTime() - known.triedAt.getTime() < believedMs;
  const asItIs = (): Shown =>
    isWhole(plain.skim) ? { kind: "whole" } : without("a browser shows no more");
  if (isBelieved && !known.gains) return asItIs();
  if (!walk.browser) return "later";
  const renderer = await walk.ctx.openRenderer();
  if (!renderer) {
    if (need.sure) await tellOfNoBrowser(walk, place);
    return without("no browser was found on this machine");
  }
  if (!(await renewLease(walk.ctx.db, walk.host, walk.ctx.leaseMs))) return without("lease lost");
  const rendered = await renderer.renderPage({
    url: plain.document.url,
    document: {
      bytes: plain.document.bytes,
      contentType: plain.document.contentType ?? "text/html",
    },
    beforeRequest: politely(walk),
    signal: walk.ctx.stopping,
  });
  if (rendered.kind === "broken") return without(`the browser failed: ${rendered.message}`);
  const document = {
    url: plain.document.url,
    bytes: rendered.bytes,
    contentType: "text/html; charset=utf-8",
  };
  const look = await walk.ctx.reader.look(document);
  const gains = bringsMore(look.skim, plain.skim);
  const verdict = { template: page.template, gains, reason: need.reason, triedAt: now };
  await saveRenderVerdict(walk.ctx.db, source.id, verdict);
  walk.renderVerdicts.delete(source.id);
  return gains ? { kind: "shown", document, look } : asItIs();
}

/** Whether a page shows that it needs a browser, and how surely. */
function needOf(
  { page, source }: Place,
  skim: Look["skim"],
): { sure: boolean; reason: string } | undefined {
  if (source.render === "never") return undefined;
  if (skim.verdict !== "page" && skim.verdict !== "shell") return undefined;
  if (skim.browser) return skim.browser;
  if (source.render === "always") return { sure: false, reason: "the source asks for a browser" };
  return fellShort(page, skim);
}

/** A page that lost most of its words since its last visit may have moved them into a script. */
function fellShort(page: Page, skim: Look["skim"]): { sure: boolean; reason: string } | undefined {
  const before = page.textLength ?? 0;
  if (before < 800 || skim.textLength > before * 0.3) return undefined;
  return {
    sure: false,
    reason: `has ${skim.textLength} characters of text, and had ${before} before`,
  };
}

/**
 * What a page asks for in the browser keeps to robots.txt, of its own host and of others, and to a pace
 * that its host has asked for in so many words.
 */
function politely(walk: Walk) {
  const others = new Map<string, Promise<Robots | undefined>>();
  const robotsOf = (origin: string): Promise<Robots | undefined> => {
    const asked =
      others.get(origin) ??
      fetchRobots(walk.ctx.fetcher, {
        url: `${origin}/robots.txt`,
        signal: walk.ctx.stopping,
      }).then((outcome) => {
        const policy = robotsPolicy(outcome);
        return policy.kind === "rules" ? policy.robots : undefined;
      });
    others.set(origin, asked);
    return asked;
  };
  return async (url: string): Promise<{ allowed: true } | { allowed: false; reason: string }> => {
    const isOwn = hostIdOf(url) === walk.host.id;
    const robots = isOwn ? walk.robots : await robotsOf(new URL(url).origin);
    if (!robots) return { allowed: false, reason: "its robots.txt cannot be had" };
    const verdict = robotsVerdict(robots, productToken, url);
    if (!verdict.allowed) return { allowed: false, reason: `robots.txt: ${verdict.rule}` };
    if (isOwn && verdict.crawlDelayMs && !(await takeTurn(walk, verdict.crawlDelayMs)))
      return { allowed: false, reason: "the host's next turn is too far off" };
    return { allowed: true };
  };
}

async function tellOfNoBrowser(walk: Walk, { source, run }: Place): Promise<void> {
  await openIncident(walk.ctx.db, {
    sourceId: source.id,
    runId: run.id,
    code: "no-browser",
    message:
      "pages of this source show themselves only in a browser, and none was found; install chromium, or set render to never",
    now: walk.ctx.now(),
  });
}

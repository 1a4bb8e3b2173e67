import {
  fetchRobots,
  parseRobots,
  productToken,
  type Robots,
  robotsPolicy,
  robotsText,
  robotsVerdict,
} from "@waymark/crawl";
import type { VisitOutcome } from "@waymark/domain";
import { keepPace, type Page, putOffPage, saveRobots } from "@waymark/store";
import { backOff, crawlDelayMaxMs, patienceMs, takeTurn, triesMax, type Walk } from "./walk.ts";

const hourMs = 3_600_000;
/** A copy of a robots.txt is used that long before it is asked for again. */
const freshMs = 12 * hourMs;
/** A last good copy serves that long while the file cannot be had: RFC 9309 allows no copy beyond a day. */
const keptMs = 24 * hourMs;

export type LoadedRobots =
  | { kind: "rules"; robots: Robots }
  /** Nobody may be asked at this host tonight; the outcome is what its pages came to. */
  | { kind: "closed"; outcome: VisitOutcome; reason: string }
  | { kind: "lost" };

/** The rules of a host: the kept copy while it is fresh, else its robots.txt, fetched in a turn of its own. */
export async function loadRobots(
  walk: Walk,
  { page, baseDelayMs }: { page: Page; baseDelayMs: number },
): Promise<LoadedRobots> {
  const { url } = page;
  const { ctx, host } = walk;
  const now = ctx.now();
  const isYounger = (at: Date | undefined, ms: number) => {
    const ageMs = at ? now.getTime() - at.getTime() : Infinity;
    return ageMs >= 0 && ageMs < ms;
  };
  if (
    ctx.archive === undefined &&
    host.robotsOutcome === "rules" &&
    isYounger(host.robotsFetchedAt, freshMs)
  ) {
    return { kind: "rules", robots: parseRobots(host.robots ?? "") };
  }
  if (ctx.archive !== undefined) return robotsOfArchive(walk, url);
  const delayMs = Math.max(baseDelayMs, Math.min(host.crawlDelayMs ?? 0, crawlDelayMaxMs));
  if (!(await takeTurn(walk, delayMs))) return { kind: "lost" };
  const robotsUrl = new URL("/robots.txt", url).href;
  const outcome = await fetchRobots(ctx.fetcher, { url: robotsUrl, signal: ctx.stopping });
  if (delayMs > 0) await keepPace(ctx.db, host, delayMs);
  if (ctx.stopping.aborted) return { kind: "lost" };
  const policy = robotsPolicy(outcome);
  if (policy.kind === "disallow-all") {
    await saveRobots(ctx.db, host.id, {
      text: undefined,
      outcome: "closed",
      error: policy.reason,
      crawlDelayMs: host.crawlDelayMs,
      now,
    });
    if (outcome.kind !== "no-address" && isYounger(host.robotsGoodAt, keptMs)) {
      return { kind: "rules", robots: parseRobots(host.robots ?? "") };
    }
    if (policy.retryAfterMs <= patienceMs && page.tries + 1 < triesMax) {
      await putOffPage(ctx.db, page.id, await backOff(walk, policy.retryAfterMs));
      return { kind: "lost" };
    }
    return {
      kind: "closed",
      outcome: outcome.kind === "no-address" ? "no-address" : "refused",
      reason: policy.reason,
    };
  }
  const text = outcome.kind === "fetched" ? robotsText(outcome.bytes) : "";
  const robots = parseRobots(text);
  const { crawlDelayMs } = robotsVerdict(robots, productToken, url);
  host.robots = text;
  host.robotsOutcome = "rules";
  host.robotsFetchedAt = now;
  await saveRobots(ctx.db, host.id, {
    text,
    outcome: "rules",
    error: undefined,
    crawlDelayMs,
    now,
  });
  if (crawlDelayMs) {
    // The pause that the file itself asks for counts from its own answer.
    await keepPace(ctx.db, host, Math.min(crawlDelayMs, crawlDelayMaxMs));
    walk.mustWait = true;
  }
  return { kind: "rules", robots };
}

/** The rules as the archive has them: what a site allows tonight it says itself, so its row does not hear of them. */
async function robotsOfArchive({ ctx }: Walk, url: string): Promise<LoadedRobots> {
  const robotsUrl = new URL("/robots.txt", url).href;
  const policy = robotsPolicy(await fetchRobots(ctx.fetcher, { url: robotsUrl }));
  return policy.kind === "rules"
    ? { kind: "rules", robots: { ...policy.robots, groups: withoutDelays(policy.robots) } }
    : { kind: "closed", outcome: "no-address", reason: "the archive holds nothing of this host" };
}

/** Nobody need be spared in an archive. */
const withoutDelays = ({ groups }: Robots): Robots["groups"] =>
  groups.map(({ agents, rules }) => ({ agents, rules }));

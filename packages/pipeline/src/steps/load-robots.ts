import {
  fetchRobots,
  parseRobots,
  productToken,
  type Robots,
  robotsPolicy,
  robotsVerdict,
} from "@waymark/crawl";
import type { VisitOutcome } from "@waymark/domain";
import { keepPace, type LeasedHost, saveRobots } from "@waymark/store";
import type { Context } from "../context.ts";

/** A copy of a robots.txt is used that long before it is asked for again (RFC 9309 allows a day). */
const freshMs = 12 * 3_600_000;

export type LoadedRobots =
  | { kind: "rules"; robots: Robots }
  /** Nobody may be asked at this host tonight; the outcome is what its pages came to. */
  | { kind: "closed"; outcome: VisitOutcome; reason: string }
  | { kind: "lost" };

/** The rules of a host: the kept copy while it is fresh, else its robots.txt, fetched in a turn of its own. */
export async function loadRobots(
  ctx: Context,
  host: LeasedHost,
  { url, delayMs, takeTurn }: { url: string; delayMs: number; takeTurn: () => Promise<boolean> },
): Promise<LoadedRobots> {
  const now = ctx.now();
  const ageMs = host.robotsFetchedAt ? now.getTime() - host.robotsFetchedAt.getTime() : Infinity;
  if (host.robotsOutcome === "rules" && ageMs >= 0 && ageMs < freshMs) {
    return { kind: "rules", robots: parseRobots(host.robots ?? "") };
  }
  if (!(await takeTurn())) return { kind: "lost" };
  const robotsUrl = new URL("/robots.txt", url).href;
  const outcome = await fetchRobots(ctx.fetcher, { url: robotsUrl, signal: ctx.stopping });
  if (delayMs > 0) await keepPace(ctx.db, host, delayMs);
  if (ctx.stopping.aborted) return { kind: "lost" };
  const policy = robotsPolicy(outcome);
  if (policy.kind === "disallow-all") {
    await saveRobots(ctx.db, host, {
      text: undefined,
      outcome: "closed",
      error: policy.reason,
      crawlDelayMs: host.crawlDelayMs,
      now,
    });
    return {
      kind: "closed",
      outcome: outcome.kind === "no-address" ? "no-address" : "refused",
      reason: policy.reason,
    };
  }
  const text = outcome.kind === "fetched" ? new TextDecoder().decode(outcome.bytes) : "";
  const robots = parseRobots(text);
  const { crawlDelayMs } = robotsVerdict(robots, productToken, url);
  host.robots = text;
  host.robotsOutcome = "rules";
  host.robotsFetchedAt = now;
  await saveRobots(ctx.db, host, { text, outcome: "rules", error: undefined, crawlDelayMs, now });
  return { kind: "rules", robots };
}

import {
  type FetchOutcome,
  fetchRobots,
  observedOutcomeOf,
  productToken,
  type Robots,
  robotsPolicy,
  robotsVerdict,
  sitemapsOf,
} from "@waymark/crawl";
import type { DryContext } from "./fetch-dry.ts";
import type { DryRobots } from "./fetch-dry-steps.ts";
import { pause } from "./pause.ts";
import { crawlDelayMaxMs } from "./steps/walk.ts";
import { type FetchTimes, timed } from "./time-fetch.ts";

/** What was asked of the hosts' robots.txt so far, by its address. */
export type RobotsAsked = Map<string, Promise<{ fetched: FetchOutcome; times: FetchTimes }>>;

/** What the robots.txt of an address's host says of it; each is asked for once. */
export async function askRobots(ctx: DryContext, pageUrl: string): Promise<DryRobots> {
  const { signal } = ctx;
  const url = new URL("/robots.txt", pageUrl).href;
  const ask = async () => {
    const { value, times } = await timed(() => fetchRobots(ctx.fetcher, { url, signal }));
    return { fetched: value, times };
  };
  const asking = ctx.robots.get(url) ?? ask();
  ctx.robots.set(url, asking);
  const { fetched, times } = await asking;
  const { outcome, status } = observedOutcomeOf(fetched, { url, at: ctx.now });
  const policy = robotsPolicy(fetched);
  const bytes = fetched.kind === "fetched" ? fetched.bytes.length : undefined;
  const told = { url, outcome, status, bytes, times };
  if (policy.kind !== "rules") {
    const reason =
      policy.kind === "unchanged"
        ? "its robots.txt is called unchanged, though nothing was asked before"
        : policy.reason;
    const none = { group: undefined, rule: undefined, crawlDelayMs: undefined, sitemaps: [] };
    return { ...told, ...none, allowed: false, reason };
  }
  const { allowed, rule, crawlDelayMs } = robotsVerdict(policy.robots, productToken, pageUrl);
  const sitemaps = sitemapsOf(policy.robots);
  const group = groupOf(policy.robots);
  return { ...told, group, allowed, rule, reason: undefined, crawlDelayMs, sitemaps };
}

const groupOf = ({ groups }: Robots): string | undefined =>
  [productToken.toLowerCase(), "*"].find((name) =>
    groups.some(({ agents }) => agents.includes(name)),
  );

/** A host that names a pace gets it between its pages, also from somebody who only looks. */
export async function keepPace(
  ctx: DryContext,
  robots: DryRobots | undefined,
  leastMs: number,
): Promise<void> {
  await pause(Math.max(leastMs, Math.min(robots?.crawlDelayMs ?? 0, crawlDelayMaxMs)), ctx.signal);
}

import type { FetchOutcome } from "./fetch-outcome.ts";
import type { Fetcher, FetchRequest } from "./fetch-page.ts";
import { noRobots, parseRobots, type Robots, robotsBytesMax } from "./robots.ts";

/** What a host's robots.txt, or its absence, lets us do. */
export type RobotsPolicy =
  | { kind: "rules"; robots: Robots }
  /** The copy we have is still good. */
  | { kind: "unchanged" }
  /** Nobody may be asked for now; a copy of earlier may serve meanwhile. */
  | { kind: "disallow-all"; reason: string; retryAfterMs: number };

/**
 * Fetches a robots.txt. Its redirects are followed to other hosts too, as the RFC asks, five in all; what
 * stands at the end of them counts for the host that was asked.
 */
export async function fetchRobots(
  fetcher: Fetcher,
  request: Pick<FetchRequest, "url" | "etag" | "lastModified" | "signal" | "beforeHop">,
): Promise<FetchOutcome> {
  let outcome = await fetcher.fetchPage({ ...request, firstBytes: robotsBytesMax + 1 });
  let redirects = hopsOf(outcome);
  while (outcome.kind === "moved" && redirects <= redirectsMax) {
    outcome = await fetcher.fetchPage({
      ...request,
      url: outcome.location,
      firstBytes: robotsBytesMax + 1,
    });
    redirects += hopsOf(outcome);
  }
  if (redirects > redirectsMax) {
    const message = `${request.url} redirects more than ${redirectsMax} times`;
    return { kind: "broken", error: "TOO_MANY_REDIRECTS", message };
  }
  return outcome;
}

const redirectsMax = 5;

const hopsOf = (outcome: FetchOutcome): number => ("hops" in outcome ? outcome.hops.length : 0);

/**
 * What follows from how a robots.txt was answered: no file, or one nobody may see, forbids nothing; a server
 * that fails or is silent forbids everything until it has answered.
 */
export function robotsPolicy(outcome: FetchOutcome): RobotsPolicy {
  switch (outcome.kind) {
    case "fetched":
      return { kind: "rules", robots: parseRobots(outcome.bytes) };
    case "unchanged":
      return { kind: "unchanged" };
    case "gone":
    case "refused":
    case "wrong-type":
    case "moved":
      return { kind: "rules", robots: noRobots };
    case "busy": {
      const reason = `robots.txt answered ${outcome.status}`;
      return { kind: "disallow-all", reason, retryAfterMs: outcome.retryAfterMs ?? soonMs };
    }
    case "broken":
      if (saysNone(outcome)) return { kind: "rules", robots: noRobots };
      return { kind: "disallow-all", reason: outcome.message, retryAfterMs: soonMs };
    case "no-address":
      return {
        kind: "disallow-all",
        reason: `the host has no address (${outcome.error})`,
        retryAfterMs: soonMs,
      };
    case "forbidden-address":
      return { kind: "disallow-all", reason: outcome.reason, retryAfterMs: dayMs };
    case "too-large":
      return {
        kind: "disallow-all",
        reason: `robots.txt inflates to ${outcome.bytes} bytes`,
        retryAfterMs: dayMs,
      };
  }
}

const soonMs = 5 * 60_000;
const dayMs = 24 * 3_600_000;

/** Too many redirects, a circle of them, or an answer below 500: the RFC calls that "unavailable". */
const saysNone = ({ status, error }: { status?: number; error: string }): boolean =>
  ["TOO_MANY_REDIRECTS", "REDIRECT_LOOP", "BAD_REDIRECT"].includes(error) ||
  (status !== undefined && status >= 200 && status < 500);

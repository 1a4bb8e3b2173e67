import {
  createFetcher,
  type Fetcher,
  fetchRobots,
  productToken,
  robotsPolicy,
  robotsVerdict,
  userAgentOf,
} from "@waymark/crawl";
import { BadInput, type Document } from "@waymark/domain";
import { describeOutcome } from "./describe-outcome.ts";

const redirectsMax = 5;

/**
 * Fetches one page to be read at once, under the guards of a crawl: public addresses only, bounded,
 * robots.txt obeyed at every host on the way. Writes nothing; a BadInput says why there is no page.
 */
export async function fetchForReading(
  url: string,
  {
    version,
    contact,
    connectTo,
    signal,
  }: {
    version: string;
    contact: string;
    connectTo?: { host: string; port: number } | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<Document> {
  const userAgent = userAgentOf({ version, contact });
  const fetcher = createFetcher({ userAgent, connectTo });
  try {
    let next = url;
    for (let redirects = 0; redirects <= redirectsMax; redirects++) {
      await assertAllowed(fetcher, next, signal);
      const outcome = await fetcher.fetchPage({ url: next, signal });
      if (outcome.kind === "fetched") {
        return { url: outcome.url, bytes: outcome.bytes, contentType: outcome.contentType };
      }
      if (outcome.kind !== "moved")
        throw new BadInput(`cannot read ${next}: ${describeOutcome(outcome)}`);
      next = outcome.location;
    }
    throw new BadInput(`cannot read ${url}: it redirects more than ${redirectsMax} times`);
  } finally {
    await fetcher.close();
  }
}

async function assertAllowed(
  fetcher: Fetcher,
  url: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!URL.canParse("/robots.txt", url)) return;
  const robotsUrl = new URL("/robots.txt", url).href;
  const policy = robotsPolicy(await fetchRobots(fetcher, { url: robotsUrl, signal }));
  if (policy.kind === "disallow-all") throw new BadInput(`cannot read ${url}: ${policy.reason}`);
  if (policy.kind === "unchanged") return;
  const verdict = robotsVerdict(policy.robots, productToken, url);
  if (!verdict.allowed) {
    throw new BadInput(
      `${url} may not be visited: its robots.txt says "${verdict.rule}"; save the page by hand and read the file`,
    );
  }
}

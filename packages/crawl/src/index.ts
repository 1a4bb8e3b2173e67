/**
 * The network side of a crawl. An address comes in; what became of asking for it goes out: a page's bytes, or
 * the case that stood in the way. Beside that stand the rules of a polite visitor: robots.txt, sitemaps, scope,
 * traps, and when to come again. Knows no database and reads no HTML, and never decides by itself what to
 * visit: the pipeline holds the queue of pages, the pace of hosts and the clock.
 */

export { chanceOf } from "./chance.ts";
export { cmsProbes, isCmsList, isLaterPart, withModifiedAfter } from "./cms-probes.ts";
export { createConnector, ForbiddenAddress, NoAddress } from "./connect.ts";
export { type CrawlEnv, crawlEnv } from "./env.ts";
export { looksLikeFeed } from "./feed.ts";
export { type FetchOutcome, type Hop, observedOutcomeOf, visitOutcomeOf } from "./fetch-outcome.ts";
export {
  createFetcher,
  defaultLimits,
  type Fetcher,
  type FetcherOptions,
  type FetchRequest,
  type Limits,
} from "./fetch-page.ts";
export { fetchRobots, type RobotsPolicy, robotsPolicy } from "./fetch-robots.ts";
export { isPublicAddress } from "./public-address.ts";
export { isExploding } from "./query-explosion.ts";
export { type CmsList, readCmsList } from "./read-cms-list.ts";
export { readSitemap } from "./read-sitemap.ts";
export { createResolver, type ResolveHost } from "./resolve-host.ts";
export {
  changeRate,
  forgiveFailures,
  hostBackoff,
  nextInterval,
  type Watch,
  watchOn,
} from "./revisit.ts";
export {
  noRobots,
  parseRobots,
  type Robots,
  type RobotsVerdict,
  robotsText,
  robotsVerdict,
  sitemapsOf,
} from "./robots.ts";
export { inScope, worthVisiting } from "./scope.ts";
export { type SitemapLimits, type SitemapReading, sitemapLimits } from "./sitemap-list.ts";
export { templateOf } from "./template.ts";
export { isTrap } from "./trap.ts";
export { checkUrl } from "./url-policy.ts";
export { noContact, productToken, userAgentOf } from "./user-agent.ts";
export { mayAskConditionally } from "./validators.ts";

import {
  type Initiative,
  type Knowledge,
  type KnownEffort,
  type KnownMention,
  lastDayOf,
  type Mention,
} from "@waymark/domain";
import { isRehearsal, sameAddress, siteOf } from "./address.ts";
import { sameOrganization } from "./same-value.ts";
import { dayMs, type ReviewSettings } from "./settings.ts";

/**
 * With what right a page speaks of an effort. `own`: its own site, or the page at its own address.
 * `news`: a dated announcement of late. `lead`, `funder`: a page about it by who runs or pays for it.
 * `other`: everybody else, who repeats what was true once.
 */
export type Standing = "own" | "news" | "lead" | "funder" | "other";

/** A mention, and with what right it speaks. */
export type Voice = {
  known: KnownMention;
  mention: Mention;
  baseline: Mention | undefined;
  standing: Standing;
  /** The host that publishes it: two voices of one site are one witness. */
  site: string;
};

/** The voices of an effort that still count, in an order of their own that no caller can disturb. */
export function voicesOf(
  known: KnownEffort,
  knowledge: Knowledge,
  now: Date,
  settings: ReviewSettings,
): Voice[] {
  const current = known.mentions.filter(
    ({ missingCount }) => missingCount < settings.missingVisits,
  );
  return current
    .filter((each) => each.missingCount === 0 || !successorOf(each, current))
    .toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0))
    .map((each) => ({
      known: each,
      mention: each.mention,
      baseline: each.baseline ?? predecessorOf(each, known.mentions)?.baseline,
      standing: standingOf(each, known, knowledge, now, settings),
      site: siteOf(each.page.url),
    }));
}

/**
 * A page about one effort may change so much that its mention gets another key, as when the effort is
 * renamed: then what the page said before under the old key is what the new words are held against.
 */
function predecessorOf(mention: KnownMention, all: KnownMention[]): KnownMention | undefined {
  if (mention.missingCount > 0 || mention.mention.role === "listing") return undefined;
  const onPage = all.filter(({ page }) => page.id === mention.page.id);
  const gone = onPage.filter(({ missingCount }) => missingCount > 0);
  return onPage.length === 2 && gone.length === 1 ? gone[0] : undefined;
}

const successorOf = (mention: KnownMention, all: KnownMention[]): KnownMention | undefined =>
  all.find((other) => other !== mention && predecessorOf(other, all) === mention);

function standingOf(
  known: KnownMention,
  { initiative, ownAddresses }: KnownEffort,
  knowledge: Knowledge,
  now: Date,
  settings: ReviewSettings,
): Standing {
  const { mention, page, source } = known;
  if (isRehearsal(page.url)) return "other";
  if (mention.role === "announcement") {
    return isNews(known, now, settings) ? "news" : "other";
  }
  const lead = initiative?.values.leadOrganization;
  const byLead = Boolean(source.name && lead && sameOrganization(source.name, lead, knowledge));
  if (mention.role === "listing") return byLead ? "lead" : "other";
  const isThere = ownUrls(initiative, ownAddresses).some((url) => sameAddress(url, page.url));
  // A library or a newsroom has pages about efforts of others, even where the catalog links to them.
  const repeats = (source.kind === "library" || source.kind === "news") && !byLead;
  if (isThere && (mention.role === "own" || !repeats)) return "own";
  if (mention.role === "own" && !repeats) return "own";
  if (byLead) return "lead";
  if (source.name === undefined) return "other";
  return source.kind === "foundation" ? "funder" : "other";
}

const ownUrls = (initiative: Initiative | undefined, addresses: KnownEffort["ownAddresses"]) =>
  [initiative?.values.url, ...addresses.flatMap(({ url, movedTo }) => [url, movedTo])].filter(
    (url) => typeof url === "string",
  );

/**
 * Whether an announcement was of late when we first saw it: then it stays news while its change waits for
 * a decision, though not beyond a year. A date may name a month only, of which the last day counts.
 */
const isNews = (known: KnownMention, now: Date, { newsDays }: ReviewSettings): boolean => {
  const { announcedOn } = known.mention;
  if (!announcedOn) return false;
  const announced = Date.parse(lastDayOf(announcedOn));
  const age = firstSeenAt(known) - announced;
  return age <= newsDays * dayMs && age >= -31 * dayMs && now.getTime() - announced <= 366 * dayMs;
};

const firstSeenAt = ({ firstSeenAt, page }: KnownMention): number =>
  (firstSeenAt ?? page.firstSeenAt).getTime();

/** Whether the mention appeared on a site that had been watched without it, or bears a date of late. */
export function appearedOfLate({ known }: Voice, { newsDays }: ReviewSettings): boolean {
  const { source, page } = known;
  const since = firstSeenAt(known);
  if (source.watchedSince !== undefined) return since - source.watchedSince.getTime() >= dayMs / 2;
  return page.dates.some(
    ({ kind, date }) =>
      (kind === "published" || kind === "start") &&
      since - Date.parse(lastDayOf(date)) <= newsDays * dayMs,
  );
}

/** When the voice's words last became what they are. */
export const changedAt = ({ known }: Voice): number =>
  (known.changedAt ?? known.page.visitedAt).getTime();

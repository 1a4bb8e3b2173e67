import {
  type ChangeEvidence,
  emptyKnowledge,
  type Freshness,
  type KnownEffort,
  lastDayOf,
  type ObservedOutcome,
} from "@waymark/domain";
import { isAnswer, nightsOf, recentAbsence } from "./absence.ts";
import { isRoot, sameAddress } from "./address.ts";
import { gather, quotesOf } from "./proof.ts";
import { dayMs, defaultSettings, type ReviewSettings } from "./settings.ts";
import { type Voice, voicesOf } from "./voice.ts";

/**
 * How much an entry may still be trusted, with the reason in a sentence. `stale` needs a stated end that
 * passed in silence, or an own address found absent on different nights; silence alone only ages.
 */
export function assessFreshness(
  known: KnownEffort,
  now: Date,
  settings: ReviewSettings = defaultSettings,
): Freshness {
  const { step, reason } = weighFreshness(known, now, settings);
  return { step, reason };
}

/** The assessment with what it rests on; `cause` stays the same from night to night. */
export type WeighedFreshness = Freshness & { cause: string; evidence: ChangeEvidence[] };

export function weighFreshness(
  known: KnownEffort,
  now: Date,
  settings: ReviewSettings,
): WeighedFreshness {
  const status = known.initiative?.values.status;
  if (status === "ended") return sound("The catalog says that it has ended.");
  return absent(known, now, settings) ?? silent(known, now, settings);
}

const sound = (reason: string): WeighedFreshness => ({
  step: "fresh",
  reason,
  cause: "",
  evidence: [],
});
const ageing = (reason: string): WeighedFreshness => ({
  step: "ageing",
  reason,
  cause: "",
  evidence: [],
});

function absent(
  { initiative, ownAddresses }: KnownEffort,
  now: Date,
  settings: ReviewSettings,
): WeighedFreshness | undefined {
  const url = initiative?.values.url;
  const addresses = ownAddresses.toSorted((one, other) => (one.url < other.url ? -1 : 1));
  const held = url ? addresses.find((address) => sameAddress(address.url, url)) : addresses[0];
  if (!held) return undefined;
  // One page of several gone is a tidied site; the effort is absent when none of its addresses answers.
  const living = addresses.some(
    (address) => address !== held && address.outcomes[0] && isAnswer(address.outcomes[0]),
  );
  const absences = recentAbsence(held.outcomes);
  if (living || absences.length === 0) return undefined;
  const nights = nightsOf(absences, settings);
  const [latest] = absences as [ObservedOutcome];
  const first = absences.at(-1)!;
  const state = stateOf(latest);
  if (nights < settings.absentNights) {
    return ageing(
      `Its address ${held.url} ${state} on ${dayOf(latest.at)}; one night says little.`,
    );
  }
  if (!tellsOfTheEffort(latest)) {
    return ageing(
      `Its page ${held.url} ${state} on ${nights} nights since ${dayOf(first.at)}, on a site that is not its own: the page may only have moved.`,
    );
  }
  const presumed = now.getTime() - Date.parse(first.at) > settings.presumedEndedDays * dayMs;
  return {
    step: presumed ? "presumed-ended" : "stale",
    reason: `Its address ${held.url} ${state} on ${nights} nights since ${dayOf(first.at)}.`,
    cause: `absent ${held.url}`,
    evidence: gather([latest, first].map((outcome) => ({ ...outcome, type: "outcome" }))),
  };
}

/**
 * A whole site that is absent, a name that is gone, a parking page and an answer of "gone for good" tell of
 * the effort; a page that somebody else's living site no longer finds tells of that site's housekeeping.
 */
const tellsOfTheEffort = ({ outcome, status, url }: ObservedOutcome): boolean =>
  outcome === "no-address" || outcome === "parked" || status === 410 || isRoot(url);

const dayOf = (at: string): string => at.slice(0, 10);

const stateOf = ({ outcome, status }: ObservedOutcome): string => {
  switch (outcome) {
    case "parked":
      return "showed a parking page";
    case "no-address":
      return "was not to be found in the name service";
    case "soft-404":
      return "showed a page that says it is gone";
    default:
      return `answered ${status ?? "that it is gone"}`;
  }
};

function silent(known: KnownEffort, now: Date, settings: ReviewSettings): WeighedFreshness {
  const own = voicesOf(known, emptyKnowledge, now, settings).filter(
    ({ standing }) => standing === "own",
  );
  // What bears a date yet to come is a plan, or a mistake, but no sign that somebody wrote lately.
  const today = now.toISOString().slice(0, 10);
  const newest = known.ownDates
    .map(({ date }) => date)
    .filter((date) => date <= today)
    .toSorted()
    .at(-1);
  const newestDay = newest && lastDayOf(newest);
  const quiet = newestDay === undefined || ageDays(newestDay, now) > settings.silentDays;
  const end = statedEnd(known, own);
  const wellPast = end !== undefined && ageDays(end.day, now) > settings.endGraceDays;
  if (!quiet) return sound(`Its own site bears a date of ${newest}.`);
  if (own.length === 0) {
    if (wellPast)
      return ageing(`Its stated end ${end.date} has passed, and no page of its own is known.`);
    return sound("No page of its own has been read that could tell.");
  }
  const silence = newest
    ? `the newest date on its own site is ${newest}`
    : "its own site bears no date at all";
  if (wellPast && newest === undefined && !own.some(({ known }) => isRoot(known.page.url))) {
    return ageing(
      `Its stated end ${end.date} has passed; its page stands on somebody else's site and bears no date.`,
    );
  }
  if (!wellPast) {
    if (newest) return ageing(`No end is stated or long past, but ${silence}.`);
    return sound("Its own page answers, and no stated end has passed.");
  }
  const presumed = ageDays(end.day, now) > settings.presumedEndedDays;
  const dates = known.ownDates.filter(({ date }) => date === newest).map(asQuote);
  return {
    step: presumed ? "presumed-ended" : "stale",
    reason: `Its stated end ${end.date} has passed, ${silence}, and no page says that it has ended.`,
    cause: `silent ${end.date}`,
    evidence: gather(
      [
        ...end.evidence,
        ...dates,
        ...(end.evidence.length ? [] : own.flatMap(({ known }) => quotesOf(known, "name"))),
      ],
      4,
    ),
  };

  function asQuote(dated: KnownEffort["ownDates"][number]): ChangeEvidence {
    return {
      type: "quote",
      field: "sign",
      value: dated.date,
      quote: dated.quote,
      start: dated.start,
      end: dated.end,
      method: "sentence",
      confidence: 0.5,
      url: dated.url,
      pageId: dated.pageId,
      snapshotId: dated.snapshotId,
      readerVersion: own[0]!.known.page.readerVersion,
    };
  }
}

type StatedEnd = { date: string; day: string; evidence: ChangeEvidence[] };

/** The latest end that the catalog or an own page states: an extension told in one place counts. */
function statedEnd({ initiative }: KnownEffort, own: Voice[]): StatedEnd | undefined {
  const ends = [
    ...own.map(({ mention, known }) => ({
      date: mention.end,
      evidence: mention.end ? quotesOf(known, "end", mention.end) : [],
    })),
    { date: initiative?.values.end, evidence: [] },
  ].flatMap(({ date, evidence }) => (date ? [{ date, day: lastDayOf(date), evidence }] : []));
  const latest = ends
    .map(({ day }) => day)
    .toSorted()
    .at(-1);
  if (latest === undefined) return undefined;
  const agreeing = ends.filter(({ day }) => day === latest);
  return { ...agreeing[0]!, evidence: agreeing.flatMap(({ evidence }) => evidence) };
}

const ageDays = (day: string, now: Date): number => (now.getTime() - Date.parse(day)) / dayMs;

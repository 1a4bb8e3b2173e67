import { foldName, sameAddress } from "@waymark/normalize";
import type {
  ChangeSeen,
  EntrySeen,
  Known,
  MentionSeen,
  PageSeen,
  SuppressionSeen,
} from "./web-known.ts";
import type { Score } from "./web-score.ts";
import type { TruthEvent, TruthInitiative, World } from "./web-world.ts";

/** Where the journey of a missed event broke off, and in whose room. */
export type Stop = { room: "crawl" | "extract" | "match" | "review"; where: string };

/** All that the database holds on one missed event. */
export type Trace = {
  stop: Stop;
  entries: EntrySeen[];
  pages: PageSeen[];
  /** Evidence addresses under which no page is known. */
  unseen: string[];
  mentions: MentionSeen[];
  changes: ChangeSeen[];
  suppressions: SuppressionSeen[];
};

/** A missed event with all that the database held on it when its night was scored. */
export type Missed = { event: TruthEvent; initiative: TruthInitiative; trace: Trace };

/** The events a score misses, each followed through the rows. */
export function traceMissed(world: World, missed: Score["missed"], known: Known): Missed[] {
  return missed.flatMap(({ night, type, initiative: id, why }) => {
    const event = world.events.find(
      (one) => one.night === night && one.type === type && one.initiative === id && one.why === why,
    );
    const initiative = world.initiatives.find((one) => one.id === id);
    if (!event || !initiative) return [];
    return [{ event, initiative, trace: traceEvent(known, event, initiative) }];
  });
}

/** In one line: the room that should have done its share, and where it stopped. */
export const stopWords = ({ event, trace }: Missed): string =>
  `${trace.stop.room.padEnd(7)} ${event.kind.padEnd(9)} ${trace.stop.where}`;

/** Follows a missed event through the rows: pages, mentions, matches, suppressions, changes. */
export function traceEvent(known: Known, event: TruthEvent, initiative: TruthInitiative): Trace {
  const names = new Set(initiative.names.map(foldName));
  const isNamed = (name: string) => names.has(foldName(name));
  const isHere = (url: string | null | undefined) =>
    url != null && initiative.urls.some((own) => sameAddress(own, url));
  const entries = known.entries.filter(
    (entry) =>
      initiative.catalogIds.includes(entry.id) || entry.names.some(isNamed) || isHere(entry.url),
  );
  const entryIds = new Set(entries.map((entry) => entry.id));
  const pages = known.pages.filter(
    (page) => event.evidence.some((url) => sameAddress(url, page.url)) || isHere(page.url),
  );
  const unseen = event.evidence.filter(
    (url) => !known.pages.some((page) => sameAddress(url, page.url)),
  );
  const tellsOfIt = ({ mention, initiativeId }: MentionSeen) =>
    isNamed(mention.name) ||
    mention.aliases.some(isNamed) ||
    isHere(mention.url) ||
    (initiativeId !== null && entryIds.has(initiativeId));
  const mentions = known.mentions.filter(tellsOfIt);
  const efforts = new Set([...entryIds, ...mentions.flatMap((one) => one.clusterId ?? [])]);
  const changes = known.changes.filter((one) => efforts.has(one.effort) || isNamed(one.title));
  const suppressions = known.suppressions.filter(
    (one) => efforts.has(one.effort) || isNamed(one.title),
  );
  const found = { entries, pages, unseen, mentions, changes, suppressions };
  return { stop: stopOf(event, found), ...found };
}

/** The first step that did not do its share, seen from the page's end of the journey. */
export function stopOf(event: TruthEvent, found: Omit<Trace, "stop">): Stop {
  const { pages, changes } = found;
  const ofKind = changes.filter((one) => one.kind === event.kind && one.state !== "accepted");
  for (const state of ["confirming", "withdrawn", "rejected", "open"]) {
    const one = ofKind.find((change) => change.state === state && tellsFields(event, change));
    if (one) return { room: "review", where: `its change is ${state}` };
  }
  const evidencePages = pages.filter((page) =>
    event.evidence.some((url) => sameAddress(url, page.url)),
  );
  if (event.kind !== "stale" && evidencePages.length === 0) {
    return { room: "crawl", where: "no evidence page is known" };
  }
  if (event.kind !== "stale" && !evidencePages.some((page) => page.isRead)) {
    const outcomes = [...new Set(evidencePages.map((page) => page.outcome ?? "never visited"))];
    return { room: "crawl", where: `no evidence page was read (${outcomes.join(", ")})` };
  }
  const own = found.mentions.filter((one) => one.missingCount === 0);
  if (own.length === 0 && event.kind !== "stale") {
    return { room: "extract", where: "no page has a mention of it" };
  }
  return event.kind === "new" ? stopOfNew(found, own) : stopOfKnown(event, found, own);
}

function stopOfNew(found: Omit<Trace, "stop">, mentions: MentionSeen[]): Stop {
  const rules = rulesOf(found, (one) => one.kind === "new");
  if (rules) return { room: "review", where: `suppressed: ${rules}` };
  const matched = mentions.find((one) => one.initiativeId !== null);
  if (matched) return { room: "match", where: "its mentions were taken for an entry" };
  if (mentions.every((one) => one.mention.relevance.score < 0.5)) {
    return { room: "extract", where: "no mention is relevant enough" };
  }
  if (mentions.every((one) => one.clusterId === null)) {
    return { room: "match", where: "its mentions are in no cluster" };
  }
  return { room: "review", where: "a cluster, but no change and no suppression" };
}

function stopOfKnown(event: TruthEvent, found: Omit<Trace, "stop">, mentions: MentionSeen[]): Stop {
  const rules = rulesOf(
    found,
    (one) => one.kind === event.kind && (one.field === "" || fieldsOf(event).has(one.field)),
  );
  if (rules) return { room: "review", where: `suppressed: ${rules}` };
  if (event.kind === "stale") return { room: "review", where: "no change and no suppression" };
  const onEvidence = mentions.filter((one) =>
    event.evidence.some((url) => sameAddress(url, one.pageUrl)),
  );
  if (onEvidence.length === 0) {
    return { room: "extract", where: "no evidence page has a mention of it" };
  }
  if (event.kind === "duplicate") return { room: "match", where: "the pair was not called same" };
  if (!onEvidence.some((one) => one.initiativeId !== null)) {
    return { room: "match", where: "no mention on an evidence page was matched to the entry" };
  }
  const told =
    event.kind === "ended"
      ? onEvidence.some((one) => one.mention.signs.length > 0 || one.mention.status === "ended")
      : onEvidence.some((one) => [...fieldsOf(event)].some((field) => field in one.mention));
  return told
    ? {
        room: "review",
        where: "the evidence page tells the field, but no change and no suppression",
      }
    : { room: "extract", where: "no evidence page tells the field that changed" };
}

const rulesOf = (found: Omit<Trace, "stop">, isMeant: (one: SuppressionSeen) => boolean): string =>
  [...new Set(found.suppressions.filter(isMeant).map((one) => one.rule))].join(", ");

/** The event's fields under the names that mentions use. */
export const fieldsOf = (event: TruthEvent): Set<string> =>
  new Set(
    Object.keys(event.fields).map((field) =>
      field === "lead_organization" ? "leadOrganization" : field,
    ),
  );

const tellsFields = (event: TruthEvent, change: ChangeSeen): boolean =>
  event.kind !== "update" || change.fields.some(({ field }) => fieldsOf(event).has(field));

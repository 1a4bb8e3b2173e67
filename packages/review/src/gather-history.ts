import { createHash } from "node:crypto";
import {
  type ChangeEvidence,
  type Event,
  type Evidence,
  type Grant,
  type History,
  type InitiativeId,
  type Knowledge,
  type KnownMention,
  lastDayOf,
  type PartialDate,
  type Party,
  type Relation,
  type ToldEvent,
  type ToldGrant,
} from "@waymark/domain";
import { fold } from "./fold.ts";
import { quotesOf } from "./proof.ts";
import { sameOrganization } from "./same-value.ts";
import { dayMs, defaultSettings, type ReviewSettings } from "./settings.ts";

/**
 * The life of an effort as all its current mentions tell it, each thing once with all proof of it. Copies of
 * one release, and pages that tell of one event in other words, meet by kind, time and parties; the order in
 * which pages were read does not matter.
 *
 * Invariant: what is gathered here is told, not decided. It stands beside the catalog's values, goes when no
 * page tells it any more, and only a decision makes it more.
 */
export function gatherHistory(
  mentions: readonly KnownMention[],
  knowledge: Knowledge,
  settings: ReviewSettings = defaultSettings,
): History {
  // A page that was without it on one bad night still tells of it.
  const current = mentions
    .filter(({ missingCount }) => missingCount < settings.missingVisits)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    events: gatherEvents(current),
    grants: gatherGrants(current),
    relations: gatherRelations(current, knowledge),
  };
}

type Told<T> = Omit<T, "evidence"> & { evidence: ChangeEvidence[] };

function gatherEvents(mentions: readonly KnownMention[]): Event[] {
  const told = mentions.flatMap((known) =>
    (known.mention.events ?? []).map((event) => ({
      ...event,
      evidence: quoted(known, event.evidence),
    })),
  );
  const groups = group(told.toSorted(byCertainty), isSameEvent);
  const events = groups.map((events): Event => {
    const [first] = events as [Told<ToldEvent>];
    const parties = distinct(
      events.flatMap((event) => event.parties),
      (one, other) => one.role === other.role && sameName(one.name, other.name),
    ).toSorted((a, b) => (a.role + fold(a.name) < b.role + fold(b.name) ? -1 : 1));
    return {
      key: keyOf(
        first.kind,
        first.planned ? "planned" : "",
        first.on ?? "",
        ...parties.map(({ role, name }) => `${role} ${fold(name)}`),
      ),
      kind: first.kind,
      on: first.on,
      dated: first.dated,
      planned: first.planned === true,
      parties,
      evidence: proofs(events),
      decisionId: undefined,
    };
  });
  return oncePerKey(events.filter((event) => !isOvertaken(event, events)));
}

/** What was planned and has happened since is told by what happened. */
const isOvertaken = (event: Event, events: readonly Event[]): boolean =>
  event.planned &&
  events.some(
    (other) =>
      other.kind === event.kind &&
      !other.planned &&
      (!other.on || !event.on || other.on >= event.on.slice(0, 4)) &&
      haveSameParties(event.parties, other.parties),
  );

/** Accounts that agree on all a key is made of are one, though each may differ from the first of its group. */
function oncePerKey<T extends { key: string; evidence: ChangeEvidence[] }>(all: readonly T[]): T[] {
  return group(all, (one, other) => one.key === other.key).map((same) => ({
    ...same[0]!,
    evidence: proofs(same),
  }));
}

/** A date of the sentence's own first, then the more exact, then the earlier; the rest only keeps the order fixed. */
function byCertainty(one: Told<ToldEvent>, other: Told<ToldEvent>): number {
  const rank = ({ on, dated }: Told<ToldEvent>) => (dated === "told" ? 100 : 0) + (on?.length ?? 0);
  return (
    rank(other) - rank(one) ||
    compare(one.on ?? "", other.on ?? "") ||
    compare(JSON.stringify(one), JSON.stringify(other))
  );
}

/** Things an effort does once: two pages that date them otherwise disagree, and both are shown. */
function isSameEvent(one: Told<ToldEvent>, other: Told<ToldEvent>): boolean {
  return (
    one.kind === other.kind &&
    one.planned === other.planned &&
    areNear(one, other) &&
    haveSameParties(one.parties, other.parties)
  );
}

/** How far apart the days of announcements of one event may be: copies appear late, and so does news. */
const apartMaxDays = 45;

function areNear(one: Told<ToldEvent>, other: Told<ToldEvent>): boolean {
  // What repeats needs a date to be told from its like; the first beginning of an effort does not.
  if (!one.on || !other.on)
    return (
      !(one.kind === "award" || one.kind === "expansion" || one.kind === "milestone") ||
      one.on === other.on
    );
  const slack = one.dated === "announced" || other.dated === "announced" ? apartMaxDays : 0;
  const [a, b] = [spanOf(one.on), spanOf(other.on)];
  return a.first <= b.last + slack * dayMs && b.first <= a.last + slack * dayMs;
}

function spanOf(date: PartialDate): { first: number; last: number } {
  const [year, month = "01", day = "01"] = date.split("-");
  return { first: Date.parse(`${year}-${month}-${day}`), last: Date.parse(lastDayOf(date)) };
}

/** "By Pine College" and nobody agree, Ohio alone and Ohio with Iowa too; two leads do not. */
export const haveSameParties = (one: readonly Party[], other: readonly Party[]): boolean =>
  [...new Set(one.map(({ role }) => role))].every((role) => {
    const [ours, theirs] = [one, other].map((all) => all.filter((party) => party.role === role));
    return areWithin(ours!, theirs!) || areWithin(theirs!, ours!);
  });

const areWithin = (some: readonly Party[], all: readonly Party[]): boolean =>
  some.every(({ name }) => all.some((party) => sameName(party.name, name)));

const sameName = (one: string, other: string): boolean =>
  fold(one) === fold(other) || sameOrganization(one, other);

function gatherGrants(mentions: readonly KnownMention[]): Grant[] {
  const told = mentions.flatMap((known) =>
    (known.mention.grants ?? []).map((grant) => ({
      ...grant,
      evidence: quoted(known, grant.evidence),
    })),
  );
  // The fullest account first, so that lesser ones join it.
  const size = (grant: Told<ToldGrant>) => Object.keys(grant).length;
  const ordered = told.toSorted(
    (a, b) => size(b) - size(a) || compare(JSON.stringify(a), JSON.stringify(b)),
  );
  const grants = group(ordered, isSameGrant).map((grants) => {
    const whole = Object.assign({}, ...grants.toReversed()) as Told<ToldGrant>;
    const { funder, grantee, amount, currency, on, start, program } = whole;
    return {
      ...whole,
      key: keyOf(
        fold(funder ?? ""),
        fold(grantee ?? ""),
        `${amount ?? ""}`,
        currency ?? "",
        (start ?? on ?? "").slice(0, 4),
        fold(program ?? ""),
      ),
      evidence: proofs(grants),
    };
  });
  return oncePerKey(grants);
}

function isSameGrant(one: Told<ToldGrant>, other: Told<ToldGrant>): boolean {
  const agree = (a: string | undefined, b: string | undefined) => !a || !b || sameName(a, b);
  const year = ({ start, on }: Told<ToldGrant>) => (start ?? on)?.slice(0, 4);
  return (
    agree(one.funder, other.funder) &&
    agree(one.grantee, other.grantee) &&
    (one.amount === other.amount || !one.amount || !other.amount) &&
    (one.currency === other.currency || !one.currency || !other.currency) &&
    (year(one) === year(other) || !year(one) || !year(other)) &&
    agree(one.program, other.program)
  );
}

function gatherRelations(mentions: readonly KnownMention[], knowledge: Knowledge): Relation[] {
  const told = mentions.flatMap((known) =>
    known.mention.relations.map(({ kind, name }) => ({
      kind,
      toName: name,
      evidence: quotesOf(known, "relation", name),
    })),
  );
  const groups = group(
    told,
    (one, other) => one.kind === other.kind && fold(one.toName) === fold(other.toName),
  );
  return groups.map((relations): Relation => {
    const { kind, toName } = relations[0]!;
    const entries = entriesByName(knowledge).get(fold(toName)) ?? [];
    return {
      kind,
      toName,
      // A name that two entries bear leads to neither.
      to: entries.length === 1 ? entries[0] : undefined,
      evidence: proofs(relations),
    };
  });
}

const indexes = new WeakMap<Knowledge, Map<string, InitiativeId[]>>();

/** The entries that bear a name, by folded name; built once for every knowledge. */
function entriesByName(knowledge: Knowledge): ReadonlyMap<string, InitiativeId[]> {
  const known = indexes.get(knowledge);
  if (known) return known;
  const index = new Map<string, InitiativeId[]>();
  for (const { id, names } of knowledge.names) {
    for (const name of new Set(names.map(fold))) {
      index.set(name, [...(index.get(name) ?? []), id as InitiativeId]);
    }
  }
  indexes.set(knowledge, index);
  return index;
}

/** Each joins the first group whose first member it is the same as. */
function group<T>(ordered: readonly T[], isSame: (one: T, other: T) => boolean): T[][] {
  const groups: T[][] = [];
  for (const one of ordered) {
    const known = groups.find(([first]) => isSame(first!, one));
    if (known) known.push(one);
    else groups.push([one]);
  }
  return groups;
}

const distinct = <T>(all: readonly T[], isSame: (one: T, other: T) => boolean): T[] =>
  group(all, isSame).map(([first]) => first!);

const quoted = ({ page }: KnownMention, evidence: readonly Evidence[]): ChangeEvidence[] =>
  evidence.map((proof) => ({
    ...proof,
    type: "quote" as const,
    url: page.url,
    pageId: page.id,
    snapshotId: page.snapshotId,
    readerVersion: page.readerVersion,
  }));

const proofsMax = 24;

/** All proof, each place of a page once, in an order that does not depend on who came first. */
const proofs = (told: readonly { evidence: ChangeEvidence[] }[]): ChangeEvidence[] =>
  distinct(
    told
      .flatMap(({ evidence }) => evidence)
      .toSorted((a, b) => compare(a.url, b.url) || compare(JSON.stringify(a), JSON.stringify(b))),
    (one, other) => placeOf(one) === placeOf(other),
  ).slice(0, proofsMax);

const placeOf = (evidence: ChangeEvidence): string =>
  evidence.type === "quote" ? `${evidence.url} ${evidence.start} ${evidence.end}` : evidence.url;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const keyOf = (...parts: string[]): string =>
  createHash("sha256").update(parts.join("\n")).digest("base64url").slice(0, 16);

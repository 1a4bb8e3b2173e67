import {
  entriesAmong,
  type InitiativeId,
  type JudgedSide,
  type JudgementBasis,
  type JudgementVerdict,
  type Proposer,
  sideKey,
} from "@waymark/domain";
import { findContradiction, groupJudged, type Told } from "@waymark/match";
import { type Db, findInitiative, type StoredInitiative } from "@waymark/store";
import { loadJudged } from "./load-judged.ts";

/** What people said of an entry and another one, directly or through third ones. */
export type JudgedEntry = {
  entry: StoredInitiative;
  verdict: JudgementVerdict;
  /** Who called the two the same. */
  by: Proposer | undefined;
  /** What was to be seen when somebody was unsure. */
  basis: JudgementBasis | undefined;
};

/** The entries of which people said that they are the same as one, that they are not, or that it is unsure. */
export async function loadJudgedEntries(
  db: Db,
  id: InitiativeId,
): Promise<Map<InitiativeId, JudgedEntry>> {
  const side = { initiativeId: id };
  const told = await loadJudged(db, [side]);
  const groups = groupJudged(told);
  const said = new Map<InitiativeId, Omit<JudgedEntry, "entry">>();
  for (const { other, basis } of unsureOf(told, side))
    said.set(other, { verdict: "unsure", by: undefined, basis });
  for (const other of entriesAmong(groups.sameAs(side)))
    said.set(other, { verdict: "same", by: whoJoined(told, id, other), basis: undefined });
  for (const other of entriesAmong(groups.partedFrom(side)))
    said.set(other, { verdict: "different", by: undefined, basis: undefined });
  const found = new Map<InitiativeId, JudgedEntry>();
  for (const [other, judged] of said) {
    const entry = other === id ? undefined : await findInitiative(db, other);
    if (entry && !entry.mergedInto) found.set(other, { entry, ...judged });
  }
  return found;
}

/** What was unsure of an entry is unsure of the one that it was merged into. */
function unsureOf(told: Told, side: JudgedSide) {
  const ties = told.ties.filter(({ because }) => because === "merged");
  const { sameAs } = groupJudged({ judgements: [], ties });
  const own = new Set(sameAs(side).map(sideKey));
  return told.judgements
    .filter(({ verdict }) => verdict === "unsure")
    .flatMap(({ a, b, basis }) => {
      const [here, there] = own.has(sideKey(a)) ? [a, b] : [b, a];
      if (!own.has(sideKey(here)) || own.has(sideKey(there))) return [];
      return entriesAmong(sameAs(there)).map((other) => ({ other, basis }));
    });
}

/** The person who said the last thing that makes the two one. */
function whoJoined(told: Told, one: InitiativeId, other: InitiativeId): Proposer | undefined {
  const [a, b] = [{ initiativeId: one }, { initiativeId: other }];
  const because = findContradiction(told, { a, b, verdict: "different" });
  const newest = because?.judgements.toSorted((x, y) => x.id - y.id).at(-1);
  return newest && { who: newest.who, ...(newest.why && { why: newest.why }) };
}

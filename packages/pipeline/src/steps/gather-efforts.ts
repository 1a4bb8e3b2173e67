import type { InitiativeId, Knowledge, Match, Mention, MentionId } from "@waymark/domain";
import { blockKeys, clusterRecords } from "@waymark/match";
import { nameKey, toRecord } from "@waymark/normalize";
import {
  claimFreshnessCheck,
  type Db,
  ensureClusters,
  findInitiative,
  listEmptiedClusters,
  listJudgedMentions,
  listLowlyNames,
  listMentions,
  listToldNames,
  listUnmatchedMentions,
  lockJudgements,
  markAllInitiativesDue,
  markClustersDue,
  markInitiativesDue,
  saveMentionClusters,
  saveMentionMatches,
} from "@waymark/store";
import { currentKnowledge } from "../current-knowledge.ts";
import { placeJudged } from "../place-judged.ts";
import { relevanceMin } from "./found-sources.ts";
import { matchMentions, matchUnderNames } from "./match-mentions.ts";

type Unmatched = Pick<
  Awaited<ReturnType<typeof listMentions>>[number],
  "id" | "mention" | "clusterId"
>;
type Placed = { id: MentionId; match: Match; initiativeId: InitiativeId };

/**
 * Holds the mentions that are about no entry against the catalog again (it may have gained entries, and
 * pages may call entries otherwise by now), and gathers the rest into clusters: unseen efforts, each
 * with all its mentions.
 */
export async function gatherEfforts(db: Db, now: Date): Promise<void> {
  await lockJudgements(db);
  const knowledge = await currentKnowledge(db);
  const { unmatched, judged } = await placeWhatWasJudged(db, knowledge);
  const matched: Awaited<ReturnType<typeof matchMentions>> = [];
  for (let from = 0; from < unmatched.length; from += 50) {
    const slice = unmatched.slice(from, from + 50).map((one) => one.mention);
    matched.push(...(await matchMentions(db, slice, knowledge)));
  }
  const settled = unmatched.flatMap(({ id }, index): Placed[] => {
    const { match, initiativeId } = matched[index]!;
    return initiativeId ? [{ id, match, initiativeId }] : [];
  });
  const others = unmatched.filter((_, index) => matched[index]!.initiativeId === undefined);
  const called = await matchByToldNames(db, others, knowledge);
  const placed = [...settled, ...called];
  await saveMentionMatches(db, placed, knowledge.version);
  await markInitiativesDue(db, [...new Set(placed.map((one) => one.initiativeId))]);

  const taken = new Set(called.map(({ id }) => id));
  const left = [...others.filter(({ id }) => !taken.has(id)), ...judged];
  await cluster(db, [...left, ...(await lowlyNamesakes(db, left))], knowledge);
  if (await claimFreshnessCheck(db, now)) await markAllInitiativesDue(db);
}

/**
 * What people judged is placed first, where they say; the matcher has its say of it there, and none here.
 * Returns what is about no entry still.
 */
async function placeWhatWasJudged(
  db: Db,
  knowledge: Knowledge,
): Promise<{ unmatched: Unmatched[]; judged: Unmatched[] }> {
  const all = await listUnmatchedMentions(db, relevanceMin);
  const ids = await listJudgedMentions(
    db,
    all.map(({ id }) => id),
  );
  const placed = new Set(await placeJudged(db, [...ids].sort(), knowledge));
  return {
    unmatched: all.filter(({ id }) => !ids.has(id)),
    judged: all.filter(({ id }) => ids.has(id) && !placed.has(id)),
  };
}

/**
 * Lists take up a new name on the night on which the effort's own page does, before a curator has said
 * anything: what pages about an entry call it counts among its names here.
 */
async function matchByToldNames(
  db: Db,
  unmatched: Unmatched[],
  knowledge: Knowledge,
): Promise<Placed[]> {
  const told = Map.groupBy(await listToldNames(db), ({ name }) => nameKey(name));
  const placed: Placed[] = [];
  for (const { id, mention } of unmatched) {
    const names = told.get(nameKey(mention.name)) ?? [];
    const ids = [...new Set(names.map((each) => each.id))];
    const [initiativeId] = ids;
    if (initiativeId === undefined || ids.length > 1) continue;
    const entry = await findInitiative(db, initiativeId);
    if (!entry || entry.mergedInto) continue;
    const match = matchUnderNames(
      mention,
      names.map(({ name }) => name),
      entry,
      knowledge,
    );
    if (match.verdict === "same") placed.push({ id, match, initiativeId });
  }
  return placed;
}

/** What is too short to be relevant on its own still tells of an effort that others tell of by that name. */
async function lowlyNamesakes(db: Db, relevant: Unmatched[]): Promise<Unmatched[]> {
  const keyOf = (mention: Pick<Mention, "name">): string => nameKey(mention.name);
  const keys = new Set(relevant.map(({ mention }) => keyOf(mention)));
  const lowly = (await listLowlyNames(db, relevanceMin)).filter((one) => keys.has(keyOf(one)));
  return listMentions(
    db,
    lowly.map(({ id }) => id),
  );
}

async function cluster(db: Db, unmatched: Unmatched[], knowledge: Knowledge): Promise<void> {
  const members = unmatched
    .map(({ id, mention, clusterId }) => ({ id, record: toRecord(mention, knowledge), clusterId }))
    .filter(({ record }) => blockKeys(record).length > 0);
  const clusters = clusterRecords(members, knowledge);
  await ensureClusters(db, [...new Set(clusters.values())].sort());
  const placed = [...clusters].map(([id, clusterId]) => ({ id, clusterId }));
  const gained = await saveMentionClusters(db, placed);
  await markClustersDue(db, [...gained, ...(await listEmptiedClusters(db))]);
}

import type { InitiativeId, Knowledge, Match, MentionId } from "@waymark/domain";
import { nameKey } from "@waymark/normalize";
import {
  claimFreshnessCheck,
  type Db,
  findInitiative,
  listJudgedMentions,
  listMentions,
  listPairedMentions,
  listToldNames,
  listUngathered,
  listUnmatchedMentions,
  lockJudgements,
  markAllInitiativesDue,
  markInitiativesDue,
  saveGathered,
  saveMentionMatches,
  savePairsOfMentions,
  type UnmatchedMention,
} from "@waymark/store";
import { currentKnowledge } from "../current-knowledge.ts";
import { pairsOfMentions } from "../mention-pairs.ts";
import { placeJudged } from "../place-judged.ts";
import { clusterMentions } from "./cluster-mentions.ts";
import { relevanceMin } from "./found-sources.ts";
import { lowlyNamesakes } from "./lowly-namesakes.ts";
import { matchMentions, matchUnderNames } from "./match-mentions.ts";

type Placed = { id: MentionId; match: Match; initiativeId: InitiativeId };

/**
 * Holds the mentions that are about no entry against the catalog again (it may have gained entries, and
 * pages may call entries otherwise by now), and gathers the rest into clusters: unseen efforts, each
 * with all its mentions. Only what was touched is looked at: mentions that changed, that share a key with
 * an entry that did, or of which somebody said something.
 */
export async function gatherEfforts(db: Db, now: Date): Promise<void> {
  await lockJudgements(db);
  const knowledge = await currentKnowledge(db);
  const unmatched = await listUnmatchedMentions(db, relevanceMin);
  const placed = new Set([
    ...(await placeAllJudged(db, unmatched, { knowledge, now })),
    ...(await placeMatched(db, unmatched, { knowledge, now })),
  ]);
  const left = unmatched.filter(({ id }) => !placed.has(id));
  const namesakes = new Set(lowlyNamesakes(left));
  const efforts = left.filter((one) => one.isRelevant || namesakes.has(one));
  await clusterMentions(db, efforts, knowledge);
  if (await claimFreshnessCheck(db, now)) await markAllInitiativesDue(db);
}

/**
 * What people judged is placed where they say, before the matcher has its say; all of it, one after the
 * other, so that no two are put on one entry that were said to be two. What they left open makes its pair
 * anew: who was unsure may be asked again. Returns what was placed.
 */
async function placeAllJudged(
  db: Db,
  unmatched: UnmatchedMention[],
  { knowledge, now }: { knowledge: Knowledge; now: Date },
): Promise<MentionId[]> {
  const ids = unmatched.filter(({ isRelevant }) => isRelevant).map(({ id }) => id);
  const judged = [...(await listJudgedMentions(db, ids))].sort();
  const placed = await placeJudged(db, judged, knowledge);
  const taken = new Set(placed);
  const open = judged.filter((id) => !taken.has(id));
  const pairs = await pairsOfMentions(db, await listMentions(db, open), knowledge);
  await savePairsOfMentions(db, open, pairs, now);
  return placed;
}

/** What nobody judged is the matcher's: by what the catalog says of entries, then by what pages call them. */
async function placeMatched(
  db: Db,
  unmatched: UnmatchedMention[],
  { knowledge, now }: { knowledge: Knowledge; now: Date },
): Promise<MentionId[]> {
  const relevant = unmatched.filter(({ isRelevant }) => isRelevant);
  const judged = await listJudgedMentions(
    db,
    relevant.map(({ id }) => id),
  );
  const open = relevant.filter(({ id }) => !judged.has(id));
  const matched = await matchTouched(db, open, { knowledge, now });
  const taken = new Set(matched.map(({ id }) => id));
  const called = await matchByToldNames(
    db,
    open.filter(({ id }) => !taken.has(id)),
    knowledge,
  );
  const placed = [...matched, ...called];
  await saveMentionMatches(db, placed, knowledge.version);
  await markInitiativesDue(db, [...new Set(placed.map((one) => one.initiativeId))]);
  return placed.map(({ id }) => id);
}

/** The mentions that may be about an entry now and were not before: one of the two changed. */
async function matchTouched(
  db: Db,
  open: UnmatchedMention[],
  { knowledge, now }: { knowledge: Knowledge; now: Date },
): Promise<Placed[]> {
  const changed = await listUngathered(db);
  const keys = new Set(changed.flatMap((entry) => entry.keys));
  const paired = await listPairedMentions(
    db,
    changed.map(({ id }) => id),
  );
  const touched = open.filter(
    ({ id, isTouched, keys: own }) =>
      isTouched || paired.has(id) || own.some((key) => keys.has(key)),
  );
  const placed: Placed[] = [];
  for (let from = 0; from < touched.length; from += 50) {
    const ids = touched.slice(from, from + 50).map(({ id }) => id);
    const mentions = await listMentions(db, ids);
    const matched = await matchMentions(
      db,
      mentions.map(({ mention }) => mention),
      knowledge,
    );
    for (const [at, { match, initiativeId }] of matched.entries())
      if (initiativeId) placed.push({ id: mentions[at]!.id, match, initiativeId });
    const held = mentions.map((one, at) => ({ ...one, match: matched[at]!.match }));
    await savePairsOfMentions(db, ids, await pairsOfMentions(db, held, knowledge), now);
  }
  await saveGathered(db, changed);
  return placed;
}

/**
 * Lists take up a new name on the night on which the effort's own page does, before a curator has said
 * anything: what pages about an entry call it counts among its names here.
 */
async function matchByToldNames(
  db: Db,
  unmatched: UnmatchedMention[],
  knowledge: Knowledge,
): Promise<Placed[]> {
  const told = Map.groupBy(await listToldNames(db), ({ name }) => nameKey(name));
  const called = new Map(
    unmatched.flatMap(({ id, name }) => {
      const names = told.get(nameKey(name)) ?? [];
      const [initiativeId, ...others] = new Set(names.map((each) => each.id));
      return initiativeId === undefined || others.length > 0
        ? []
        : [[id, { initiativeId, names: names.map((each) => each.name) }] as const];
    }),
  );
  const placed: Placed[] = [];
  for (const { id, mention } of await listMentions(db, [...called.keys()])) {
    const { initiativeId, names } = called.get(id)!;
    const entry = await findInitiative(db, initiativeId);
    if (!entry || entry.mergedInto) continue;
    const match = matchUnderNames(mention, names, entry, knowledge);
    if (match.verdict === "same") placed.push({ id, match, initiativeId });
  }
  return placed;
}

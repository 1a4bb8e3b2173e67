import { type Knowledge, type MentionId, mentionsAmong } from "@waymark/domain";
import {
  blockKeys,
  clusterRecords,
  type Elsewhere,
  findNeighbours,
  groupJudged,
  type KnownPlace,
  redirectsOf,
  type Told,
  touchedMembers,
} from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import {
  allowLongThought,
  type Db,
  ensureClusters,
  leaveComponents,
  listEmptiedClusters,
  listJudgedMentions,
  listMentions,
  listSettledClusters,
  markClustersDue,
  saveClusterPlaces,
  saveClusterRedirects,
  type UnmatchedMention,
} from "@waymark/store";
import { loadJudged } from "../load-judged.ts";

type Loaded = { record: ReturnType<typeof toRecord>; keys: number[] };

/**
 * Gathers mentions into clusters, each component of likeness by itself: only those that somebody joined or
 * left, or of which a member changed, are compared again. Clusters that went away lead to those that their
 * mentions are in; clusters that gained or lost one are marked for review.
 */
export async function clusterMentions(
  db: Db,
  mentions: UnmatchedMention[],
  knowledge: Knowledge,
): Promise<void> {
  await allowLongThought(db);
  const loaded = new Map<MentionId, Loaded>();
  const touched = mentions.filter(({ isTouched, component }) => isTouched || !component);
  await load(db, touched, { loaded, knowledge });
  // What has no key is no name of anything, and is in no cluster.
  const known = mentions.filter(({ id }) => loaded.get(id)?.keys.length !== 0);
  const left = await leaveComponents(
    db,
    known.map(({ id }) => id),
  );
  const places = known.map(
    ({ id, keys, component }): KnownPlace => ({
      id,
      keys: loaded.get(id)?.keys ?? keys,
      component,
    }),
  );
  const asked = new Set(
    touched.map(({ id }) => id).filter((id) => loaded.get(id)!.keys.length > 0),
  );
  const { near, common } = findNeighbours(places, asked);
  const others = new Set([...near.values()].flatMap((ids) => [...ids]));
  await load(
    db,
    known.filter(({ id }) => others.has(id)),
    { loaded, knowledge },
  );
  const told = await toldOf(db, known);
  const ids = new Set(
    touchedMembers({
      places,
      near,
      left,
      joined: pairsOf(told, known),
      recordOf: (id) => loaded.get(id)!.record,
      knowledge,
    }),
  );
  const members = known.filter(({ id }) => ids.has(id));
  await load(db, members, { loaded, knowledge });
  // Whoever stays behind keeps the id, and a cluster that became an entry is no unseen effort's any more.
  const outside = known
    .filter(({ id }) => !ids.has(id))
    .flatMap(({ clusterId }) => clusterId ?? []);
  const clusterIds = new Set([...outside, ...(await listSettledClusters(db))]);
  await save(db, members, {
    loaded,
    knowledge,
    told,
    elsewhere: { commonKeys: common, clusterIds },
  });
}

type Loading = { loaded: Map<MentionId, Loaded>; knowledge: Knowledge };

/** Loads what the pages say of those mentions whose words are not there yet. */
async function load(
  db: Db,
  mentions: UnmatchedMention[],
  { loaded, knowledge }: Loading,
): Promise<void> {
  const missing = mentions.map(({ id }) => id).filter((id) => !loaded.has(id));
  for (let from = 0; from < missing.length; from += 500) {
    for (const { id, mention } of await listMentions(db, missing.slice(from, from + 500))) {
      const record = toRecord(mention, knowledge);
      loaded.set(id, { record, keys: blockKeys(record) });
    }
  }
}

/** What people said of mentions among these. */
async function toldOf(db: Db, mentions: UnmatchedMention[]): Promise<Told> {
  const judged = await listJudgedMentions(
    db,
    mentions.map(({ id }) => id),
  );
  return loadJudged(
    db,
    [...judged].map((mentionId) => ({ mentionId })),
  );
}

/** The pairs of mentions that people hold together, as chains through each group. */
function pairsOf(told: Told, mentions: UnmatchedMention[]): [MentionId, MentionId][] {
  const known = new Set(mentions.map(({ id }) => id));
  const { sameAs } = groupJudged(told);
  const judged = told.judgements.flatMap(({ a, b }) => mentionsAmong([a, b]));
  return [...new Set(judged)]
    .filter((id) => known.has(id))
    .flatMap((id): [MentionId, MentionId][] => {
      const [first] = mentionsAmong(sameAs({ mentionId: id }))
        .filter((other) => known.has(other))
        .sort();
      return first !== undefined && first < id ? [[first, id]] : [];
    });
}

async function save(
  db: Db,
  members: UnmatchedMention[],
  { loaded, knowledge, told, elsewhere }: Loading & { told: Told; elsewhere: Elsewhere },
): Promise<void> {
  const places = clusterRecords(
    members.map(({ id, clusterId }) => ({ id, clusterId, record: loaded.get(id)!.record })),
    knowledge,
    told,
    elsewhere,
  );
  const living = [...new Set([...places.values()].map(({ clusterId }) => clusterId))].sort();
  await ensureClusters(db, living);
  const moved = await saveClusterPlaces(
    db,
    [...places].map(([id, place]) => ({ id, ...place, keys: loaded.get(id)!.keys })),
  );
  await saveClusterRedirects(db, redirectsOf(members, places), living);
  await markClustersDue(db, [...moved, ...(await listEmptiedClusters(db))]);
}

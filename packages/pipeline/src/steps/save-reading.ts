import type { Evidence, InitiativeId, Knowledge, Mention, PageId, Reading } from "@waymark/domain";
import { readerVersion } from "@waymark/extract/skim";
import {
  type Db,
  keepReadingBefore,
  listJudgedMentions,
  listMentionsOfPage,
  markClustersDue,
  markInitiativesDue,
  markMentionsMissing,
  markMentionsPresent,
  saveBaselines,
  saveIssues,
  saveMentions,
  saveReadPage,
  transaction,
} from "@waymark/store";
import type { Context } from "../context.ts";
import { mentionIdOf } from "../row-ids.ts";
import type { ToRead } from "./load-for-reading.ts";
import { type Matched, matchAgain } from "./match-mentions.ts";

/**
 * Commits a reading, fenced by the snapshot it is of. A mention is rewritten only when its words changed;
 * what it is about is marked for review then, and also when the page dropped it.
 */
export async function saveReading(
  ctx: Context,
  {
    page,
    knowledge,
    recipe,
    reading,
    accepted,
    matched,
  }: Pick<ToRead, "page" | "knowledge" | "recipe"> & {
    reading: Reading;
    accepted: Reading | undefined;
    matched: Matched[];
  },
): Promise<void> {
  const snapshotId = page.snapshotId!;
  const now = ctx.now();
  const kept = await transaction(ctx.db, async (db) => {
    if (page.readSnapshotId) await keepReadingBefore(db, page.id);
    const isNewest = await saveReadPage(db, {
      id: page.id,
      snapshotId,
      readerVersion,
      recipeVersion: recipe?.version,
      kind: reading.page.kind,
      title: reading.page.title,
      language: reading.page.language,
      dates: reading.page.dates,
    });
    if (!isNewest) return false;
    const before = await listMentionsOfPage(db, page.id);
    const known = new Map(before.map((one) => [one.key, one]));
    const told = new Set(matched.map(({ mention }) => mention.key));
    const placeable = await leaveJudged(db, page.id, matched, known);
    const differs = placeable.filter(({ mention, initiativeId }) => {
      const old = known.get(mention.key);
      if (!old || wordsOf(old.mention) !== wordsOf(mention)) return true;
      if (recipeFieldsOf(old.mention) !== recipeFieldsOf(mention)) return true;
      return initiativeId !== undefined && old.initiativeId === undefined;
    });
    const placed: Matched[] = [];
    for (const one of differs) placed.push(await keepPlace(db, one, known, knowledge));
    await saveMentions(
      db,
      placed.map(({ mention, match, initiativeId }) => ({
        id: mentionIdOf(page.id, mention.key),
        pageId: page.id,
        key: mention.key,
        mention,
        snapshotId,
        readerVersion,
        knowledgeVersion: knowledge.version,
        match,
        initiativeId,
      })),
      now,
    );
    if (accepted) {
      const newKeys = placed.map(({ mention }) => mention.key).filter((key) => !known.has(key));
      await saveBaselines(db, page.id, { mentions: accepted.mentions, newKeys });
    }
    const back = before.filter((one) => told.has(one.key) && one.missingCount > 0);
    const gone = before.filter((one) => !told.has(one.key));
    await markMentionsPresent(
      db,
      back.map((one) => one.id),
    );
    await markMentionsMissing(
      db,
      gone.map((one) => one.id),
    );
    const touched = [
      ...differs.flatMap(({ mention }) => known.get(mention.key) ?? []),
      ...back,
      ...gone,
    ];
    await markInitiativesDue(db, [
      ...new Set([
        ...differs.flatMap(({ initiativeId }) => initiativeId ?? []),
        ...touched.flatMap((one) => one.initiativeId ?? []),
      ]),
    ]);
    await markClustersDue(db, [...new Set(touched.flatMap((one) => one.clusterId ?? []))]);
    await saveIssues(db, page.id, { issues: reading.issues, snapshotId, now });
    return true;
  });
  ctx.log.debug(
    { url: page.url, kind: reading.page.kind, mentions: matched.length, kept },
    "page read",
  );
  await ctx.bell.ring("advance-runs", {});
}

/**
 * A mention of which somebody said something is placed at the end of the wave, all of them in one go: two
 * workers that place at the same time could put on one entry what was said to be two.
 */
async function leaveJudged(
  db: Db,
  pageId: PageId,
  matched: Matched[],
  known: Map<string, { initiativeId: InitiativeId | undefined }>,
): Promise<Matched[]> {
  const idOf = ({ mention }: Matched) => mentionIdOf(pageId, mention.key);
  const judged = await listJudgedMentions(db, matched.map(idOf));
  return matched.map((one) =>
    judged.has(idOf(one)) && !known.get(one.mention.key)?.initiativeId
      ? { ...one, initiativeId: undefined }
      : one,
  );
}

/** What a mention was found to be about stays; only one that was about nothing is held against the catalog. */
async function keepPlace(
  db: Db,
  matched: Matched,
  known: Map<string, { mention: Mention; initiativeId: InitiativeId | undefined }>,
  knowledge: Knowledge,
): Promise<Matched> {
  const before = known.get(matched.mention.key);
  const initiativeId = before?.initiativeId;
  if (!before || !initiativeId || matched.initiativeId === initiativeId) return matched;
  const place = { initiativeId, formerName: before.mention.name };
  return {
    ...matched,
    initiativeId,
    match: await matchAgain(db, matched.mention, place, knowledge),
  };
}

/** Which fields the source's recipe found: when it finds one no more, that must show, whatever others find. */
const recipeFieldsOf = ({ evidence }: Mention): string =>
  [...new Set(evidence.flatMap(({ method, field }) => (method === "recipe" ? [field] : [])))]
    .sort()
    .join();

/** What a mention says, apart from where on the page it says it. */
export function wordsOf(mention: Mention): string {
  const { range: _range, evidence: _evidence, relevance: _relevance, ...words } = mention;
  const bare = {
    ...words,
    events: words.events?.map(withoutPlaces),
    grants: words.grants?.map(withoutPlaces),
  };
  return JSON.stringify(bare, (_key, value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** What an event or grant is, with the words of its proof but not their places. */
const withoutPlaces = <T extends { evidence: Evidence[] }>({ evidence, ...told }: T) => ({
  ...told,
  quotes: evidence.map(({ quote }) => quote),
});

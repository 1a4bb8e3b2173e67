import { Drift, ReadingFigures, type RunId, type SourceId } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";

/** How full a source was after a run, and how the run had drifted. */
export type ReadingStat = {
  runId: RunId;
  at: Date;
  readerVersion: string;
  recipeVersion: number | undefined;
  figures: ReadingFigures;
  /** Not empty: its readings are held back, until they are accepted. */
  drifts: Drift[];
  acceptedAt: Date | undefined;
  acceptedBy: string | undefined;
};

const runsToJudge = sql`
  select run.id, run.source_id, source.recipe_version from run join source on source.id = run.source_id
  where run.id = any($1::text[])
    and (exists (select from reading_before b where b.run_id = run.id)
      or not exists (select from reading_stat s where s.run_id = run.id)
        and exists (select from visit where visit.run_id = run.id and visit.snapshot_id is not null))
  order by run.id
`;

/** Of some runs those that read something which was not judged yet, with the recipe of their source. */
export async function listRunsToJudge(
  db: Db,
  ids: RunId[],
): Promise<{ id: RunId; sourceId: SourceId; recipeVersion: number | undefined }[]> {
  return (await db.query(runsToJudge, [ids])).rows.map((row) => ({
    id: row.id,
    sourceId: row.source_id,
    recipeVersion: row.recipe_version ?? undefined,
  }));
}

const figuresOfSource = sql`
  with told as materialized (
    select mention.mention as m from mention join page on page.id = mention.page_id
    where page.source_id = $1 and mention.missing_count = 0
  )
  select (select count(*)::int from told) as records,
    (select coalesce(jsonb_object_agg(field, n), '{}') from (
      select field, count(*)::int as n from told, unnest($2::text[]) field
      where m -> field is not null and m -> field <> 'null' group by field) filled) as filled,
    (select count(distinct m ->> 'description')::int from told) as "distinct",
    (select coalesce(sum(length(m ->> 'description')), 0)::int from told) as characters
`;

/** How full all that a source tells is, as its rows stand now. */
export async function countSourceFigures(
  db: Db,
  sourceId: SourceId,
  fields: readonly string[],
): Promise<ReadingFigures> {
  const { rows } = await db.query(figuresOfSource, [sourceId, fields]);
  return ReadingFigures.parse({ ...rows[0], byRecipe: {} });
}

const upsertStat = sql`
  insert into reading_stat (run_id, source_id, at, reader_version, recipe_version, figures, drifts)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (run_id) do update set figures = excluded.figures, drifts = excluded.drifts || reading_stat.drifts
`;

/** Keeps how full a source was after a run. A run that had drifted once has drifted. */
export async function saveReadingStat(
  db: Db,
  sourceId: SourceId,
  stat: Omit<ReadingStat, "acceptedAt" | "acceptedBy">,
): Promise<void> {
  await db.query(upsertStat, [
    stat.runId,
    sourceId,
    stat.at,
    stat.readerVersion,
    stat.recipeVersion ?? null,
    toJson(stat.figures),
    toJson(stat.drifts),
  ]);
}

const statsOfSource = sql`
  select * from reading_stat where source_id = $1 order by at desc, run_id desc limit $2
`;

/** The last runs of a source that read something new, the newest first. */
export async function listReadingStats(
  db: Db,
  sourceId: SourceId,
  limit = 20,
): Promise<ReadingStat[]> {
  return (await db.query<StatRow>(statsOfSource, [sourceId, limit])).rows.map(toStat);
}

const statOfRun = sql`select * from reading_stat where run_id = $1`;

/** How full its source was after a run, if it read something new. */
export async function findReadingStat(db: Db, runId: RunId): Promise<ReadingStat | undefined> {
  const { rows } = await db.query<StatRow>(statOfRun, [runId]);
  return rows[0] && toStat(rows[0]);
}

const acceptStats = sql`
  update reading_stat set accepted_at = $2, accepted_by = $3
  where source_id = $1 and drifts <> '[]' and accepted_at is null
`;
const releaseHeld = sql`
  update page set read_again = true, held_snapshot_id = null where source_id = $1 and held_snapshot_id is not null
`;

/**
 * Accepts a source's new shape: what was held back is to be read, and is what later runs are held against.
 * Returns how many pages that are.
 */
export async function acceptHeldReadings(
  db: Db,
  sourceId: SourceId,
  { who, now }: { who: string; now: Date },
): Promise<number> {
  await db.query(acceptStats, [sourceId, now, who]);
  return (await db.query(releaseHeld, [sourceId])).rowCount ?? 0;
}

const heldPages = sql`
  select count(*)::int as n from page where source_id = $1 and held_snapshot_id = snapshot_id
`;

/** How many pages of a source have a newest snapshot that is held back. */
export async function countHeldPages(db: Db, sourceId: SourceId): Promise<number> {
  return (await db.query<{ n: number }>(heldPages, [sourceId])).rows[0]!.n;
}

type StatRow = {
  run_id: RunId;
  at: Date;
  reader_version: string;
  recipe_version: number | null;
  figures: unknown;
  drifts: unknown;
  accepted_at: Date | null;
  accepted_by: string | null;
};

const toStat = (row: StatRow): ReadingStat => ({
  runId: row.run_id,
  at: row.at,
  readerVersion: row.reader_version,
  recipeVersion: row.recipe_version ?? undefined,
  figures: ReadingFigures.parse(row.figures),
  drifts: Drift.array().parse(row.drifts),
  acceptedAt: row.accepted_at ?? undefined,
  acceptedBy: row.accepted_by ?? undefined,
});

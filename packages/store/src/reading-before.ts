import type { InitiativeId, Mention, PageId, RunId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const keep = sql`
  insert into reading_before (page_id, run_id, page, mentions)
  select page.id, run.id, to_jsonb(page),
    coalesce((select jsonb_agg(to_jsonb(m) - 'baseline') from mention m where m.page_id = page.id), '[]')
  from page join run on run.source_id = page.source_id and run.state <> 'finished'
  where page.id = $1 and page.read_snapshot_id is not null and not page.read_again
  on conflict (page_id) do update set run_id = excluded.run_id, page = excluded.page, mentions = excluded.mentions
    where reading_before.run_id <> excluded.run_id
`;

/**
 * Keeps what a page was read to say before the open run of its source, until that is judged; what an earlier run
 * that was never judged left is replaced. Not where a person asked for the reading: that is taken as it is.
 */
export async function keepReadingBefore(db: Db, pageId: PageId): Promise<void> {
  await db.query(keep, [pageId]);
}

const readAnew = sql`
  select page.id, page.url,
    b.page ->> 'reader_version' = page.reader_version
      and (b.page ->> 'recipe_version')::int is not distinct from page.recipe_version as alike,
    (select coalesce(jsonb_agg(jsonb_build_object('mention', m -> 'mention', 'initiativeId', m -> 'initiative_id')), '[]')
     from jsonb_array_elements(b.mentions) m where (m ->> 'missing_count')::int = 0) as before,
    (select coalesce(jsonb_agg(jsonb_build_object('mention', m.mention, 'initiativeId', m.initiative_id)), '[]')
     from mention m where m.page_id = page.id and m.missing_count = 0) as now
  from reading_before b join page on page.id = b.page_id
  where b.run_id = $1 order by page.url
`;

type Told = { mention: Mention; initiativeId: InitiativeId | null }[];

/** The pages that a run read anew, with what they told before and what they tell now. */
export async function listPagesReadAnew(
  db: Db,
  runId: RunId,
): Promise<{ id: PageId; url: string; alike: boolean; before: Told; now: Told }[]> {
  return (await db.query(readAnew, [runId])).rows;
}

const dropNewMentions = sql`
  delete from mention using reading_before b
  where b.run_id = $1 and mention.page_id = b.page_id
    and not exists (select from jsonb_array_elements(b.mentions) m where m ->> 'id' = mention.id)
`;
const putMentionsBack = sql`
  update mention set mention = was.mention, snapshot_id = was.snapshot_id, reader_version = was.reader_version,
    knowledge_version = was.knowledge_version, match = was.match, missing_count = was.missing_count,
    changed_at = was.changed_at,
    initiative_id = case when was.initiative_id is null and cluster.initiative_id is null then null else mention.initiative_id end,
    cluster_id = case when was.initiative_id is null and cluster.initiative_id is null then cluster.id else mention.cluster_id end
  from reading_before b, jsonb_populate_recordset(null::mention, b.mentions) was left join cluster on cluster.id = was.cluster_id
  where b.run_id = $1 and mention.id = was.id
`;
const putPagesBack = sql`
  update page set held_snapshot_id = page.snapshot_id, read_snapshot_id = was.read_snapshot_id,
    reader_version = was.reader_version, recipe_version = was.recipe_version, kind = was.kind, title = was.title,
    language = was.language, dates = was.dates
  from reading_before b, jsonb_populate_record(null::page, b.page) was
  where b.run_id = $1 and page.id = b.page_id
`;

/**
 * Puts back what the pages of a run were read to say before it; their new snapshots are held, so that nobody
 * reads them until somebody accepts them or they change again. What a curator decided meanwhile stays.
 */
export async function putReadingsBack(db: Db, runId: RunId): Promise<number> {
  await db.query(dropNewMentions, [runId]);
  await db.query(putMentionsBack, [runId]);
  const { rowCount } = await db.query(putPagesBack, [runId]);
  await takeReadings(db, runId);
  return rowCount ?? 0;
}

const take = sql`delete from reading_before where run_id = $1`;

/** Takes what a run read: nothing of what was there before is needed any more. */
export async function takeReadings(db: Db, runId: RunId): Promise<void> {
  await db.query(take, [runId]);
}

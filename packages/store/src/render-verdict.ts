import type { SourceId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/** Whether a browser brought more than the plain page did, for pages of one kind. */
export type RenderVerdict = { template: string; gains: boolean; reason: string; triedAt: Date };

const ofSource = sql`
  select template, gains, reason, tried_at from render_verdict where source_id = $1 order by template
`;

/** What was learnt of a source's pages in a browser. */
export async function listRenderVerdicts(db: Db, sourceId: SourceId): Promise<RenderVerdict[]> {
  const { rows } = await db.query(ofSource, [sourceId]);
  return rows.map(({ tried_at, ...verdict }) => ({ ...verdict, triedAt: tried_at }));
}

const write = sql`
  insert into render_verdict (source_id, template, gains, reason, tried_at) values ($1, $2, $3, $4, $5)
  on conflict (source_id, template) do update
    set gains = excluded.gains, reason = excluded.reason, tried_at = excluded.tried_at
`;

/** Keeps what a browser brought; only a rendering that ended well may say so. */
export async function saveRenderVerdict(
  db: Db,
  sourceId: SourceId,
  { template, gains, reason, triedAt }: RenderVerdict,
): Promise<void> {
  await db.query(write, [sourceId, template, gains, reason, triedAt]);
}

const retest = sql`
  update page set needs_browser = false
  from render_verdict v
  where page.source_id = $1 and v.source_id = $1 and v.template = page.template and page.needs_browser
    and (v.tried_at < $2::timestamptz - interval '30 days' or not v.gains)
`;

/** Sends pages through the plain way again where a browser's need was last seen a month ago. */
export async function retestRendered(db: Db, sourceId: SourceId, now: Date): Promise<void> {
  await db.query(retest, [sourceId, now]);
}

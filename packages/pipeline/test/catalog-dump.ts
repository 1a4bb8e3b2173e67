import type { Pool } from "@waymark/store";

/**
 * What the catalog means, table by table, as one text: what entries say and on what proof, what they were
 * merged into and how they are found, whose the mentions are, what is told of their lives, what waits and
 * what people said. Left out: versions, marks for review, the audit of decisions and what was replaced.
 */
export async function dumpCatalog(db: Pool): Promise<string> {
  const parts: { [table: string]: unknown } = {};
  for (const [table, query] of Object.entries(queries)) parts[table] = (await db.query(query)).rows;
  return JSON.stringify(parts, undefined, 1);
}

const queries = {
  initiative: "select id, merged_into from initiative order by id",
  value: `select initiative_id, field, value, origin, decision_id, evidence from initiative_value
    where replaced_at is null order by initiative_id, field`,
  blockKey: "select * from block_key order by initiative_id",
  mention: "select id, initiative_id, cluster_id, mention, baseline from mention order by id",
  cluster: "select id, initiative_id, led_to from cluster order by id",
  event: `select * from event order by initiative_id, key`,
  grant: `select * from "grant" order by initiative_id, key`,
  relation: "select * from relation order by from_id, kind, to_name",
  merge: "select from_id, into_id, mention_ids from merge where undone_at is null order by id",
  change: `select id, kind, initiative_id, state, proposal from change
    where not exists (select from decision where change_id = change.id) order by id`,
  judgement: `select a, b, judgement.verdict, judgement.who from judgement
    left join decision on decision.id = decision_id where decision.undone_at is null order by judgement.id`,
};

import {
  type InitiativeId,
  InitiativeValues,
  type JudgedSide,
  type JudgementVerdict,
  type Mention,
  type MentionId,
} from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/** A judgement that stands, with what its sides say. */
export type JudgedValues = {
  judgementId: number;
  verdict: JudgementVerdict;
  a: SaidBySide;
  b: SaidBySide;
};
export type SaidBySide = { side: JudgedSide; values: InitiativeValues | Mention };

// An entry's values are those that stood when the judgement was made: the decision that came with it may have
// written others at the same instant. Of a mention only its words of today are kept.
const judgedValues = sql`
  with said as (
    select standing.id, side.kind, side.name,
      case side.kind when 'mention' then (select mention from mention where mention.id = side.name)
      else (
        select jsonb_object_agg(v.field, v.value) from initiative_value v
        where v.initiative_id = side.name and v.set_at <= standing.at
          and (standing.decision_id is null or v.decision_id is distinct from standing.decision_id)
          and (v.replaced_at is null or v.replaced_at > standing.at or v.replaced_by = standing.decision_id)
      ) end as values, side.place
    from standing_judgement standing cross join lateral (values (1, a_kind, a), (2, b_kind, b)) side(place, kind, name)
  )
  select standing.id, standing.verdict, standing.a_kind, standing.a, standing.b_kind, standing.b,
    one.values as a_values, other.values as b_values
  from standing_judgement standing
  join said one on one.id = standing.id and one.place = 1
  join said other on other.id = standing.id and other.place = 2
  where jsonb_typeof(one.values -> 'name') = 'string' and jsonb_typeof(other.values -> 'name') = 'string'
  order by standing.id
`;

/** Every judgement that stands with the words it was made on, the oldest first; without those whose sides are gone. */
export async function listJudgedValues(db: Db): Promise<JudgedValues[]> {
  const { rows } = await db.query(judgedValues);
  return rows.map((row) => ({
    judgementId: row.id,
    verdict: row.verdict,
    a: toSaid(row.a_kind, row.a, row.a_values),
    b: toSaid(row.b_kind, row.b, row.b_values),
  }));
}

const toSaid = (kind: string, id: string, values: unknown): SaidBySide =>
  kind === "mention"
    ? { side: { mentionId: id as MentionId }, values: values as Mention }
    : { side: { initiativeId: id as InitiativeId }, values: InitiativeValues.parse(values) };

const counts = sql`
  select count(*)::int as judged from standing_judgement where verdict <> 'unsure' and id > $1
`;

/** How many pairs were judged same or different after a judgement (0: ever). */
export async function countJudgedAfter(db: Db, judgementId: number): Promise<number> {
  return (await db.query(counts, [judgementId])).rows[0].judged;
}

const nearMentions = sql`
  select mention.id, mention.mention, initiative.id as initiative_id
  from mention join initiative on initiative.id = coalesce(mention.initiative_id, mention.match ->> 'initiativeId')
  where mention.missing_count = 0 and initiative.merged_into is null
  order by mention.match ->> 'verdict' = 'unsure' desc, mention.id limit $1
`;

/** Mentions with the entry each is about or comes near to; those that nobody is sure of first. */
export async function listNearMentions(
  db: Db,
  limit: number,
): Promise<{ id: MentionId; mention: Mention; initiativeId: InitiativeId }[]> {
  const { rows } = await db.query(nearMentions, [limit]);
  return rows.map((row) => ({
    id: row.id,
    mention: row.mention,
    initiativeId: row.initiative_id,
  }));
}

const workload = sql`
  select count(*)::int as mentions, count(*) filter (where match ->> 'verdict' = 'unsure' and initiative_id is null)::int as unsure
  from mention where missing_count = 0
`;

/** How many mentions pages hold, and how many of them a person must look at. */
export async function countUnsureMentions(db: Db): Promise<{ mentions: number; unsure: number }> {
  return (await db.query(workload)).rows[0];
}

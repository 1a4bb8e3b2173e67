import type {
  InitiativeId,
  JudgedSide,
  Judgement,
  JudgementBasis,
  JudgementVerdict,
  MentionId,
  Tie,
} from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const lock = sql`select pg_advisory_xact_lock(7208004)`;

/**
 * Keeps others from judging until the transaction ends, so that no two people contradict each other at
 * the same moment. Take it before any change or entry is locked.
 */
export async function lockJudgements(db: Db): Promise<void> {
  await db.query(lock);
}

const insertJudgement = sql`
  insert into judgement (a_kind, a, b_kind, b, verdict, who, why, decision_id, basis, at)
  select least.kind, least.id, greatest.kind, greatest.id, $5, $6, $7, $8, $9, $10
  from (select * from (values ($1::text, $2::text), ($3, $4)) side(kind, id) order by kind, id limit 1) least,
    (select * from (values ($1::text, $2::text), ($3, $4)) side(kind, id) order by kind desc, id desc limit 1) greatest
  returning id
`;

/** Adds what a person said of a pair; the order of the two does not matter. Returns its number. */
export async function addJudgement(
  db: Db,
  judgement: {
    a: JudgedSide;
    b: JudgedSide;
    verdict: JudgementVerdict;
    who: string;
    why: string | undefined;
    decisionId?: number | undefined;
    basis?: JudgementBasis | undefined;
    now: Date;
  },
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(insertJudgement, [
    ...columnsOf(judgement.a),
    ...columnsOf(judgement.b),
    judgement.verdict,
    judgement.who,
    judgement.why ?? null,
    judgement.decisionId ?? null,
    judgement.basis ? JSON.stringify(judgement.basis) : null,
    judgement.now,
  ]);
  return rows[0]!.id;
}

const around = sql`
  with side as (select * from unnest($1::text[], $2::text[]) as side(kind, id)),
  pair as (
    select j.a_kind, j.a, j.b_kind, j.b from side join judgement j on j.a = side.id and j.a_kind = side.kind
    union
    select j.a_kind, j.a, j.b_kind, j.b from side join judgement j on j.b = side.id and j.b_kind = side.kind
  )
  select newest.* from pair cross join lateral (
    select judgement.* from judgement left join decision on decision.id = judgement.decision_id
    where judgement.a = pair.a and judgement.b = pair.b
      and judgement.a_kind = pair.a_kind and judgement.b_kind = pair.b_kind and decision.undone_at is null
    order by judgement.id desc limit 1
  ) newest
  order by newest.id
`;

/** The standing judgements on every pair that one of some sides is part of, in the order they were made. */
export async function listJudgementsAround(db: Db, sides: JudgedSide[]): Promise<Judgement[]> {
  if (sides.length === 0) return [];
  const { rows } = await db.query(around, kindsAndIds(sides));
  return rows.map(toJudgement);
}

const tiesAround = sql`
  with side as (select * from unnest($1::text[], $2::text[]) as side(kind, id))
  select 'merged' as because, entry.id as one, entry.merged_into as initiative from side
    join initiative entry on (entry.id = side.id or entry.merged_into = side.id) and entry.merged_into is not null
  where side.kind = 'initiative'
  union
  select 'assigned', mention.id, mention.initiative_id from side join mention on mention.id = side.id
  where side.kind = 'mention' and mention.initiative_id is not null
  union
  select 'assigned', mention.id, mention.initiative_id from side join mention on mention.initiative_id = side.id
  where side.kind = 'initiative'
    and (exists (select from judgement where a = mention.id and a_kind = 'mention')
      or exists (select from judgement where b = mention.id and b_kind = 'mention'))
  order by 1, 2, 3
`;

/**
 * What the catalog holds together with some sides: entries merged into one another, and mentions with
 * their entry, as far as anybody judged them.
 */
export async function listTiesAround(db: Db, sides: JudgedSide[]): Promise<Tie[]> {
  if (sides.length === 0) return [];
  const { rows } = await db.query<{
    because: Tie["because"];
    one: string;
    initiative: InitiativeId;
  }>(tiesAround, kindsAndIds(sides));
  return rows.map(({ because, one, initiative }) => ({
    because,
    one: toSide(because === "merged" ? "initiative" : "mention", one),
    other: { initiativeId: initiative },
  }));
}

const standing = sql`select * from standing_judgement order by id`;

/** Every judgement that stands: the newest on each pair that came with no decision which was undone. */
export async function listStandingJudgements(db: Db): Promise<Judgement[]> {
  const { rows } = await db.query(standing);
  return rows.map(toJudgement);
}

const judged = sql`
  select id from unnest($1::text[]) as given(id)
  where exists (select from judgement where a = given.id and a_kind = 'mention')
    or exists (select from judgement where b = given.id and b_kind = 'mention')
`;

/** Those of some mentions of which somebody ever said something. */
export async function listJudgedMentions(db: Db, ids: MentionId[]): Promise<Set<MentionId>> {
  if (ids.length === 0) return new Set();
  const { rows } = await db.query<{ id: MentionId }>(judged, [ids]);
  return new Set(rows.map(({ id }) => id));
}

const columnsOf = (side: JudgedSide): [kind: string, id: string] =>
  "initiativeId" in side ? ["initiative", side.initiativeId] : ["mention", side.mentionId];

const kindsAndIds = (sides: JudgedSide[]): [string[], string[]] => [
  sides.map((side) => columnsOf(side)[0]),
  sides.map((side) => columnsOf(side)[1]),
];

const toSide = (kind: string, id: string): JudgedSide =>
  kind === "initiative" ? { initiativeId: id as InitiativeId } : { mentionId: id as MentionId };

// biome-ignore lint/suspicious/noExplicitAny: a row of the table, shaped here.
const toJudgement = (row: any): Judgement => ({
  id: row.id,
  a: toSide(row.a_kind, row.a),
  b: toSide(row.b_kind, row.b),
  verdict: row.verdict,
  who: row.who,
  why: row.why ?? undefined,
  at: row.at,
  decisionId: row.decision_id ?? undefined,
  basis: row.basis ?? undefined,
});

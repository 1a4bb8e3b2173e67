import type { InitiativeId, JudgementVerdict } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const insertJudgement = sql`
  insert into judgement (a, b, verdict, who, why, decision_id, at)
  values (least($1::text, $2::text), greatest($1::text, $2::text), $3, $4, $5, $6, $7)
`;

/** Adds what a person said of a pair; the order of the two does not matter. */
export async function addJudgement(
  db: Db,
  judgement: {
    a: InitiativeId;
    b: InitiativeId;
    verdict: JudgementVerdict;
    who: string;
    why: string | undefined;
    decisionId: number | undefined;
    now: Date;
  },
): Promise<void> {
  await db.query(insertJudgement, [
    judgement.a,
    judgement.b,
    judgement.verdict,
    judgement.who,
    judgement.why ?? null,
    judgement.decisionId ?? null,
    judgement.now,
  ]);
}

const ofOne = sql`
  select distinct on (a, b) a, b, verdict from judgement
  where (a = $1 or b = $1)
    and not exists (select from decision where decision.id = judgement.decision_id and decision.undone_at is not null)
  order by a, b, id desc
`;

/** The standing judgement on every pair an entry is part of, by the other entry. */
export async function listJudgementsOf(
  db: Db,
  id: InitiativeId,
): Promise<Map<InitiativeId, JudgementVerdict>> {
  const { rows } = await db.query(ofOne, [id]);
  return new Map(rows.map((row) => [row.a === id ? row.b : row.a, row.verdict]));
}

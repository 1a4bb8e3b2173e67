import { type InitiativeId, type Judgement, sideKey } from "@waymark/domain";
import { findConflicts, type Told } from "@waymark/match";
import { type Db, listStandingJudgements, listTiesAround } from "@waymark/store";
import { describeConflict, nameSide } from "./describe-conflict.ts";
import { loadJudged } from "./load-judged.ts";

/** A judgement that stands, with what people call its sides. */
export type ListedJudgement = Judgement & { names: [string, string] };

/**
 * The judgements that stand, newest first, of the whole catalog or of what hangs together with one entry;
 * and the contradictions among them, as sentences, the smallest first.
 */
export async function listJudgements(
  db: Db,
  id?: InitiativeId,
): Promise<{ judgements: ListedJudgement[]; conflicts: string[] }> {
  const told = id === undefined ? await loadAll(db) : await loadJudged(db, [{ initiativeId: id }]);
  const judgements: ListedJudgement[] = [];
  const names = new Map<string, string>();
  for (const judgement of told.judgements.toSorted((one, other) => other.id - one.id)) {
    const { a, b } = judgement;
    for (const side of [a, b])
      if (!names.has(sideKey(side))) names.set(sideKey(side), await nameSide(db, side));
    judgements.push({ ...judgement, names: [names.get(sideKey(a))!, names.get(sideKey(b))!] });
  }
  const conflicts: string[] = [];
  for (const conflict of findConflicts(told)) conflicts.push(await describeConflict(db, conflict));
  return { judgements, conflicts };
}

async function loadAll(db: Db): Promise<Told> {
  const judgements = await listStandingJudgements(db);
  const sides = new Map(
    judgements.flatMap(({ a, b }) => [a, b]).map((side) => [sideKey(side), side]),
  );
  return { judgements, ties: await listTiesAround(db, [...sides.values()]) };
}

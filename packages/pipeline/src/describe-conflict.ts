import type { JudgedSide, Judgement, Tie } from "@waymark/domain";
import type { Conflict } from "@waymark/match";
import { type Db, findInitiative, listMentions } from "@waymark/store";

/** A contradiction as sentences: who said what of whom, and when. */
export async function describeConflict(db: Db, conflict: Conflict): Promise<string> {
  const said = [
    ...(await Promise.all(conflict.judgements.map((each) => describeJudgement(db, each)))),
    ...(await Promise.all(conflict.ties.map((tie) => describeTie(db, tie)))),
  ];
  return said.join("; ");
}

/** "Rosa said on 2026-03-01 that “A” (LW-3) and “B” (LW-9) are the same (judgement 4)". */
async function describeJudgement(db: Db, judgement: Judgement): Promise<string> {
  const { a, b, verdict, who, at, id } = judgement;
  const [one, other] = [await nameSide(db, a), await nameSide(db, b)];
  const what = verdict === "same" ? "are the same" : "are two";
  return `${who} said on ${at.toISOString().slice(0, 10)} that ${one} and ${other} ${what} (judgement ${id})`;
}

async function describeTie(db: Db, { one, other, because }: Tie): Promise<string> {
  const [from, into] = [await nameSide(db, one), await nameSide(db, other)];
  return because === "merged"
    ? `${from} was merged into ${into}`
    : `${from} is a mention of ${into}`;
}

/** What people call a side, with its id. */
export async function nameSide(db: Db, side: JudgedSide): Promise<string> {
  if ("initiativeId" in side) {
    const entry = await findInitiative(db, side.initiativeId);
    return entry ? `“${entry.values.name}” (${entry.id})` : side.initiativeId;
  }
  const [mention] = await listMentions(db, [side.mentionId]);
  return mention ? `the mention “${mention.mention.name}” (${mention.id})` : side.mentionId;
}

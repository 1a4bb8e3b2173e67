import {
  BadInput,
  type ChangeState,
  Conflict,
  type InitiativeId,
  type JudgedSide,
  type Judgement,
  type JudgementVerdict,
  type Knowledge,
  type Match,
  type Mention,
  type MentionId,
  mentionsAmong,
  pairKey,
  sideKey,
} from "@waymark/domain";
import { basisOf, compareRecords, findContradiction, groupJudged, type Told } from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import {
  addJudgement,
  type Db,
  findPairMatch,
  listMentions,
  lockJudgements,
  markInitiativesDue,
  type Pool,
  type StoredInitiative,
  saveChangeState,
  touchMentions,
  transaction,
} from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";
import { describeConflict } from "./describe-conflict.ts";
import { loadJudged } from "./load-judged.ts";
import { placeJudged, withoutPlacesOf } from "./place-judged.ts";
import { findProposedMerge, loadEntry, proposeMerge } from "./propose-by-hand.ts";
import { matchUnderNames } from "./steps/match-mentions.ts";

export type JudgementRequest = {
  a: JudgedSide;
  b: JudgedSide;
  verdict: JudgementVerdict;
  who: string;
  why?: string | undefined;
  now: Date;
};

/** What a judgement led to. */
export type JudgementOutcome = {
  judgementId: number;
  /** For two entries called the same: the change by which they would be merged, and how it stands. */
  changeId: string | undefined;
  changeState: ChangeState | undefined;
  /** Mentions that belong elsewhere now. */
  moved: MentionId[];
};

/**
 * Keeps what a person says of a pair: two entries, a mention and an entry, or two mentions. It takes the
 * place of what was said of the pair before, and it takes effect at once:
 *
 * - *same* of two entries puts their merge into the queue, where somebody decides it; of a mention and an
 *   entry it makes the mention one of that entry;
 * - *different* of two entries withdraws such a change; a mention leaves the entry it is said not to be of;
 * - *unsure* keeps the pair from being asked about until one side says something else.
 *
 * Throws BadInput for a side that is not there and Conflict where the judgement contradicts others,
 * which it names.
 */
export const judgePair = (pool: Pool, request: JudgementRequest): Promise<JudgementOutcome> =>
  transaction(pool, (db) => judgeWithin(db, request));

/** The same of every mention of an unseen effort and one other side, all of them or none. */
export const judgeMentions = (
  pool: Pool,
  { mentionIds, ...request }: Omit<JudgementRequest, "a"> & { mentionIds: MentionId[] },
): Promise<JudgementOutcome[]> =>
  transaction(pool, async (db) => {
    const outcomes: JudgementOutcome[] = [];
    for (const mentionId of mentionIds)
      outcomes.push(await judgeWithin(db, { ...request, a: { mentionId } }));
    return outcomes;
  });

async function judgeWithin(db: Db, request: JudgementRequest): Promise<JudgementOutcome> {
  await lockJudgements(db);
  const { a, b, verdict, who, why, now } = request;
  if (sideKey(a) === sideKey(b)) throw new BadInput("one side cannot be judged against itself");
  const knowledge = await currentKnowledge(db);
  const sides = { a: await loadSide(db, a), b: await loadSide(db, b) };
  await refuseContradiction(db, request);
  // What waits on the workbench is judged as it was shown there.
  const shown = await findPairMatch(db, sides.a.id, sides.b.id);
  const seen = shown ?? compareSides(sides.a, sides.b, knowledge);
  const basis = basisOf(valuesOf(sides.a), valuesOf(sides.b), seen);
  const judgementId = await addJudgement(db, { a, b, verdict, who, why, basis, now });
  const moved = await placeMentions(db, [a, b], knowledge);
  if ("initiativeId" in a && "initiativeId" in b) {
    await markInitiativesDue(db, [a.initiativeId, b.initiativeId]);
    const change = await settleMerge(db, { ...request, a, b });
    return { judgementId, moved, changeId: change?.id, changeState: change?.state };
  }
  return { judgementId, moved, changeId: undefined, changeState: undefined };
}

type Side = StoredInitiative | Awaited<ReturnType<typeof listMentions>>[number];

async function loadSide(db: Db, side: JudgedSide): Promise<Side> {
  if ("initiativeId" in side) return loadEntry(db, side.initiativeId);
  const [mention] = await listMentions(db, [side.mentionId]);
  if (mention) return mention;
  throw new BadInput(
    `there is no mention "${side.mentionId}"; its page may have dropped it: look at \`waymark match pairs\``,
  );
}

const valuesOf = (side: Side) => ("mention" in side ? side.mention : side.values);

/** What the matcher says of the pair; a mention's own match where it is about that entry. */
function compareSides(a: Side, b: Side, knowledge: Knowledge): Pick<Match, "verdict" | "score"> {
  const [mention, other] = "mention" in a ? [a, b] : [b, a];
  if ("mention" in mention && !("mention" in other)) {
    return mention.match.initiativeId === other.id
      ? mention.match
      : matchUnderNames(mention.mention, [], other, knowledge);
  }
  const [one, two] = [a, b].map((side) => toRecord(valuesOf(side) as Mention, knowledge));
  return compareRecords(one!, two!, knowledge);
}

/** Only a contradiction that the new judgement makes is in its way; what it takes the place of is not. */
async function refuseContradiction(db: Db, { a, b, verdict }: JudgementRequest): Promise<void> {
  if (verdict === "unsure") return;
  const told = await loadJudged(db, [a, b]);
  const before: Told = {
    ...told,
    judgements: told.judgements.filter((judgement) => !isOfPair(judgement, a, b)),
  };
  const conflict = findContradiction(withoutPlaceAmong(before, a, b), { a, b, verdict });
  if (!conflict) return;
  throw new Conflict(
    `this contradicts what stands: ${await describeConflict(db, conflict)}; judge one of these pairs otherwise first`,
  );
}

const isOfPair = (judgement: Judgement, a: JudgedSide, b: JudgedSide): boolean =>
  pairKey(a, b) === pairKey(judgement.a, judgement.b);

/** A mention that is judged against an entry may leave the entry that it is with, and its equals with it. */
function withoutPlaceAmong(told: Told, a: JudgedSide, b: JudgedSide): Told {
  if ("mentionId" in a === "mentionId" in b) return told;
  const mention = "mentionId" in a ? a : b;
  const merged = told.ties.filter(({ because }) => because === "merged");
  const { sameAs } = groupJudged({ judgements: told.judgements, ties: merged });
  return withoutPlacesOf(told, sameAs(mention));
}

/** What was said of one mention may move all that are the same as it. */
async function placeMentions(
  db: Db,
  sides: JudgedSide[],
  knowledge: Knowledge,
): Promise<MentionId[]> {
  if (!sides.some((side) => "mentionId" in side)) return [];
  const { sameAs } = groupJudged(await loadJudged(db, sides));
  const ids = mentionsAmong([...sides, ...sides.flatMap(sameAs)]);
  await touchMentions(db, ids);
  return placeJudged(db, [...new Set(ids)], knowledge);
}

type OfEntries = JudgementRequest & {
  a: { initiativeId: InitiativeId };
  b: { initiativeId: InitiativeId };
};

/** *Same* does not merge: somebody decides the change that it makes. Anything else withdraws that change. */
async function settleMerge(db: Db, { a, b, verdict, who, why, now }: OfEntries) {
  const [one, other] = [a.initiativeId, b.initiativeId];
  if (verdict === "same") {
    return proposeMerge(db, { one, other, by: { who, ...(why && { why }) }, now });
  }
  const change = await findProposedMerge(db, one, other);
  if (change?.state === "open" || change?.state === "confirming")
    await saveChangeState(db, change.id, "withdrawn", undefined);
  return undefined;
}

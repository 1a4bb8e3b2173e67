import type {
  Evidence,
  PartialDate,
  Party,
  ToldEvent,
  ToldGrant,
  TypedDate,
} from "@waymark/domain";
import { datesAgree } from "@waymark/domain";
import { findDates, foldName } from "@waymark/normalize";
import type { Block } from "../page/page.ts";
import type { Context } from "../page/site.ts";
import { hasWords } from "../text/text-measure.ts";
import type { Column } from "../values/describe.ts";
import { proves, whole, within } from "../values/finding.ts";
import { meaningOf } from "../values/label-meaning.ts";
import { type Subject, sentencesOf } from "../values/sentence.ts";
import { type StandingDate, standingDate } from "./event-date.ts";
import type { Setting } from "./event-part.ts";
import { readEvents } from "./events.ts";
import { grantOfAward, grantOfLabels, listedGrants } from "./grants.ts";
import { type FoundRelation, readRelations } from "./relations.ts";

/** What happened to an effort, who paid for it, and how it hangs together with others. */
export type History = { events: ToldEvent[]; grants: ToldGrant[]; relations: FoundRelation[] };

/** A page tells the life of an effort in some dozens of sentences; a longer list is an archive of news. */
const blocksMax = 120;
const eventsMax = 60;
/** Nobody tells an event in a longer sentence, in characters. */
const sentenceMax = 1500;
/** What is held against each other before that; a page that says more says it to harm. */
const accountsMax = 500;

/** How the blocks stand on their page: cells of a table row, or a release of some day with who gives in it. */
export type Telling = {
  columns?: readonly Column[];
  news?: { announced: TypedDate | undefined };
};

/**
 * Reads the history of a subject from some blocks: sentences of events, timelines whose lines begin with a
 * date, grants, and sentences that name a predecessor, successor or whole. As `news`, the blocks are a release
 * or news article of that day, and its headline is read as one.
 */
export function readHistory(
  ctx: Context,
  blocks: readonly Block[],
  subject: Subject,
  { columns, news }: Telling = {},
): History {
  const announced = news?.announced && standingDate(news.announced);
  const told = blocks.slice(0, blocksMax).filter(({ text }) => text.length <= 4000);
  const lines = datesOfLines(told, news !== undefined);
  const events: ToldEvent[] = [];
  const grants: ToldGrant[] = [];
  const relations: FoundRelation[] = [];
  for (const block of told) {
    const isHeadline = block === ctx.titleBlock;
    const line = lines.get(block);
    const setting: Setting = {
      subject,
      gazetteer: ctx.gazetteer,
      isNews: news !== undefined && !line,
      isHeadline: isHeadline && news !== undefined,
      announced,
      line: line?.date,
    };
    for (const whole of sentencesOf(block)) {
      const from = Math.max(whole.from, line?.from ?? 0);
      if (from >= whole.to || whole.to - from > sentenceMax) continue;
      const sentence = within(whole, from - whole.from, whole.to - whole.from);
      const found = readEvents(sentence, setting);
      events.push(...found);
      grants.push(...found.flatMap((event) => grantOfAward(sentence, event, subject) ?? []));
      if (!isHeadline) relations.push(...readRelations(sentence, setting));
    }
  }
  const labelled = grantOfLabels(ctx, told, columns ?? [], subject.names[0]!);
  if (labelled) grants.push(labelled);
  const merged = mergeEvents(events.slice(0, accountsMax));
  // An entry of a list tells of itself alone; what else the page lists is not its own.
  const listed = columns ? [] : listedHere(ctx, told, subject, merged);
  return {
    events: merged.slice(0, eventsMax),
    grants: mergeGrants([...grants, ...listed].slice(0, accountsMax)).slice(0, eventsMax),
    relations: uniqueRelations(relations),
  };
}

/** Grants under a release about an effort are its own: given by it, or by whoever the release says gives. */
function listedHere(
  ctx: Context,
  blocks: readonly Block[],
  { names }: Subject,
  events: readonly ToldEvent[],
): ToldGrant[] {
  const award = events.find(({ kind }) => kind === "award");
  const funder = award?.parties.find(({ role }) => role === "funder")?.name;
  return listedGrants(ctx, blocks, { funder, program: names[0], on: award?.on });
}

/** Which lines of a timeline a date stands for, and where in them the telling begins. */
function datesOfLines(
  blocks: readonly Block[],
  isNews: boolean,
): Map<Block, { date: StandingDate; from: number }> {
  const lines = new Map<Block, { date: StandingDate; from: number }>();
  const alone = isNews
    ? []
    : blocks.filter(
        (block, index) => isDateAlone(block) && !meaningOf(blocks[index - 1]?.text ?? ""),
      );
  let open: StandingDate | undefined;
  for (const block of blocks) {
    if (alone.length > 1 && alone.includes(block)) {
      open = lineDate(block, 0, block.text.length);
      continue;
    }
    if (block.level > 0 && block.level < 7) open = undefined;
    const lead = /^[^:\u2013\u2014|]{4,30}?\s*(?::|[\u2013\u2014|]|\s-\s)\s*(?=\S)/.exec(
      block.text,
    );
    const own =
      lead && onlyDate(lead[0].replace(/(?<![\s:\u2013\u2014|-])[\s:\u2013\u2014|-]+$/, ""))
        ? lead[0].length
        : undefined;
    const date =
      own === undefined ? (tellsMore(block) ? open : undefined) : lineDate(block, 0, own);
    if (date) lines.set(block, { date, from: own ?? 0 });
  }
  return lines;
}

/** "Ended" below a date is a label's value or a badge; lines of a timeline say more. */
const tellsMore = ({ text }: Block): boolean => hasWords(text, 3) && !meaningOf(text);

const isDateAlone = ({ text, level, tag }: Block): boolean =>
  (level > 0 || /^(?:dt|th|td|div|span|time)$/.test(tag)) &&
  text.length <= 30 &&
  onlyDate(text) !== undefined;

/** The date of a text that is nothing else; of two, what happened began at the first. */
function onlyDate(text: string): PartialDate | undefined {
  const [first, second] = findDates(text);
  if (!first || second || !/^[\s\p{P}]*$/u.test(text.slice(0, first.start) + text.slice(first.end)))
    return undefined;
  return first.date;
}

function lineDate(block: Block, from: number, to: number): StandingDate | undefined {
  const [found] = findDates(block.text.slice(from, to));
  if (!found) return undefined;
  const stretch = within(whole(block), from + found.start, from + found.end);
  return { date: found.date, proof: proves("event", found.date, stretch, "label", 0.8) };
}

/** One event that a page tells several times, as headlines and first sentences do, is one with all its proof. */
function mergeEvents(events: readonly ToldEvent[]): ToldEvent[] {
  const merged: ToldEvent[] = [];
  for (const event of events) {
    const at = merged.findIndex((one) => isSameEvent(one, event));
    if (at < 0) merged.push(event);
    else merged[at] = mergeTwo(merged[at]!, event);
  }
  return merged;
}

function isSameEvent(one: ToldEvent, other: ToldEvent): boolean {
  if (one.kind !== other.kind || one.planned !== other.planned) return false;
  if (one.on && other.on && !datesAgree(one.on, other.on) && one.dated === other.dated)
    return false;
  if (
    one.on &&
    other.on &&
    one.dated !== other.dated &&
    one.on.slice(0, 4) !== other.on.slice(0, 4)
  )
    return false;
  return one.parties.every(({ role, name }) => {
    const theirs = other.parties.filter((party) => party.role === role);
    return theirs.length === 0 || theirs.some((party) => foldName(party.name) === foldName(name));
  });
}

function mergeTwo(one: ToldEvent, other: ToldEvent): ToldEvent {
  const best = [one, other].toSorted((a, b) => rankOfDate(b) - rankOfDate(a))[0]!;
  const { on: _on, dated: _dated, ...rest } = one;
  return {
    ...rest,
    ...(best.on && { on: best.on }),
    ...(best.dated && { dated: best.dated }),
    parties: uniqueParties([...one.parties, ...other.parties]),
    evidence: uniqueProofs([...one.evidence, ...other.evidence]),
  };
}

/** A date of the sentence's own before the day of the announcement, and the more exact of two. */
const rankOfDate = ({ on, dated }: ToldEvent): number =>
  (dated === "told" ? 100 : 0) + (on?.length ?? 0);

/** A headline and the sentence below it tell of one grant: the same two and no other sum. */
function mergeGrants(grants: readonly ToldGrant[]): ToldGrant[] {
  const merged: ToldGrant[] = [];
  for (const grant of grants) {
    const at = merged.findIndex((one) => isSameGrant(one, grant));
    if (at < 0) merged.push(grant);
    else
      merged[at] = {
        ...grant,
        ...merged[at]!,
        evidence: uniqueProofs([...merged[at]!.evidence, ...grant.evidence]),
      };
  }
  return merged;
}

const isSameGrant = (one: ToldGrant, other: ToldGrant): boolean =>
  agrees(one.funder, other.funder) &&
  agrees(one.grantee, other.grantee) &&
  (one.amount === undefined || other.amount === undefined || one.amount === other.amount) &&
  (one.amount !== undefined || other.amount !== undefined || one.start === other.start);

const agrees = (one: string | undefined, other: string | undefined): boolean =>
  !one || !other || foldName(one) === foldName(other);

/** A page that says the same more often does not prove it better. */
const proofsMax = 12;

const uniqueProofs = (proofs: readonly Evidence[]): Evidence[] =>
  proofs
    .filter(
      ({ start, end }, index) =>
        proofs.findIndex((one) => one.start === start && one.end === end) === index,
    )
    .slice(0, proofsMax);

const uniqueParties = (parties: readonly Party[]): Party[] =>
  parties.filter(
    ({ role, name }, index) =>
      parties.findIndex((one) => one.role === role && foldName(one.name) === foldName(name)) ===
      index,
  );

const uniqueRelations = (relations: readonly FoundRelation[]): FoundRelation[] =>
  relations.filter(
    ({ kind, name }, index) =>
      relations.findIndex((one) => one.kind === kind && foldName(one.name) === foldName(name)) ===
      index,
  );

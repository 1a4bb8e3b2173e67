import type { Evidence, PartialDate, ToldEvent, ToldGrant } from "@waymark/domain";
import {
  findDates,
  findMoney,
  foldName,
  type Gazetteer,
  knownOrganization,
  looksLikeOrganization,
} from "@waymark/normalize";
import { labelledRows } from "../lists/table-records.ts";
import type { Block } from "../page/page.ts";
import { type Context, grantorOf } from "../page/site.ts";
import type { Column } from "../values/describe.ts";
import { proves, type Stretch, within, wordsOf } from "../values/finding.ts";
import { findLabelled } from "../values/label.ts";
import type { LabelMeaning } from "../values/label-meaning.ts";
import { readOrganization } from "../values/organization-list.ts";
import { type Subject, sentencesOf } from "../values/sentence.ts";
import { grantTerms, monthsIn } from "./grant-terms.ts";

/** A grant smaller than this is a fee, a price or a prize. */
const amountMin = 1000;

const sumsIn = (text: string) => findMoney(text).filter(({ amount }) => amount >= amountMin);

/** The grant behind an award that a sentence tells of: who gave it to whom, how much, for what. */
export function grantOfAward(
  sentence: Stretch,
  { kind, parties, planned, on }: ToldEvent,
  { names }: Subject,
): ToldGrant | undefined {
  if (kind !== "award" || planned) return undefined;
  const text = wordsOf(sentence);
  const [money] = sumsIn(text);
  const funder = parties.find(({ role }) => role === "funder")?.name;
  const grantee = parties.find(({ role }) => role === "grantee")?.name;
  const isGiver = funder !== undefined && names.some((name) => foldName(name) === foldName(funder));
  if (!funder && !money) return undefined;
  if (isGiver && !grantee) return undefined;
  return {
    ...(funder && { funder }),
    grantee: grantee ?? names[0]!,
    ...(money && { amount: money.amount, currency: money.currency }),
    ...(on && { on }),
    ...grantTerms(text, money?.end ?? 0),
    evidence: [proves("grant", grantee ?? names[0]!, sentence, "sentence", 0.8)],
  };
}

/** What the page says of all the grants it lists. */
type Given = {
  funder: string | undefined;
  program: string | undefined;
  /** When they were awarded. */
  on: PartialDate | undefined;
};

/**
 * Grants that a page lists: "Pine College ($200,000); Oak Institute ($150,000)" in a sentence, one a line, or
 * in a table. A single sum with a name before it is no list.
 */
export function listedGrants(ctx: Context, blocks: readonly Block[], given: Given): ToldGrant[] {
  if (!blocks.some(({ text }) => /[$\u20ac\u00a3]|\bdollars\b/.test(text))) return [];
  const table = labelledRows(ctx.page);
  const rows = table.flatMap((columns) => grantOfColumns(columns, given) ?? []);
  const inTables = new Set(table.flat().flatMap(({ values }) => values.map(({ of }) => of)));
  const lines = blocks
    .filter((block) => !inTables.has(block))
    .flatMap((block) =>
      sentencesOf(block).flatMap((sentence) => grantsInSentence(ctx.gazetteer, sentence, given)),
    );
  const found = [...rows, ...lines];
  return found.length > 1 ? found : [];
}

/** Each sum of a sentence that stands right behind the name of who gets it. */
function grantsInSentence(
  gazetteer: Gazetteer,
  sentence: Stretch,
  { funder, program, on }: Given,
): ToldGrant[] {
  const text = wordsOf(sentence);
  const sums = sumsIn(text);
  return sums.flatMap(({ amount, currency, start, end }, index) => {
    const from = index === 0 ? 0 : sums[index - 1]!.end;
    const piece = text.slice(from, start);
    const cut =
      /^.*(?:[;:]\s+|\)[,;]?\s+(?:and\s+)?|\b(?:to|are|include|including|went\s+to)\s+)(?=(?:the\s+)?\p{Lu}|and\s)/su.exec(
        piece,
      )?.[0].length ?? 0;
    const lead = /^[\s;,.)\u2022*-]*(?:and\s+)?(?:[Tt]o\s+)?(?:[Tt]he\s+)?/u.exec(
      piece.slice(cut),
    )![0].length;
    const tail = endOfNames(piece);
    if (from + cut + lead >= from + tail) return [];
    const stretch = within(sentence, from + cut + lead, from + tail);
    const one = readOrganization(stretch, gazetteer);
    if (!one || !isGrantee(one.name, gazetteer)) return [];
    const until = sums[index + 1]?.start ?? text.length;
    const rest = text.slice(end, until).split(/;|\),?\s+(?:and\s+)?(?=\p{Lu})/u)[0]!;
    const { start: begins, end: ends, months, purpose } = grantTerms(rest);
    return [
      {
        ...(funder && { funder }),
        grantee: one.name,
        amount,
        currency,
        ...(on && { on }),
        ...(begins && { start: begins }),
        ...(ends && { end: ends }),
        ...(months && { months }),
        ...(program && { program }),
        ...(purpose && { purpose }),
        evidence: [
          proves(
            "grant",
            one.name,
            within(sentence, from + cut, end + (/^\)/.exec(text.slice(end))?.[0].length ?? 0)),
            "sentence",
            0.75,
          ),
        ],
      },
    ];
  });
}

const isGrantee = (name: string, gazetteer: Gazetteer): boolean =>
  looksLikeOrganization(name) || knownOrganization(name, gazetteer) !== undefined;

/** The grant that a row of a table or the labels of a record tell: grantee, amount, dates, purpose. */
export function grantOfLabels(
  ctx: Context,
  blocks: readonly Block[],
  columns: readonly Column[],
  name: string,
): ToldGrant | undefined {
  const inColumns = new Set(columns.flatMap(({ values }) => values.map(({ of }) => of)));
  const { labelled } = findLabelled(
    ctx.page,
    blocks.filter((block) => !inColumns.has(block)),
  );
  const all = [...columns, ...labelled];
  if (!all.some(({ meaning }) => meaning === "amount")) return undefined;
  const isGrant = all.some(({ meaning }) => meaning === "grantee" || meaning === "awarded");
  const funder = all.find(({ meaning }) => meaning === "funders")?.values[0];
  const grantor = grantorOf(ctx);
  if (!isGrant && !grantor) return undefined;
  const given = {
    funder: (funder && readOrganization(funder, ctx.gazetteer)?.name) ?? grantor?.value,
  };
  const grant = grantOfColumns(all, given);
  return grant && { ...grant, grantee: grant.grantee ?? name };
}

function grantOfColumns(
  columns: readonly Column[],
  { funder, program, on }: Partial<Given>,
): ToldGrant | undefined {
  const value = (...meanings: LabelMeaning[]) =>
    columns.find(({ meaning }) => meanings.includes(meaning))?.values[0];
  const amount = value("amount");
  const money = amount && sumsIn(wordsOf(amount))[0];
  const grantee = value("grantee") ?? value("lead");
  if (!amount || !money || (!grantee && !funder)) return undefined;
  const period = value("period") ?? value("start");
  const dates = [period, value("end")].flatMap((one) => (one ? findDates(wordsOf(one)) : []));
  const awarded = value("awarded");
  const start = dates[0]?.date;
  const awardedOn = (awarded && findDates(wordsOf(awarded))[0]?.date) ?? on;
  const end = dates.length > 1 ? dates.at(-1)!.date : undefined;
  const lasts = value("duration") ?? period;
  const months = lasts && (monthsIn(wordsOf(lasts)) ?? bareMonths(wordsOf(lasts)));
  const purpose = value("description");
  const label = grantee ? wordsOf(grantee) : funder!;
  const proofs: Evidence[] = [grantee, amount, purpose]
    .filter((one) => one !== undefined)
    .map((one) => proves("grant", label, one, "label", 0.85));
  return {
    ...(funder && { funder }),
    ...(grantee && { grantee: label }),
    amount: money.amount,
    currency: money.currency,
    ...(awardedOn && { on: awardedOn }),
    ...(start && { start }),
    ...(end && start && end >= start && { end }),
    ...(months && { months }),
    ...(program && { program }),
    ...(purpose && { purpose: wordsOf(purpose).slice(0, 600) }),
    evidence: proofs,
  };
}

/** A column of durations in months holds bare numbers. */
const bareMonths = (text: string): number | undefined =>
  /^\d{1,3}$/.test(text.trim()) && Number(text) <= 120 && Number(text) > 0
    ? Number(text)
    : undefined;

/** The grant of a record in a grant round, whose grantee, funder and purpose are known from elsewhere. */
export function grantOfRecord(
  blocks: readonly Block[],
  known: Pick<ToldGrant, "funder" | "grantee" | "purpose"> & { program: string },
): ToldGrant | undefined {
  for (const sentence of blocks.flatMap(sentencesOf)) {
    const text = wordsOf(sentence);
    const [money] = sumsIn(text);
    if (!money || !(known.funder || known.grantee)) continue;
    return {
      amount: money.amount,
      currency: money.currency,
      ...grantTerms(text, money.end),
      ...known,
      evidence: [proves("grant", known.grantee ?? known.program, sentence, "sentence", 0.75)],
    };
  }
  return undefined;
}

/** Where a piece ends before the blanks, marks and verbs that lead over to the sum. */
function endOfNames(piece: string): number {
  const plain = piece.replace(/(?<![\s(,:\u2013\u2014-])[\s(,:\u2013\u2014-]+$/u, "");
  const verb = /\b(?:will\s+receive|receives?|received|was\s+awarded|gets?)$/u.exec(plain);
  return verb ? endOfNames(plain.slice(0, verb.index)) : plain.length;
}

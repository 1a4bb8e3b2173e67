import type { ToldEvent, ToldGrant, TypedDate } from "@waymark/domain";
import { findMoney, knownOrganization, looksLikeOrganization } from "@waymark/normalize";
import { standingDate } from "../events/event-date.ts";
import { grantOfRecord } from "../events/grants.ts";
import { readHistory } from "../events/history.ts";
import { findGroups, type ListRecord, recordsMax } from "../lists/records.ts";
import { type Draft, rangeOf } from "../mention.ts";
import { definesUndertaking } from "../names/defined.ts";
import { isListicle, judgeName } from "../names/effort-name.ts";
import { takeNameApart } from "../names/take-name-apart.ts";
import type { Block } from "../page/page.ts";
import { type Context, entriesNamed } from "../page/site.ts";
import { lengthOf } from "../text/text-measure.ts";
import { describe } from "../values/describe.ts";
import { type Finding, proves, type Stretch, whole, within, wordsOf } from "../values/finding.ts";
import { splitOrganizations } from "../values/organization-list.ts";
import { namesAny, sentencesOf } from "../values/sentence.ts";
import { isLabelled } from "./listing.ts";

/** "Name – $1.2 million over 18 months to Grantee. …": one effort a paragraph, all from one funder. */
export function readGrants(
  ctx: Context,
  blocks: readonly Block[],
  announced: TypedDate | undefined,
): Draft[] {
  const grantor = findGrantor(ctx, blocks);
  const isRound = openingOf(ctx, blocks).some((sentence) => grantVerb.test(wordsOf(sentence)));
  const told = new Set<Block>();
  const records = findGroups(ctx.page)
    .flatMap((group) => group.records.slice(0, recordsMax))
    .filter((record) => {
      const isOne =
        !told.has(record.nameBlock) && isGrant(record) && isEffort(ctx, record, isRound);
      if (isOne) for (const block of record.blocks) told.add(block);
      return isOne;
    });
  return records.slice(0, recordsMax).map((record) => {
    const named = takeNameApart(ctx, record.name);
    const names = [wordsOf(named.name), wordsOf(record.name)];
    const { findings, signs } = describe(ctx, record.blocks, { names });
    const told = findings.filter(({ field }) => field !== "description");
    if (grantor) told.push(grantor);
    told.push(...grantTerms(record));
    const history = readHistory(ctx, record.blocks, { names }, { columns: [] });
    const grant = grantOf(record, told, names[0]!);
    const award = grant && grantor && awardOf(grant, grantor.value, announced);
    return {
      role: "announcement" as const,
      name: record.name,
      nameMethod: "heading" as const,
      url: undefined,
      findings: told,
      signs,
      history: {
        ...history,
        events: award ? [award, ...history.events] : history.events,
        grants: grant ? [grant] : history.grants,
      },
      range: rangeOf(record.blocks),
      around: ctx.title?.name ?? "",
    };
  });
}

/** The grant that a record of the round tells, with what else was found of it. */
function grantOf(
  { blocks }: ListRecord,
  findings: readonly Finding[],
  program: string,
): ToldGrant | undefined {
  const found = (field: Finding["field"]) => findings.find((one) => one.field === field)?.value;
  const [funder, grantee, purpose] = [
    found("funders"),
    found("leadOrganization"),
    found("description"),
  ];
  return grantOfRecord(blocks, {
    ...(funder && { funder }),
    ...(grantee && { grantee }),
    ...(purpose && { purpose }),
    program,
  });
}

/** Each record of a round that is announced is an award of that day. */
function awardOf(
  { grantee, evidence }: ToldGrant,
  funder: string,
  announced: TypedDate | undefined,
): ToldEvent {
  return {
    kind: "award",
    ...(announced && { on: announced.date, dated: "announced" as const }),
    parties: [
      { role: "funder", name: funder },
      ...(grantee ? [{ role: "grantee" as const, name: grantee }] : []),
    ],
    evidence: [
      ...evidence.map((proof) => ({ ...proof, field: "event" as const, value: "award" })),
      ...(announced ? [standingDate(announced).proof] : []),
    ],
  };
}

/** An entry that tells a sum, and not as much as a section does. */
function isGrant({ blocks, name }: ListRecord): boolean {
  if (lengthOf(blocks) + blocks.length > 1500) return false;
  const told = blocks.map((block) => block.text).join(" ");
  return findMoney(told.slice(wordsOf(name).length)).some(({ amount }) => amount >= 1000);
}

/**
 * An article has headings for anything, and sums of money below them. One is an effort where a round is
 * announced and its terms are told, or where it says so itself.
 */
function isEffort(ctx: Context, record: ListRecord, isRound: boolean): boolean {
  const name = wordsOf(takeNameApart(ctx, record.name).name);
  const { isName, hasEffortNoun } = judgeName(name);
  if (!isName) return false;
  if (entriesNamed(ctx.knowledge, name).length > 0) return true;
  if (isListicle(ctx.title?.name ?? "")) return false;
  const isTermed = isRound && record.blocks.some(({ text }) => grantTerm.test(text));
  return (
    isTermed ||
    hasEffortNoun ||
    isLabelled(record, name) ||
    record.blocks.some((block) => definesUndertaking(block, name))
  );
}

/** How long money is given for, and to whom: "over 18 months", "a two-year grant", "$2 million to Pine College". */
const grantTerm =
  /\b(?:over|for)\s+(?:\S+\s+){1,2}(?:months?|years?)\b|\b(?:month|year)[\s-]+(?:grant|award)|\bgrants?\b|\bawarded\b|(?:\$|\u20ac|\u00a3)[\d.,]+(?:\s+(?:thousand|million|billion))?\s+to\s+(?:the\s+)?\p{Lu}|\bTo\s+(?:the\s+)?\p{Lu}[^.$]{2,80},\s+\$/u;

/** Who gets the money, and the sentences that say for what. */
function grantTerms(record: ListRecord): Finding[] {
  const findings: Finding[] = [];
  for (const block of record.blocks) {
    const { text } = block;
    const opens = block === record.nameBlock ? wordsOf(record.name).length : 0;
    const money = findMoney(text)[0];
    const terms = money && sentencesOf(block).find(({ to }) => to > money.start);
    // Who gets it stands behind the sum, or, "To X, $2 million …", before it.
    const places = money
      ? [Math.max(opens, money.end), Math.max(opens, terms?.from ?? 0)].flatMap((from) =>
          [/\b[Tt]o\s+(?:the\s+)?(?=\p{Lu})/u, /\bfor\s+(?:the\s+)?(?=\p{Lu})/u].flatMap((cue) => {
            const match = cue.exec(text.slice(from, terms?.to));
            return match ? [from + match.index + match[0].length] : [];
          }),
        )
      : [];
    const [from] = places;
    if (from !== undefined) {
      const end =
        /[;:(]|\.(?=\s|$)|,\s+(?:with|which|where|as)\s|,?\s+(?:(?:to|for|in)\s+(?:(?:the|an?)\s+)?(?!(?:the|an?)\s)[\p{Ll}\d$]|which\s|that\s|over\s|through\s)/u.exec(
          text.slice(from).replace(/(?<![\p{L}&])(\p{Lu}|Inc|St)\./gu, "$1\u00b7"),
        );
      const stretch = within(whole(block), from, end ? from + end.index : text.length);
      const isItself = namesAny([wordsOf(stretch)], wordsOf(record.name));
      if (!isItself && wordsOf(stretch).length < 100)
        findings.push(proves("leadOrganization", wordsOf(stretch), stretch, "sentence", 0.65));
    }
    const purpose = sentencesOf(block).filter(
      (sentence) => sentence.from >= opens && wordsOf(sentence).length > 40,
    );
    const first = purpose.find((sentence) => findMoney(wordsOf(sentence)).length === 0);
    const last = purpose.at(-1);
    if (first && last) {
      const stretch = { of: block, from: first.from, to: last.to };
      findings.push(proves("description", wordsOf(stretch), stretch, "sentence", 0.6));
    }
  }
  return findings;
}

const grantVerb =
  /^(?:the\s+)?(.{3,90}?)\s+(?:has\s+|have\s+|today\s+)*(?:awards?|awarded|announces?|announced|approves?|approved|grants|granted|commits|committed|gives|gave|invests?|invested|makes|made)\b.{0,80}?(?:\$|\bgrants?\b|\bawards?\b|\binvestments?\b|\bmillion\b|\bfunding\b)/i;

/** The organization that a headline or a first sentence says awards the grants. */
function findGrantor(ctx: Context, blocks: readonly Block[]): Finding | undefined {
  for (const sentence of openingOf(ctx, blocks)) {
    const match = grantVerb.exec(wordsOf(sentence));
    if (!match) continue;
    const at = match[0].indexOf(match[1]!);
    const stretch = within(sentence, at, at + match[1]!.length);
    const one = splitOrganizations(stretch, ctx.gazetteer)[0];
    if (
      one &&
      (looksLikeOrganization(one.name) ||
        knownOrganization(one.name, ctx.gazetteer) !== undefined ||
        sentence.of === ctx.titleBlock)
    ) {
      return proves("funders", one.name, one.stretch, "sentence", 0.75);
    }
  }
  return undefined;
}

/** The headline and the first sentences below it. */
const openingOf = (ctx: Context, blocks: readonly Block[]): Stretch[] =>
  [ctx.titleBlock, ...blocks.filter((block) => block.level === 0).slice(0, 4)].flatMap((block) =>
    block ? sentencesOf(block).slice(0, 3) : [],
  );

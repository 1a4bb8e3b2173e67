import type { LifeSign } from "@waymark/domain";
import {
  canonicalAddress,
  endAfter,
  type FoundDate,
  findDates,
  findDurations,
  findPlaces,
  looksLikeAcronym,
} from "@waymark/normalize";
import type { Block } from "../page/page.ts";
import { mapSource } from "../page/quote.ts";
import { type Context, grantorOf } from "../page/site.ts";
import { describingBlocks, describingWords, firstWords } from "./description.ts";
import { type Finding, proves, type Stretch, whole, within, wordsOf } from "./finding.ts";
import { labelledKind } from "./kind-of-effort.ts";
import { findLabelled, type LabelledValue } from "./label.ts";
import { type LabelMeaning, meaningOf } from "./label-meaning.ts";
import { findSigns, statusOf } from "./life-signs.ts";
import { readOrganization, splitOrganizations } from "./organization-list.ts";
import { type Subject, sentencesWithin } from "./sentence.ts";
import { readSentences } from "./told.ts";
import { readContacts } from "./told-contacts.ts";
import { readStates } from "./told-places.ts";

/** What a stretch of a page says of one effort; `told` is how its paragraphs begin. */
export type Description = { findings: Finding[]; signs: LifeSign[]; told: string };

/** Reads everything the given blocks say of a subject: labels first, then sentences, then signs. */
export function describe(
  ctx: Context,
  blocks: readonly Block[],
  subject: Subject,
  {
    columns = [],
    notices = [],
    facts = [],
  }: {
    columns?: readonly Column[];
    notices?: readonly Block[];
    /** Blocks beside the text, of which only labels with their values count. */
    facts?: readonly Block[];
  } = {},
): Description {
  const findings: Finding[] = [];
  const columnBlocks = new Set(columns.flatMap((column) => column.values.map((value) => value.of)));
  for (const { meaning, values } of columns)
    findings.push(...readLabel(ctx, meaning, values, "label"));
  const rest = blocks.filter((block) => !columnBlocks.has(block));
  const { labelled, used } = findLabelled(ctx.page, rest);
  const entries = [...labelled, ...findLabelled(ctx.page, facts).labelled];
  for (const one of entries.slice(0, labelsMax)) {
    const method = one.label.level > 0 && one.label.level < 7 ? "heading" : "label";
    findings.push(...readLabel(ctx, one.meaning, [...one.values, ...logosUnder(ctx, one)], method));
  }
  const isGrant = [...columns, ...labelled].some(
    ({ meaning }) => meaning === "grantee" || meaning === "amount",
  );
  const grantor =
    isGrant && !findings.some(({ field }) => field === "funders") ? grantorOf(ctx) : undefined;
  if (grantor) findings.push(grantor);
  const prose = rest.filter((block) => !used.has(block) && block.level === 0);
  if (!findings.some(({ field }) => field === "description")) {
    const words = describingWords(prose, subject.names, (block) => beginOfLabels(block, labelled));
    if (words) findings.push(proves("description", wordsOf(words), words, "sentence", 0.7));
  }
  for (const block of prose.slice(0, 60))
    findings.push(...readSentences(block, subject, ctx.gazetteer));
  for (const block of prose.filter((one) => one.text.length > 30).slice(0, 4)) {
    findings.push(...readStates(block, subject, ctx.gazetteer));
  }
  findings.push(...readContacts(rest));
  const found = findSigns([...notices, ...prose.slice(0, 30)], subject);
  const signs = found.map(({ sign }) => sign);
  findings.push(...found.map(({ evidence }) => evidence));
  const status = findings.find(({ field }) => field === "status");
  if (status && status.value !== "active" && !signs.some(({ kind }) => kind === status.value)) {
    signs.push({ kind: status.value as "ended" | "planned", confidence: 0.85 });
    findings.push({ ...status, field: "sign" });
  }
  const told = describingBlocks(prose, 3)
    .map(({ text }) => text.slice(0, 800))
    .join("\n");
  return { findings, signs, told };
}

/** Where a paragraph goes over to a label with its value: "… Lead organization: X." */
const beginOfLabels = (block: Block, labelled: readonly LabelledValue[]): number =>
  Math.min(...labelled.filter(({ label }) => label === block).map(({ values }) => values[0]!.from));

/** Values whose label stands at the head of a table's column. */
export type Column = { meaning: LabelMeaning; values: Stretch[] };

function readLabel(
  ctx: Context,
  meaning: LabelMeaning,
  values: readonly Stretch[],
  method: "label" | "heading",
): Finding[] {
  const sure = method === "label" ? 0.9 : 0.8;
  const first = values[0];
  if (!first) return [];
  switch (meaning) {
    case "lead":
    case "grantee":
      return readLead(ctx, first, meaning === "lead" ? sure : sure - 0.15);
    case "funders":
    case "partners":
      return values.flatMap((value) =>
        listedIn(ctx, value).map(({ name, stretch }) =>
          proves(meaning, name, stretch, method, sure),
        ),
      );
    case "states":
      return values.flatMap((value) =>
        findPlaces(wordsOf(value))
          .filter((state) => !state.address)
          .map((state) =>
            proves("states", state.code, within(value, state.start, state.end), method, sure),
          ),
      );
    case "start":
    case "end":
    case "period":
      return readPeriod(first, meaning, sure);
    case "status": {
      const status = wordsOf(first).length < 60 ? statusOf(wordsOf(first)) : undefined;
      return status ? [proves("status", status, first, method, sure)] : [];
    }
    case "aliases":
      return readAliases(values, sure);
    case "website":
      return values.flatMap((value) => readWebsite(ctx, value)).slice(0, 1);
    case "kind":
      return labelledKind(first, sure);
    case "description":
      return describing(values, method, sure);
    default:
      return [];
  }
}

function describing(
  values: readonly Stretch[],
  method: "label" | "heading",
  sure: number,
): Finding[] {
  const text = values.find((value) => wordsOf(value).split(" ").length >= 5);
  if (!text) return [];
  const words = firstWords(sentencesWithin(text));
  return [proves("description", wordsOf(words), words, method, sure)];
}

/** A lead is one value: two that share the work stay as the page writes them. */
function readLead(ctx: Context, value: Stretch, sure: number): Finding[] {
  const one = readOrganization(value, ctx.gazetteer);
  return one && one.name.length <= 120
    ? [proves("leadOrganization", one.name, one.stretch, "label", sure)]
    : [];
}

/** Organizations in a value: a list, or the first words of an entry that goes on to tell about one. */
function listedIn(ctx: Context, value: Stretch): { name: string; stretch: Stretch }[] {
  const text = wordsOf(value);
  const words = text.split(" ");
  const small = words.filter(
    (word) => /^\p{Ll}/u.test(word) && !/^(?:of|for|and|the|in|on|at|to)\W?$/.test(word),
  );
  const isProse = words.length > 12 && /\.$/.test(text) && !/[;\u00b7|]| \* /.test(text);
  if (isProse && small.length > words.length / 6) return [];
  const told = /^(.{3,80}?)(?:\s+[\u2013\u2014-]\s+|:\s+)(?=\S)/.exec(text);
  const inner = told && !/[,;\u00b7|]/.test(told[1]!) ? within(value, 0, told[1]!.length) : value;
  return splitOrganizations(inner, ctx.gazetteer);
}

function readPeriod(value: Stretch, meaning: "start" | "end" | "period", sure: number): Finding[] {
  const dates = findDates(wordsOf(value));
  if (dates.length === 0 || wordsOf(value).length > 80) return [];
  const at = (date: (typeof dates)[number]) => within(value, date.start, date.end);
  const first = dates[0]!;
  const last = dates.at(-1)!;
  if (dates.length === 2 && first.date <= last.date) {
    return [
      proves("start", first.date, at(first), "label", sure),
      proves("end", last.date, at(last), "label", sure),
    ];
  }
  if (meaning === "end") return [proves("end", last.date, at(last), "label", sure)];
  if (meaning === "start") return [proves("start", first.date, at(first), "label", sure)];
  const kind = first.kind === "end" ? "end" : first.kind === "start" ? "start" : undefined;
  return kind
    ? [proves(kind, first.date, at(first), "label", sure), ...derivedEnd(value, first)]
    : [];
}

/** "24 months from March 1, 2024": the end follows from both, and both are its proof. */
function derivedEnd(value: Stretch, begun: FoundDate): Finding[] {
  const lasts = findDurations(wordsOf(value));
  const end =
    begun.kind === "start" && lasts.length === 1 && endAfter(begun.date, lasts[0]!.months);
  if (!end) return [];
  const [from, to] = [Math.min(lasts[0]!.start, begun.start), Math.max(lasts[0]!.end, begun.end)];
  return [proves("end", end, within(value, from, to), "label", 0.5)];
}

function readAliases(values: readonly Stretch[], sure: number): Finding[] {
  return values.flatMap((value) => {
    const text = wordsOf(value);
    return [...text.matchAll(/[^;|\u00b7\u2022,]+/g)].flatMap((match) => {
      const part = within(value, match.index, match.index + match[0].length);
      const name = wordsOf(part).replace(/\.$/, "");
      if (name.length < 2 || name.length > 120 || !/^[\p{Lu}\d]/u.test(name)) return [];
      return [proves(looksLikeAcronym(name) ? "acronym" : "aliases", name, part, "label", sure)];
    });
  });
}

function readWebsite(ctx: Context, value: Stretch): Finding[] {
  const block = ctx.page.blocks.find((one) => one === value.of);
  const link = block?.spans.find(
    (span) => span.kind === "link" && span.href && span.from < value.to && span.to > value.from,
  );
  const written = /(?:https?:\/\/|www\.)[^\s,;)]+/i.exec(wordsOf(value));
  if (link?.href) {
    const url = canonicalAddress(link.href, ctx.page.url);
    return url
      ? [proves("url", url, { of: value.of, from: link.from, to: link.to }, "link", 0.85)]
      : [];
  }
  const url =
    written && canonicalAddress(written[0].replace(/^www/i, "http://www").replace(/\.$/, ""));
  return written && url
    ? [
        proves(
          "url",
          url,
          within(value, written.index, written.index + written[0].length),
          "link",
          0.85,
        ),
      ]
    : [];
}

/** No effort is told in more labels than this. */
const labelsMax = 200;

/** Logos under a heading such as "Partners" are told by their alternative text. */
function logosUnder(ctx: Context, { meaning, label }: LabelledValue): Stretch[] {
  if (meaning !== "partners" && meaning !== "funders") return [];
  const next = ctx.page.blocks.find(
    (block) =>
      block.index > label.index &&
      block.level > 0 &&
      (block.level <= (label.level || 7) || meaningOf(block.text)),
  );
  return logosBetween(ctx, label.index, next?.index ?? Number.POSITIVE_INFINITY);
}

/** The alternative texts of images between two blocks, as stretches. */
export const logosBetween = (ctx: Context, after: number, before: number): Stretch[] =>
  ctx.page.images
    .filter(
      ({ blockIndex, place }) => blockIndex > after && blockIndex <= before && place === "main",
    )
    .map(({ start, end }) => {
      const text = mapSource(ctx.page.source, start, end);
      return within(whole(text), 0, text.text.replace(/\s+logo$/i, "").length);
    });

import type { ChangeEvidence, Evidence, Field, Knowledge, KnownMention } from "@waymark/domain";
import { isSetField } from "@waymark/domain";
import { sameValue } from "./same-value.ts";

type Proven = Field | "relation" | "sign";

/** The quotes on a mention's page that prove a value of a field; any value of it when none is named. */
export function quotesOf(
  { mention, page }: KnownMention,
  field: Proven,
  value?: string,
  knowledge?: Knowledge,
): ChangeEvidence[] {
  return mention.evidence
    .filter((evidence) => evidence.field === field && proves(evidence, field, value, knowledge))
    .toSorted((one, other) => other.confidence - one.confidence || one.start - other.start)
    .map((evidence) => ({
      ...evidence,
      type: "quote" as const,
      url: page.url,
      pageId: page.id,
      snapshotId: page.snapshotId,
      readerVersion: page.readerVersion,
    }));
}

/** How surely the page says so, by its best quote; 0 without one. */
export const certaintyOf = (
  known: KnownMention,
  field: Proven,
  value?: string,
  knowledge?: Knowledge,
): number =>
  Math.max(
    0,
    ...quotesOf(known, field, value, knowledge).map((quote) =>
      quote.type === "quote" ? quote.confidence : 0,
    ),
  );

function proves(
  evidence: Evidence,
  field: Proven,
  value: string | undefined,
  knowledge: Knowledge | undefined,
): boolean {
  if (value === undefined) return true;
  if (field === "sign" || field === "relation") return evidence.value === value;
  if (isSetField(field)) return sameValue(field, [evidence.value], [value], knowledge);
  return sameValue(field, evidence.value, value, knowledge);
}

/**
 * One of each, in a fixed order: the surest of every field, then of every page, so that few proofs come
 * from many pages, then the rest.
 */
export function gather(evidence: ChangeEvidence[], max = 6): ChangeEvidence[] {
  const kept = new Map<string, ChangeEvidence>();
  for (const each of evidence) kept.set(placeOf(each), kept.get(placeOf(each)) ?? each);
  const ranked = [...kept.entries()]
    .toSorted(([keyA, a], [keyB, b]) => sureness(b) - sureness(a) || (keyA < keyB ? -1 : 1))
    .map(([, each]) => each);
  const seen = new Map<string, number>();
  const turnOf = (key: string): number => {
    const turn = seen.get(key) ?? 0;
    seen.set(key, turn + 1);
    return turn;
  };
  return ranked
    .map((each, rank) => {
      const ofField = turnOf(each.type === "quote" ? `field ${each.field}` : "outcome");
      const ofPage = turnOf(`page ${each.url}`);
      return { each, rank, turn: ofField === 0 ? 0 : ofPage + 1 };
    })
    .toSorted((one, other) => one.turn - other.turn || one.rank - other.rank)
    .slice(0, max)
    .map(({ each }) => each);
}

const sureness = (evidence: ChangeEvidence): number =>
  evidence.type === "quote" ? evidence.confidence : 1;

const placeOf = (evidence: ChangeEvidence): string =>
  evidence.type === "quote"
    ? [evidence.url, evidence.snapshotId, evidence.field, evidence.value, evidence.start].join(" ")
    : [evidence.url, evidence.outcome, evidence.at].join(" ");

/** How sure several pages together make us: independent sites add up, pages of one site do not. */
export function together(certainties: { site: string; certainty: number }[]): number {
  const bySite = new Map<string, number>();
  for (const { site, certainty } of certainties) {
    bySite.set(site, Math.max(bySite.get(site) ?? 0, certainty));
  }
  const doubt = [...bySite.values()]
    .toSorted((a, b) => a - b)
    .reduce((left, certainty) => left * (1 - certainty), 1);
  return Math.min(0.99, Math.round((1 - doubt) * 1000) / 1000);
}

import type {
  ChangeEvidence,
  ClusterId,
  FieldDelta,
  Initiative,
  InitiativeId,
  Knowledge,
  KnownEffort,
  KnownMention,
  MentionId,
  ProposedChange,
  Proposer,
} from "@waymark/domain";
import { fingerprintOf } from "./fingerprint.ts";
import { fuseValues } from "./fuse-values.ts";
import { inOrder } from "./pair.ts";
import { priorityOf } from "./priority.ts";
import { gather, quotesOf } from "./proof.ts";
import { defaultSettings } from "./settings.ts";
import { voicesOf } from "./voice.ts";

/**
 * The change by which a person says that two entries are one effort. It is the same change that pages
 * would lead to: proposed twice, it is one question.
 */
export function mergeByHand(
  one: Initiative,
  other: Initiative,
  { by, mentions }: { by: Proposer; mentions: readonly KnownMention[] },
): ProposedChange {
  const { goes } = inOrder(one.id, other.id);
  const [from, into] = goes === one.id ? [one, other] : [other, one];
  return {
    kind: "duplicate",
    fingerprint: fingerprintOfMerge(one.id, other.id),
    ...faceOf(from),
    fields: [],
    other: { id: into.id, name: into.values.name },
    evidence: quotesOfNames(mentions),
    reasons: [saidBy(by, "the two are one effort")],
    ...weightOf("duplicate"),
    by,
  };
}

/** The fingerprint of the change that would merge two entries, whichever of them asks. */
export function fingerprintOfMerge(one: InitiativeId, other: InitiativeId): string {
  const { stays, goes } = inOrder(one, other);
  return fingerprintOf({ kind: "duplicate", effort: { initiativeId: stays }, about: goes });
}

/**
 * The change by which a person says that some mentions of an entry are about another effort: one that
 * becomes an entry of its own, with what these mentions tell of it, or one that is unseen again.
 */
export function splitByHand(
  initiative: Initiative,
  {
    mentions,
    into,
    by,
  }: { mentions: readonly KnownMention[]; into: "entry" | "unseen"; by: Proposer },
  given: { knowledge: Knowledge; now: Date },
): ProposedChange {
  const ids = mentions.map(({ id }): MentionId => id).toSorted();
  return {
    kind: "split",
    fingerprint: fingerprintOf({
      kind: "split",
      effort: { initiativeId: initiative.id },
      about: `${into} ${ids.join(" ")}`,
    }),
    ...faceOf(initiative),
    fields: into === "entry" ? toldBy(mentions, given) : [],
    other: null,
    mentionIds: ids,
    evidence: quotesOfNames(mentions),
    reasons: [saidBy(by, "these mentions are about another effort")],
    ...weightOf("split"),
    by,
  };
}

/** What mentions tell of an effort that the catalog does not have; its name they tell at the least. */
function toldBy(
  mentions: readonly KnownMention[],
  { knowledge, now }: { knowledge: Knowledge; now: Date },
): FieldDelta[] {
  const known: KnownEffort = {
    effort: { clusterId: "split" as ClusterId },
    initiative: undefined,
    mentions: [...mentions],
    ownAddresses: [],
    ownDates: [],
    lookalikes: [],
    namedBy: 0,
    past: [],
  };
  const { deltas } = fuseValues(voicesOf(known, knowledge, now, defaultSettings), knowledge);
  if (deltas.some(({ field }) => field === "name")) return deltas;
  const name = mentions.map(({ mention }) => mention.name).toSorted()[0]!;
  return [{ field: "name", old: null, new: name }, ...deltas];
}

const quotesOfNames = (mentions: readonly KnownMention[]): ChangeEvidence[] =>
  gather(mentions.flatMap((mention) => quotesOf(mention, "name")));

const faceOf = ({ values }: Initiative) => ({ title: values.name, url: values.url ?? null });

const weightOf = (kind: "duplicate" | "split") => ({
  confidence: 1,
  priority: priorityOf({ kind, fields: [], confidence: 1, knownDays: 0 }),
  confirmBy: [],
});

/** The reason of a change that stands on somebody's word, as a sentence. */
export const saidBy = ({ who, why }: Proposer, what: string): string =>
  `${who} says that ${what}${why ? `: ${why}` : ""}.`;

import {
  type ChangeEvidence,
  explainMatch,
  type Initiative,
  type InitiativeId,
  type Knowledge,
  type KnownEffort,
  type KnownMention,
  type Lookalike,
} from "@waymark/domain";
import { saidBy } from "./by-hand.ts";
import type { Draft } from "./draft.ts";
import { fold } from "./fold.ts";
import { inOrder } from "./pair.ts";
import { gather, quotesOf } from "./proof.ts";
import type { ReviewSettings } from "./settings.ts";
import type { Voice } from "./voice.ts";

/** Another entry, and what the matcher and the curators said of the pair, if they ever met. */
type Rival = Pick<Lookalike, "initiativeId" | "name"> & Partial<Lookalike>;

/**
 * Other entries that are the same effort: the matcher says so, or a page of one calls it by the other's
 * name. A pair has one fingerprint from whichever side it is asked; what the matcher sees from both sides
 * is asked from the greater id alone.
 */
export function proposeDuplicates(
  known: KnownEffort,
  initiative: Initiative,
  voices: Voice[],
  { knowledge, settings }: { knowledge: Knowledge; settings: ReviewSettings },
): Draft[] {
  return rivalsOf(known, initiative, voices, knowledge).flatMap((rival) => {
    const draft = draftOf(initiative, rival, voices, settings);
    return draft ? [draft] : [];
  });
}

/** The lookalikes, and the entries whose names pages give this effort however little they look alike. */
function rivalsOf(
  { lookalikes }: KnownEffort,
  { id }: Initiative,
  voices: Voice[],
  knowledge: Knowledge,
): Rival[] {
  const rivals = new Map<string, Rival>(lookalikes.map((each) => [each.initiativeId, each]));
  const called = voices.flatMap(({ mention }) => mention.aliases.map(fold));
  for (const { id: otherId, names } of called.length ? knowledge.names : []) {
    const [name] = names;
    if (name === undefined || otherId === id || rivals.has(otherId)) continue;
    if (!called.some((alias) => begins(fold(name), alias))) continue;
    rivals.set(otherId, { initiativeId: otherId as InitiativeId, name });
  }
  return [...rivals.values()].toSorted((one, other) =>
    one.initiativeId < other.initiativeId ? -1 : 1,
  );
}

function draftOf(
  initiative: Initiative,
  { initiativeId, name, match, judgement, by, mentions = [] }: Rival,
  voices: Voice[],
  settings: ReviewSettings,
): Draft | undefined {
  if (judgement === "different" || judgement === "unsure") return undefined;
  const { stays, goes } = inOrder(initiative.id, initiativeId);
  const ours = voices.map(({ known }) => known);
  const theirs = mentions.filter(({ missingCount }) => missingCount < settings.missingVisits);
  const said = [...callsIt(ours, name), ...callsIt(theirs, initiative.values.name)];
  const same = (match?.verdict === "same" || judgement === "same") && initiative.id === goes;
  // A relation that the matcher sees explains a shared name: the predecessor, the phase, the part.
  const told = said.length > 0 && match?.verdict !== "related";
  if (!same && !told) return undefined;
  const names = [...ours, ...theirs].flatMap((mention) => quotesOf(mention, "name"));
  return {
    kind: "duplicate",
    deltas: [],
    effort: { initiativeId: stays },
    about: goes,
    other: { id: initiativeId, name },
    evidence: gather(said.length ? said : names, 6),
    confidence: by ? 1 : Math.max(told ? 0.9 : 0, same ? (match?.score ?? 0.9) : 0),
    ...(by && { by }),
    modelVersion: same ? match?.modelVersion : undefined,
    reasons: [
      ...(by ? [saidBy(by, "the two are one effort")] : []),
      ...(told
        ? [`A page gives ${initiative.values.name} and ${name} as names of one effort.`]
        : []),
      ...(match ? explainMatch(match, { record: initiative.values.name, candidate: name }) : []),
    ],
    confirmBy: [],
    voices: [],
  };
}

/** The quotes by which pages give an effort a name among its others. A line of a list is not enough. */
function callsIt(mentions: KnownMention[], name: string): ChangeEvidence[] {
  const key = fold(name);
  return mentions
    .filter(({ mention }) => mention.role !== "listing")
    .filter(({ mention }) => mention.relations.every((relation) => fold(relation.name) !== key))
    .flatMap((mention) =>
      quotesOf(mention, "aliases").filter(
        (quote) =>
          quote.type === "quote" &&
          quote.confidence >= 0.6 &&
          (fold(quote.value) === key ||
            (begins(key, fold(quote.value)) && calls(quote.quote, quote.value, name))),
      ),
    );
}

/** A reader that stops at a comma takes the beginning of a name for the name. */
const begins = (key: string, alias: string): boolean =>
  key === alias || (alias !== "" && key.startsWith(`${alias} `));

/** Whether a quote goes on with the whole name where the alias stands. */
const calls = (quote: string, alias: string, name: string): boolean => {
  const at = quote.lastIndexOf(alias);
  return at >= 0 && begins(fold(quote.slice(at)), fold(name));
};

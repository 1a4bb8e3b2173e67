import type {
  ChangeEvidence,
  FieldDelta,
  Initiative,
  Knowledge,
  LifeSign,
  PartialDate,
} from "@waymark/domain";
import { gather, quotesOf, together } from "./proof.ts";
import { sameName, sameValue } from "./same-value.ts";
import type { Voice } from "./voice.ts";

/** That the effort has ended, as somebody entitled to say so says it. */
export type EndClaim = {
  deltas: FieldDelta[];
  /** The day, month or year of the ending, when a statement gives it. */
  on: PartialDate | undefined;
  certainty: number;
  evidence: ChangeEvidence[];
  reasons: string[];
  voices: Voice[];
  rule?: string;
};

type Statement = {
  voice: Voice;
  certainty: number;
  on: PartialDate | undefined;
  successor: string | undefined;
  evidence: ChangeEvidence[];
};

const signCertaintyMin = 0.6;

/**
 * An ending told in words: a notice, an archive's banner, a merger, or the past tense together with a
 * closing date. The first reading counts, since a statement needs no comparison.
 */
export function claimEnd(
  initiative: Pick<Initiative, "values">,
  voices: Voice[],
  { knowledge, now }: { knowledge: Knowledge; now: Date },
): EndClaim | undefined {
  if (initiative.values.status === "ended") return undefined;
  const statements = voices.flatMap((voice) => {
    const statement = statementOf(voice, initiative, knowledge, now);
    return statement ? [statement] : [];
  });
  if (statements.length === 0) return undefined;
  const entitled = statements.filter(
    ({ voice }) =>
      voice.standing === "own" || voice.standing === "news" || voice.standing === "lead",
  );
  const sites = new Set(statements.map(({ voice }) => voice.site));
  // Who repeats others is right when the effort's own page states an end that has come.
  const due = voices.find((voice) => voice.standing === "own" && isOver(voice));
  const believed = entitled.length > 0 || sites.size >= 2 || due !== undefined;
  const speaking = entitled.length > 0 ? entitled : statements;
  const agreed = agreedOn(speaking);
  const on = agreed.on ?? due?.mention.end ?? undefined;
  const { successor } = agreed;
  const deltas: FieldDelta[] = [
    { field: "status", old: initiative.values.status ?? null, new: "ended" },
  ];
  if (on && !sameValue("end", on, initiative.values.end)) {
    deltas.push({ field: "end", old: initiative.values.end ?? null, new: on });
  }
  const claim: EndClaim = {
    deltas,
    on,
    certainty: together(
      statements.map(({ voice, certainty }) => ({ site: voice.site, certainty })),
    ),
    evidence: gather([
      ...statements.flatMap(({ evidence }) => evidence),
      ...(due && on === due.mention.end ? quotesOf(due.known, "end", on) : []),
    ]),
    reasons: [
      ...speaking.map(({ voice }) => `${voice.site} says that it has ended.`),
      ...(successor ? [`It goes on as part of ${successor}.`] : []),
    ].filter((reason, n, all) => all.indexOf(reason) === n),
    voices: statements.map(({ voice }) => voice),
  };
  return believed ? claim : { ...claim, rule: "not-authoritative" };

  function isOver(voice: Voice): boolean {
    const end = endOf(voice, knowledge);
    return end !== undefined && isPast(end, now);
  }
}

function statementOf(
  voice: Voice,
  { values }: Pick<Initiative, "values">,
  knowledge: Knowledge,
  now: Date,
): Statement | undefined {
  const { mention, known, baseline } = voice;
  const told = endOf(voice, knowledge);
  const names = [values.name, ...(values.aliases ?? [])];
  const signs = mention.signs.filter(
    (sign) =>
      (ends(sign) || (sign.kind === "past-tense" && told !== undefined && isPast(told, now))) &&
      // Two efforts stand in the notice of a merger; the one that takes over has not ended.
      !(sign.successor && names.some((name) => sameName(name, sign.successor!))) &&
      !(sign.on && !isPast(sign.on, now)),
  );
  const best = signs.toSorted(
    (one, other) => other.confidence - one.confidence || (one.kind < other.kind ? -1 : 1),
  )[0];
  const labelled = mention.status === "ended" ? quotesOf(known, "status", "ended") : [];
  const labelCertainty = Math.max(
    0,
    ...labelled.map((quote) => ("confidence" in quote ? quote.confidence : 0)),
  );
  if (!best && labelCertainty < 0.7) return undefined;
  if (best && saidBefore(best)) return undefined;
  if (!best && baseline?.status === "ended") return undefined;
  const on = best?.on ?? (told !== undefined && isPast(told, now) ? told : undefined);
  const evidence = [
    ...(best ? quotesOf(known, "sign", best.kind) : []),
    ...labelled,
    ...(on ? quotesOf(known, "end", on).slice(0, 1) : []),
  ];
  if (evidence.length === 0) return undefined;
  const sure = best
    ? best.kind === "past-tense"
      ? Math.min(best.confidence, 0.75)
      : best.confidence
    : 0;
  return {
    voice,
    certainty: Math.max(sure, labelCertainty),
    on,
    successor: best?.successor,
    evidence,
  };

  function saidBefore(sign: LifeSign): boolean {
    return baseline?.signs.some((before) => before.kind === sign.kind && ends(before)) ?? false;
  }
}

const ends = ({ kind, confidence }: LifeSign): boolean =>
  confidence >= signCertaintyMin && (kind === "ended" || kind === "archived" || kind === "merged");

/** A closing date that the page bears itself; one the catalog knows is no word of the page. */
const endOf = ({ mention, known }: Voice, knowledge: Knowledge): PartialDate | undefined =>
  mention.end && quotesOf(known, "end", mention.end, knowledge).length > 0
    ? mention.end
    : undefined;

// A notice may name the last day of the month that is running; only what lies beyond is still to come.
const isPast = (date: PartialDate, now: Date): boolean => {
  const month = date.slice(0, 7);
  return month <= now.toISOString().slice(0, month.length);
};

/** What the most certain statement says of when and into what; own pages speak before others. */
function agreedOn(statements: Statement[]): {
  on?: PartialDate | undefined;
  successor?: string | undefined;
} {
  const ranked = statements.toSorted(
    (one, other) =>
      Number(other.voice.standing === "own") - Number(one.voice.standing === "own") ||
      other.certainty - one.certainty ||
      (one.voice.known.id < other.voice.known.id ? -1 : 1),
  );
  return {
    on: ranked.find(({ on }) => on !== undefined)?.on,
    successor: ranked.find(({ successor }) => successor !== undefined)?.successor,
  };
}

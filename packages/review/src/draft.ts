import type {
  ChangeEvidence,
  ChangeKind,
  Effort,
  FieldDelta,
  KnownEffort,
  MentionId,
  PageId,
  ProposedChange,
  Suppression,
} from "@waymark/domain";
import { fingerprintOf } from "./fingerprint.ts";
import { priorityOf } from "./priority.ts";
import { dayMs } from "./settings.ts";
import { changedAt, type Voice } from "./voice.ts";

/** A proposal before the past of its effort had its say; with `rule`, one that is held back. */
export type Draft = {
  kind: ChangeKind;
  deltas: FieldDelta[];
  /** What stands in the fingerprint for a proposal without deltas. */
  about?: string;
  /** Whose proposal it is by its fingerprint, where that is not the effort under review. */
  effort?: Effort;
  /** The deltas that make it the same proposal another night; all of them when absent. */
  telling?: FieldDelta[];
  other?: ProposedChange["other"];
  /** Whose word it stands on, where it is not the pages' alone. */
  by?: ProposedChange["by"];
  freshness?: ProposedChange["freshness"];
  evidence: ChangeEvidence[];
  confidence: number;
  reasons: string[];
  modelVersion?: string | undefined;
  confirmBy: PageId[];
  voices: Voice[];
  rule?: string;
};

export type Sorted = {
  changes: ProposedChange[];
  suppressions: Suppression[];
  pending: Set<MentionId>;
};

/** Drafts become changes or suppressions, by what was said of the same proposal before. */
export function sortDrafts(
  drafts: Draft[],
  known: KnownEffort,
  face: { title: string; url: string | null },
  now: Date,
): Sorted {
  const sorted: Sorted = { changes: [], suppressions: [], pending: new Set() };
  const seen = new Set<string>();
  for (const draft of drafts) {
    const fingerprint = fingerprintOf({
      kind: draft.kind,
      effort: draft.effort ?? known.effort,
      deltas: draft.telling ?? draft.deltas,
      ...(draft.about === undefined ? {} : { about: draft.about }),
    });
    const past = known.past.filter((each) => each.fingerprint === fingerprint);
    const rule =
      draft.rule ??
      ruleOfThePast(past) ??
      (draft.evidence.length || draft.by ? undefined : "no-evidence");
    const key = `${fingerprint} ${rule}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (rule) {
      sorted.suppressions.push({
        rule,
        field: draft.deltas[0]?.field ?? null,
        fingerprint,
        reason: reasonOf(rule, draft),
        kind: draft.kind,
        ...face,
        fields: draft.deltas,
        evidence: draft.evidence,
        confidence: draft.confidence,
      });
      continue;
    }
    const confirmed = past.some(({ confirmed }) => confirmed);
    const volatile = past.some(({ state }) => state === "withdrawn");
    const pages = [
      ...new Set(
        volatile
          ? [...draft.confirmBy, ...draft.voices.map(({ known }) => known.page.id)]
          : draft.confirmBy,
      ),
    ];
    sorted.changes.push({
      kind: draft.kind,
      fingerprint,
      ...face,
      fields: draft.deltas,
      other: draft.other ?? null,
      ...(draft.freshness ? { freshness: draft.freshness } : {}),
      ...(draft.by ? { by: draft.by } : {}),
      evidence: draft.evidence,
      confidence: draft.confidence,
      priority: priorityOf({
        kind: draft.kind,
        fields: draft.deltas.map(({ field }) => field),
        confidence: draft.confidence,
        knownDays: knownDays(draft.voices, now),
      }),
      reasons: draft.reasons,
      ...(draft.modelVersion && { modelVersion: draft.modelVersion }),
      confirmBy: confirmed ? [] : pages.toSorted(),
    });
    for (const { known } of draft.voices) sorted.pending.add(known.id);
  }
  return sorted;
}

/** Rejected stays rejected, accepted is done; withdrawn may come again. */
function ruleOfThePast(past: KnownEffort["past"]): string | undefined {
  if (past.some(({ state }) => state === "rejected")) return "rejected-before";
  return past.some(({ state }) => state === "accepted") ? "accepted-before" : undefined;
}

const knownDays = (voices: Voice[], now: Date): number =>
  voices.length ? (now.getTime() - Math.min(...voices.map(changedAt))) / dayMs : 0;

/** Why a rule held a draft back; for what is out of scope, with the words that say so. */
function reasonOf(rule: string, { reasons }: Draft): string {
  const sentence = sentences[rule] ?? `Held back by the rule ${rule}.`;
  return rule === "out-of-scope" ? [sentence, ...reasons].join(" ") : sentence;
}

const sentences: Record<string, string> = {
  "rejected-before": "A curator rejected the same proposal before.",
  "accepted-before": "The same proposal was accepted before, and the catalog was changed since.",
  "no-evidence": "No quote on the page proves it.",
  "not-authoritative": "Only pages that repeat others say so, and no two sites agree.",
  "first-reading":
    "The page was read for the first time: it differs from the catalog, but nothing changed.",
  "not-explicit": "The page hints at it without saying it in words.",
  respelling: "It reads like another spelling of what the catalog holds.",
  "known-alias": "The catalog knows this name as an alias.",
  contradicted: "Another page of its own says what the catalog holds.",
  "still-told": "Another page of its own still names it.",
  "list-gone": "The list is gone from the page altogether.",
  "mostly-gone": "The list lost more than it kept: it was cut short or reshuffled.",
  "generic-name": "The name is a heading or a headline, not the name of an effort.",
  "needs-a-statement": "That it has ended is told by no statement.",
  "moved-to-home": "The address leads to a front door, which is no new place of the effort.",
  "rehearsal-site": "The address is a copy made for the site's builders.",
  prose: "Only wording changed.",
  minor: "Changes of this field are not proposed on their own.",
  "out-of-scope": "Its pages do not tell of learning and work.",
  "unsure-match": "It may be an entry of the catalog: the duplicate workbench asks first.",
  "named-only": "It is only named; no page describes it.",
  organization: "It is the name of an organization, of which a list or its own site tells.",
  "address-moved": "The address is gone because the effort moved.",
  "said-to-have-ended": "A page says that it has ended, which is proposed instead.",
};

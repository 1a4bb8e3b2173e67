import type { Initiative, Knowledge, KnownEffort, MentionId, Review } from "@waymark/domain";
import { type WeighedFreshness, weighFreshness } from "./assess-freshness.ts";
import { claimEnd } from "./claim-end.ts";
import { type Draft, sortDrafts } from "./draft.ts";
import { proposeDuplicates } from "./propose-duplicates.ts";
import { proposeNew } from "./propose-new.ts";
import { proposeStale } from "./propose-stale.ts";
import { proposeUpdates } from "./propose-updates.ts";
import { defaultSettings, type ReviewSettings } from "./settings.ts";
import { type Voice, voicesOf } from "./voice.ts";

type Given = { knowledge: Knowledge; now: Date; settings: ReviewSettings };

/**
 * Holds all that is known of one effort against the catalog. Quiet by design: only values count, a page
 * counts by what it said before, and whoever merely repeats others is not believed alone.
 * Invariant: a change has a delta, another entry or a step of freshness, and evidence.
 */
export function proposeChanges(
  known: KnownEffort,
  knowledge: Knowledge,
  now: Date,
  settings: ReviewSettings = defaultSettings,
): Review {
  const given = { knowledge, now, settings };
  const voices = voicesOf(known, knowledge, now, settings);
  const freshness = weighFreshness(known, now, settings);
  const { step, reason } = freshness;
  const drafts = known.initiative
    ? draftsForEntry(
        known,
        known.initiative,
        voices.filter(isAboutIt(known.initiative)),
        freshness,
        given,
      )
    : proposeNew(known, voices, given);
  const { changes, suppressions, pending } = sortDrafts(drafts, known, faceOf(known, drafts), now);
  return {
    changes,
    suppressions,
    freshness: { step, reason },
    settled: settledOf(voices, pending),
  };
}

function draftsForEntry(
  known: KnownEffort,
  initiative: Initiative,
  voices: Voice[],
  freshness: WeighedFreshness,
  given: Given,
): Draft[] {
  if (initiative.mergedInto !== undefined) return [];
  const end = claimEnd(initiative, voices, given);
  const updates = proposeUpdates(known, initiative, voices, given);
  const ended: Draft[] = end
    ? [
        {
          kind: "ended",
          deltas: end.deltas,
          telling: end.deltas.slice(0, 1),
          evidence: end.evidence,
          confidence: end.certainty,
          reasons: end.reasons,
          confirmBy: end.voices.map(({ known }) => known.page.id),
          voices: end.voices,
          ...(end.rule ? { rule: end.rule } : {}),
        },
      ]
    : [];
  const isEnding = end !== undefined && end.rule === undefined;
  const moved = updates.some((draft) => !draft.rule && draft.deltas[0]?.field === "url");
  return [
    ...ended,
    // The closing date belongs to the ending; asked apart it would be decided twice.
    ...updates.filter(
      ({ deltas }) => !isEnding || (deltas[0]?.field !== "end" && deltas[0]?.field !== "status"),
    ),
    ...proposeDuplicates(known, initiative, voices, given),
    ...proposeStale(freshness, { moved, ended: isEnding }),
  ];
}

/**
 * Only doubt about this very entry silences a mention: one that came with the cluster which the entry was
 * made from, or with another entry that was merged into it, was matched when there was none to match.
 */
const isAboutIt =
  ({ id }: Initiative) =>
  ({ known: { match } }: Voice): boolean =>
    match.verdict === "same" ||
    (match.initiativeId !== undefined && match.initiativeId !== id) ||
    match.verdict === "different";

function faceOf(
  { initiative, effort }: KnownEffort,
  drafts: Draft[],
): { title: string; url: string | null } {
  if (initiative) return { title: initiative.values.name, url: initiative.values.url ?? null };
  const told = (field: string) => drafts[0]?.deltas.find((delta) => delta.field === field)?.new;
  const name = told("name");
  const url = told("url");
  return {
    title: typeof name === "string" ? name : "clusterId" in effort ? effort.clusterId : "",
    url: typeof url === "string" ? url : null,
  };
}

/**
 * Words that wait for a decision stay unsettled, and so does a page of its own that just left out a field it
 * used to tell: one thin reading must not make it forget what it said.
 */
function settledOf(voices: Voice[], pending: Set<MentionId>): MentionId[] {
  return voices
    .filter(({ known }) => known.missingCount === 0 && !pending.has(known.id))
    .filter((voice) => voice.standing !== "own" || !leavesOut(voice))
    .map(({ known }) => known.id);
}

const leavesOut = ({ mention, baseline }: Voice): boolean =>
  baseline !== undefined &&
  (["leadOrganization", "funders", "partners", "states", "end", "status"] as const).some(
    (field) => baseline[field] !== undefined && mention[field] === undefined,
  );

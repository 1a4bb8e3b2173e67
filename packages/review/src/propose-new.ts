import {
  describeRelation,
  type Field,
  type FieldDelta,
  type Initiative,
  type Knowledge,
  type KnownEffort,
  type Match,
} from "@waymark/domain";
import { isRehearsal } from "./address.ts";
import { claimEnd } from "./claim-end.ts";
import type { Draft } from "./draft.ts";
import { authorityOf, type Fused, fuseValues } from "./fuse-values.ts";
import { isGenericName } from "./generic-name.ts";
import { gather, together } from "./proof.ts";
import { sameOrganization } from "./same-value.ts";
import type { ReviewSettings } from "./settings.ts";
import type { Voice } from "./voice.ts";

/**
 * An effort that the catalog lacks: described on its own somewhere, or named by many entries. One draft a
 * cluster; its fingerprint is the cluster's alone, so that later pages enrich the question without asking anew.
 */
export function proposeNew(
  known: KnownEffort,
  voices: Voice[],
  { knowledge, now, settings }: { knowledge: Knowledge; now: Date; settings: ReviewSettings },
): Draft[] {
  const real = voices.filter(({ known }) => !isRehearsal(known.page.url));
  if (real.length === 0) return [];
  const inScope = real.filter(({ mention }) => mention.relevance.score >= settings.relevanceMin);
  const describing = inScope.filter(describes);
  const telling = inScope.length ? inScope : real;
  // A page that is too short to be relevant on its own still tells its part.
  const { deltas, evidence } = withStatus(fuseValues(real, knowledge), real, { knowledge, now });
  const name = deltas.find(({ field }) => field === "name")?.new;
  const witnesses = describing.length ? describing : telling;
  const rule = ruleFor();
  return [
    {
      kind: "new",
      deltas,
      telling: [],
      evidence: gather(evidence, 40),
      confidence: confidenceOf(),
      reasons: reasonsFor(),
      confirmBy: [],
      voices: real,
      ...(rule ? { rule } : {}),
    },
  ];

  function ruleFor(): string | undefined {
    if (typeof name !== "string") return "no-evidence";
    if (inScope.length === 0) return "out-of-scope";
    if (isGenericName(name)) return "generic-name";
    if (describing.length === 0 && known.namedBy <= settings.namedByMin) return "named-only";
    if (isUnsure(describing.length ? describing : inScope)) return "unsure-match";
    // A page that a reader could make nothing of bears the name of whoever publishes it.
    const isPublisher = witnesses.every(
      ({ mention, known: { source } }) =>
        mention.role !== "own" &&
        source.name !== undefined &&
        sameOrganization(source.name, name, knowledge),
    );
    if (isPublisher) return "organization";
    const onlyListed = witnesses.every(({ mention }) => mention.role === "listing");
    const isOrganization = knowledge.organizations.some((organization) =>
      sameOrganization(organization.name, name),
    );
    // Somebody else leads it: the organization is known for the effort of its name.
    const isLed = witnesses.some(
      ({ mention: { leadOrganization: lead } }) =>
        lead !== undefined && !sameOrganization(lead, name, knowledge),
    );
    return onlyListed && isOrganization && !isLed ? "organization" : undefined;
  }

  function confidenceOf(): number {
    return together(
      witnesses.map(({ mention, site, standing }) => ({
        site,
        certainty:
          mention.relevance.score *
          (standing === "own" ? 0.9 : mention.role === "listing" ? 0.6 : 0.75),
      })),
    );
  }

  function reasonsFor(): string[] {
    if (inScope.length === 0) return scopeReasons(real);
    const sites = [...new Set(describing.map(({ site }) => site))].toSorted();
    const told = sites.map((site) => `${site} describes it.`);
    const related = real.find(({ known }) => known.match.verdict === "related");
    return [
      ...told,
      ...(known.namedBy > settings.namedByMin
        ? [`${known.namedBy} entries of the catalog name it without its having an entry.`]
        : []),
      ...(related ? [describeRelative(related.known.match, related.mention.name, knowledge)] : []),
    ];
  }
}

/** How it stands to the entry it is related to; the entry is told by the name that the catalog gives it. */
function describeRelative(match: Match, name: string, { names }: Knowledge): string {
  const entry = names.find(({ id }) => id === match.initiativeId)?.names[0];
  const told = entry && describeRelation(match, { record: name, candidate: entry });
  return told || "It is related to an entry of the catalog, but not the same.";
}

/** What the mentions' words speak of, as they are quoted; a curator judges the rule by them. */
function scopeReasons(voices: Voice[]): string[] {
  const told = [...new Set(voices.flatMap(({ mention }) => mention.relevance.reasons))];
  return told.length > 0
    ? told.slice(0, 4).map((reason) => `It ${reason}.`)
    : ["None of its words tells of learning or work."];
}

/** Whether a mention tells of an effort on its own rather than naming it in passing. */
function describes({ mention }: Voice): boolean {
  if (mention.role !== "listing") return true;
  return (
    mention.description !== undefined ||
    mention.url !== undefined ||
    mention.evidence.some(
      ({ method }) => method === "label" || method === "recipe" || method === "api",
    )
  );
}

/** Whether those who should know best cannot tell it from an entry that the catalog has. */
function isUnsure(voices: Voice[]): boolean {
  const best = Math.max(...voices.map((voice) => Math.floor(authorityOf(voice) / 2)));
  return voices
    .filter((voice) => Math.floor(authorityOf(voice) / 2) === best)
    .every(({ known }) => known.match.verdict === "unsure" || known.match.verdict === "same");
}

/** A word of ending, or a start still ahead, decides the status; a label that says otherwise lags. */
function withStatus(
  { deltas, evidence }: Pick<Fused, "deltas" | "evidence">,
  voices: Voice[],
  given: { knowledge: Knowledge; now: Date },
): Pick<Fused, "deltas" | "evidence"> {
  const told = (field: Field) => deltas.find((delta) => delta.field === field)?.new;
  const name = told("name");
  if (typeof name !== "string") return { deltas, evidence };
  const asEntry: Pick<Initiative, "values"> = { values: { name } };
  const end = claimEnd(asEntry, voices, given);
  const start = told("start");
  const today = given.now.toISOString();
  const isAhead = typeof start === "string" && start > today.slice(0, start.length);
  const status = end ? "ended" : (told("status") ?? (isAhead ? "planned" : undefined));
  if (status === undefined) return { deltas, evidence };
  const decided: FieldDelta[] = [{ field: "status", old: null, new: status }];
  if (end?.on) decided.push({ field: "end", old: null, new: end.on });
  return {
    deltas: [
      ...deltas.filter((delta) => decided.every(({ field }) => field !== delta.field)),
      ...decided,
    ],
    evidence: [...evidence, ...(end?.evidence ?? [])],
  };
}

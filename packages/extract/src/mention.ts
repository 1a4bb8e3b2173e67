import {
  type Copy,
  type Evidence,
  InitiativeKind,
  type Issue,
  type LifeSign,
  type Mention,
  type MentionRole,
} from "@waymark/domain";
import { cleanText, foldName, organizationKey } from "@waymark/normalize";
import type { History } from "./events/history.ts";
import type { FoundRelation } from "./events/relations.ts";
import { takeNameApart } from "./names/take-name-apart.ts";
import type { Block } from "./page/page.ts";
import { quoteOf } from "./page/quote.ts";
import type { Context } from "./page/site.ts";
import { stretchesOf, widenEvidence } from "./values/evidence-line.ts";
import { type Finding, proves, type Stretch, within, wordsOf } from "./values/finding.ts";
import { fuse } from "./values/fuse.ts";
import { toldKind } from "./values/kind-of-effort.ts";
import { relevanceOf } from "./values/scope.ts";
import { topicsIn } from "./values/terms.ts";

/** Everything one reader found about one effort, before it is one mention. */
export type Draft = {
  role: MentionRole;
  /** The name as the page writes it. */
  name: Stretch;
  nameMethod: Evidence["method"];
  url?: string | undefined;
  findings: Finding[];
  signs: LifeSign[];
  history?: History;
  announcedOn?: string | undefined;
  copy?: Copy | undefined;
  range: { start: number; end: number };
  /** How its paragraphs begin, and text of the page around it: for its relevance. */
  told?: string;
  around: string;
};

/** Whether two drafts, or what one is made of, go by one name. */
export const isSame = (one: Pick<Draft, "name">, other: Pick<Draft, "name">): boolean =>
  foldName(wordsOf(one.name)) === foldName(wordsOf(other.name));

/** One mention out of a draft, with the disagreements it was made in spite of. */
export function toMention(ctx: Context, draft: Draft): { mention: Mention; issues: Issue[] } {
  const named = takeNameApart(ctx, draft.name);
  const findings = [...draft.findings];
  const name = cleanText(wordsOf(named.name).replace(/[\u2122\u00ae\u2120]/g, ""));
  findings.push(proves("name", name, named.name, draft.nameMethod, 0.9));
  if (named.acronym)
    findings.push(proves("acronym", named.acronym, draft.name, draft.nameMethod, 0.9));
  for (const alias of named.aliases)
    findings.push(proves("aliases", alias, draft.name, draft.nameMethod, 0.85));
  if (named.lead)
    findings.push(
      proves("leadOrganization", wordsOf(named.lead), named.lead, draft.nameMethod, 0.6),
    );
  const description = findings.find(({ field }) => field === "description");
  findings.push(...toldKind(named.name, description));
  findings.push(...topicFindings(ctx, draft));
  const { single, sets, evidence, conflicts } = fuse(findings);
  // Whom the press may call is not whom those may who want to take part.
  const isRelease = draft.role === "announcement";
  const contacts = isRelease ? [] : findings.filter(({ field }) => field === "contact");
  const signEvidence = findings.filter(({ field }) => field === "sign" || field === "relation");
  const merged = draft.signs.find(({ kind }) => kind === "merged");
  const mergedProof = signEvidence.find(({ value }) => value === "merged");
  const { events = [], grants = [], relations: told = [] } = draft.history ?? {};
  // What was "replaced by" another is its predecessor; only what else became part of it was merged.
  const isTold = told.some((one) => one.kind === "predecessor" && one.name === merged?.successor);
  const relations: FoundRelation[] =
    merged?.successor && mergedProof && !isTold
      ? [
          ...told,
          {
            kind: "merged_into",
            name: merged.successor,
            evidence: { ...mergedProof, field: "relation", value: merged.successor },
          },
        ]
      : told;
  const ends = draft.signs.find(
    (sign) => sign.on && sign.kind !== "planned" && sign.kind !== "active",
  );
  const isOver = draft.signs.some(
    ({ kind, confidence }) =>
      (kind === "ended" || kind === "archived" || kind === "merged") && confidence >= 0.7,
  );
  const isPlanned = draft.signs.some(
    ({ kind, confidence }) => kind === "planned" && confidence >= 0.7,
  );
  const own = new Set([foldName(name), foldName(named.acronym ?? "")]);
  const partners = withoutOthers(sets.partners, [single.leadOrganization]);
  const endProof =
    ends && !single.end ? signEvidence.find(({ value }) => value === ends.kind) : undefined;
  // A page about an effort leads to the effort's own site; that one is its address.
  const url = draft.role === "own" ? draft.url : (single.url ?? draft.url);
  const mention: Mention = {
    key: draft.url ?? foldName(name),
    role: draft.role,
    name,
    aliases: (sets.aliases ?? []).filter((alias) => !own.has(foldName(alias))),
    ...(single.acronym && { acronym: single.acronym }),
    ...(url && { url }),
    ...kindValue(single.kind),
    ...(single.description && { description: single.description }),
    ...(single.leadOrganization && { leadOrganization: single.leadOrganization }),
    ...(sets.funders && { funders: sets.funders }),
    ...(partners && partners.length > 0 && { partners }),
    ...(sets.states && { states: [...new Set(sets.states)].sort() }),
    ...(single.start && { start: single.start }),
    ...((single.end ?? ends?.on) && { end: single.end ?? ends?.on }),
    ...statusValue(single.status, isOver, isPlanned),
    ...(sets.topics && { topics: sets.topics }),
    ...(contacts.length > 0 && {
      contacts: contacts.map(({ value }) => ({
        kind: value.includes("@") ? ("mail" as const) : ("phone" as const),
        value,
      })),
    }),
    relations: relations.map(({ kind, name }) => ({ kind, name })),
    signs: draft.signs,
    ...(events.length > 0 && { events }),
    ...(grants.length > 0 && { grants }),
    ...(draft.announcedOn && { announcedOn: draft.announcedOn }),
    ...(draft.copy && { copy: draft.copy }),
    range: draft.range,
    relevance: relevanceOf(
      {
        name,
        description: [
          wholeTelling(draft.told ?? "", single.description ?? ""),
          single.leadOrganization ?? "",
          ...(sets.funders ?? []),
          ...(partners ?? []),
        ].join("\n"),
        around: draft.around,
      },
      ctx.knowledge,
    ),
    evidence: sortEvidence([
      ...evidence.filter((one) => one.field !== "partners" || partners?.includes(one.value)),
      ...signEvidence,
      ...contacts,
      ...relations.map(({ evidence }) => evidence),
      ...(endProof && ends?.on ? [{ ...endProof, field: "end" as const, value: ends.on }] : []),
      ...statusEvidence(single.status, isOver, isPlanned, signEvidence),
    ]).map((one) => widenEvidence(ctx.page, one)),
  };
  const issues = conflicts.map(({ field, chosen, other }) => ({
    code: "conflicting-values",
    message: `The page gives two values for ${field} of ${name}: "${chosen.value}" and "${other.value}".`,
    start: other.start,
    end: other.end,
  }));
  return { mention, issues };
}

function kindValue(kind: string | undefined): Pick<Mention, "kind"> {
  const known = InitiativeKind.safeParse(kind);
  return known.success ? { kind: known.data } : {};
}

/** What its paragraphs say and its description, which is most often the beginning of one of them. */
const wholeTelling = (told: string, description: string): string =>
  told.includes(description.slice(0, 80)) ? told : `${description}\n${told}`;

function statusValue(
  labelled: string | undefined,
  isOver: boolean,
  isPlanned: boolean,
): Pick<Mention, "status"> {
  if (isOver) return { status: "ended" };
  if (labelled === "active" || labelled === "ended" || labelled === "planned")
    return { status: labelled };
  return isPlanned ? { status: "planned" } : {};
}

function statusEvidence(
  labelled: string | undefined,
  isOver: boolean,
  isPlanned: boolean,
  signs: readonly Finding[],
): Finding[] {
  if (!isOver && (labelled || !isPlanned)) return [];
  const wanted = isOver ? ["ended", "merged", "archived"] : ["planned"];
  const sign = signs.find(({ field, value }) => field === "sign" && wanted.includes(value));
  return sign ? [{ ...sign, field: "status", value: isOver ? "ended" : "planned" }] : [];
}

/** Topics that the name and the description tell, each proved by the phrase that tells it. */
function topicFindings(ctx: Context, draft: Draft): Finding[] {
  const description = draft.findings.find(({ field }) => field === "description");
  const told = [draft.name, ...(description ? stretchesOf(ctx.page, description) : [])];
  return told
    .flatMap((stretch) =>
      topicsIn(wordsOf(stretch), ctx.knowledge).map(({ term, from, to }) =>
        proves("topics", term.label, within(stretch, from, to), "gazetteer", 0.5),
      ),
    )
    .filter(({ start, end, quote }) => quoteOf(ctx.page.source.slice(start, end)) === quote);
}

/** An effort's lead is not also its partner. */
function withoutOthers(
  members: string[] | undefined,
  others: readonly (string | undefined)[],
): string[] | undefined {
  const taken = new Set(others.flatMap((one) => (one ? [organizationKey(one)] : [])));
  return members?.filter((member) => !taken.has(organizationKey(member)));
}

/** Proofs in the order of the page, without those that prove nothing. */
export const sortEvidence = (evidence: readonly Evidence[]): Evidence[] =>
  evidence
    .filter((one) => one.end > one.start && one.quote !== "")
    .sort(
      (a, b) =>
        a.start - b.start ||
        a.end - b.end ||
        (a.field < b.field ? -1 : a.field > b.field ? 1 : 0) ||
        (a.value < b.value ? -1 : 1),
    );

/** The source range that some blocks cover. */
export function rangeOf(blocks: readonly Block[]): { start: number; end: number } {
  const segments = blocks
    .flatMap((block) => [block.segments[0], block.segments.at(-1)])
    .filter((one) => one !== undefined);
  const first = segments[0];
  if (!first) return { start: 0, end: 0 };
  const range = { start: first.source, end: first.source };
  for (const { source, sourceLength } of segments) {
    range.start = Math.min(range.start, source);
    range.end = Math.max(range.end, source + sourceLength);
  }
  return range;
}

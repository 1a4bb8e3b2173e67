import {
  type ChangeEvidence,
  type Field,
  type FieldDelta,
  isSetField,
  type Knowledge,
  type SourceKind,
} from "@waymark/domain";
import { sameAddress } from "./address.ts";
import { quotesOf } from "./proof.ts";
import {
  isSameGiver,
  knownGiver,
  sameName,
  sameOrganization,
  sameValue,
  valueKey,
  without,
} from "./same-value.ts";
import type { Voice } from "./voice.ts";

/** The values of an effort as deltas from nothing, with what proves them. */
export type Fused = { deltas: FieldDelta[]; evidence: ChangeEvidence[] };

const order: Field[] = [
  "name",
  "aliases",
  "acronym",
  "url",
  "kind",
  "description",
  "leadOrganization",
  "funders",
  "partners",
  "states",
  "start",
  "end",
  "status",
  "topics",
];

/** What all pages together say of an effort that the catalog lacks: every value with its evidence. */
export function fuseValues(voices: Voice[], knowledge: Knowledge): Fused {
  const fused: Fused = { deltas: [], evidence: [] };
  for (const field of order) {
    const found = isSetField(field)
      ? fuseSet(field, voices, knowledge)
      : fuseOne(field, voices, knowledge);
    if (!found) continue;
    fused.deltas.push(found.delta);
    fused.evidence.push(...found.evidence);
  }
  const lead = fused.deltas.find(({ field }) => field === "leadOrganization")?.new;
  const home = fused.deltas.some(({ field }) => field === "url")
    ? undefined
    : homeOf(voices, lead, knowledge);
  if (home) {
    fused.deltas.push(home.delta);
    fused.evidence.push(...home.evidence);
  }
  return fused;
}

/** Where nobody names an address, the page by which the effort, or who leads it, presents it is the address. */
function homeOf(
  voices: Voice[],
  lead: FieldDelta["new"] | undefined,
  knowledge: Knowledge,
): Found | undefined {
  const isPresented = ({ standing, mention, known: { source } }: Voice): boolean =>
    standing === "own" ||
    (mention.role === "detail" &&
      typeof lead === "string" &&
      source.name !== undefined &&
      sameOrganization(source.name, lead, knowledge));
  const pages = voices
    .filter(isPresented)
    .flatMap(({ known }) => {
      const evidence = quotesOf(known, "name").slice(0, 1);
      return evidence.length ? [{ url: known.page.url, evidence }] : [];
    })
    .toSorted((one, other) => one.url.length - other.url.length || (one.url < other.url ? -1 : 1));
  const [page] = pages;
  return page && { delta: { field: "url", old: null, new: page.url }, evidence: page.evidence };
}

const kindWeight: Record<SourceKind, number> = {
  initiative: 1,
  foundation: 0.8,
  state: 0.8,
  network: 0.5,
  library: 0.5,
  news: 0.4,
};

/** The authority of a voice: whose page it is comes before how many say so; the kind of source breaks ties. */
export function authorityOf({ standing, mention, known }: Voice): number {
  const kind = kindWeight[known.source.kind];
  if (standing === "own") return 8 + kind;
  if (mention.role === "announcement") {
    const byParty = known.source.kind !== "news" && known.source.kind !== "library";
    return (byParty ? 6 : 2) + kind;
  }
  return (mention.role === "listing" ? 0 : 4) + kind;
}

type Found = { delta: FieldDelta; evidence: ChangeEvidence[] };

function fuseOne(field: Field, voices: Voice[], knowledge: Knowledge): Found | undefined {
  const all = voices.flatMap((voice) => {
    const value = voice.mention[field as "name"] as string | null | undefined;
    if (typeof value !== "string" || value.trim() === "") return [];
    const evidence = proofOf(voice, field, value, knowledge);
    return evidence.length ? [{ voice, value, evidence }] : [];
  });
  if (all.length === 0) return undefined;
  // "Led by its own name" tells little, and nothing where somebody else is named.
  const led = all.filter(({ voice, value }) => !sameName(value, voice.mention.name));
  const told = field === "leadOrganization" && led.length > 0 ? led : all;
  const best = Math.max(...told.map(({ voice }) => Math.floor(authorityOf(voice) / 2)));
  const equals = told.filter(({ voice }) => Math.floor(authorityOf(voice) / 2) === best);
  const groups = equals.map((each) => ({
    each,
    support: equals
      .filter(({ value }) => sameValue(field, value, each.value, knowledge))
      .reduce((sum, { voice }) => sum + authorityOf(voice), 0),
    spelled: equals.filter(({ value }) => value === each.value).length,
  }));
  const [winner] = groups.toSorted(
    (one, other) =>
      other.support - one.support ||
      other.spelled - one.spelled ||
      other.each.value.length - one.each.value.length ||
      (one.each.value < other.each.value ? -1 : 1),
  );
  const { value } = winner!.each;
  const agreeing = told
    .filter((each) => sameValue(field, each.value, value, knowledge))
    .toSorted((one, other) => authorityOf(other.voice) - authorityOf(one.voice));
  return {
    delta: { field, old: null, new: value },
    evidence: agreeing.slice(0, 2).flatMap(({ evidence }) => evidence.slice(0, 1)),
  };
}

/** An address need not stand in words: the name on its own page, or as the text of the link, is the proof. */
function proofOf(
  voice: Voice,
  field: Field,
  value: string,
  knowledge: Knowledge,
): ChangeEvidence[] {
  const quotes = quotesOf(voice.known, field, value, knowledge);
  if (quotes.length > 0 || field !== "url") return quotes;
  const names = quotesOf(voice.known, "name");
  if (sameAddress(value, voice.known.page.url)) return names;
  return names.filter((quote) => quote.type === "quote" && quote.method === "link");
}

/** The members that the voices of the highest authority tell; a funder also speaks for its own money. */
function fuseSet(
  field: Field & ("aliases" | "funders" | "partners" | "states" | "topics"),
  voices: Voice[],
  knowledge: Knowledge,
): Found | undefined {
  const told = voices.flatMap((voice) =>
    (voice.mention[field] ?? []).flatMap((member) => {
      const evidence = quotesOf(voice.known, field, member, knowledge);
      return evidence.length ? [{ voice, member, evidence }] : [];
    }),
  );
  if (told.length === 0) return undefined;
  const best = Math.max(...told.map(({ voice }) => Math.floor(setAuthority(voice) / 2)));
  const chosen = told
    .filter(
      ({ voice, member }) =>
        field === "aliases" ||
        Math.floor(setAuthority(voice) / 2) === best ||
        (field === "funders" &&
          (voice.mention.role !== "listing" || isOwnMoney(voice, member, knowledge))),
    )
    .toSorted(
      (one, other) =>
        setAuthority(other.voice) - setAuthority(one.voice) ||
        other.member.length - one.member.length ||
        (one.member < other.member ? -1 : 1),
    );
  const members: string[] = [];
  const evidence: ChangeEvidence[] = [];
  for (const { member: told, evidence: quotes } of chosen) {
    const member = field === "funders" ? knownGiver(told, knowledge) : told;
    if (without(field, [member], members, knowledge).length === 0) continue;
    if (field === "funders" && members.some((other) => isSameGiver(member, other, knowledge)))
      continue;
    members.push(member);
    evidence.push(...quotes.slice(0, 1));
  }
  members.sort((one, other) => (valueKey(field, one) < valueKey(field, other) ? -1 : 1));
  return { delta: { field, old: null, new: members, added: members }, evidence };
}

// An announcement names whom it is about; the page of an effort names all.
const setAuthority = (voice: Voice): number =>
  voice.mention.role === "announcement"
    ? 2 + kindWeight[voice.known.source.kind]
    : authorityOf(voice);

const isOwnMoney = ({ known }: Voice, member: string, knowledge: Knowledge): boolean =>
  known.source.kind === "foundation" &&
  known.source.name !== undefined &&
  sameOrganization(known.source.name, member, knowledge);

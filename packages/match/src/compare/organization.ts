import type { Knowledge } from "@waymark/domain";
import {
  isAcronymOf,
  type Record,
  type RecordOrganization,
  sameOrganization,
} from "@waymark/normalize";
import type { Extra } from "../extra-word.ts";
import type { Finding, Pair, PairRelation } from "../finding.ts";
import type { NamePair } from "../name-pair.ts";
import { weights } from "../weights.ts";

/** Who leads, pays and takes part. */
export const compareOrganizations = (pair: Pair): Finding[] => [
  ...compareLeads(pair),
  ...compareFunders(pair),
  ...comparePartners(pair),
];

function compareLeads({ a, b, names, knowledge }: Pair): Finding[] {
  const found = (weight: number, text: string): Finding[] => [{ feature: "lead", weight, text }];
  const areLeadsSame = a.lead && b.lead && isSame(a.lead, b.lead, knowledge);
  if (names.level !== "equal" && !(areLeadsSame && differInBodyOnly(names))) {
    if (isLedBy(a, b, knowledge))
      return [{ ...ledBy(b), relation: { ofA: "product_of", ofB: "steward_of" } }];
    if (isLedBy(b, a, knowledge))
      return [{ ...ledBy(a), relation: { ofA: "steward_of", ofB: "product_of" } }];
  }
  if (!a.lead || !b.lead) return [];
  if (areLeadsSame) {
    return found(weights.organization.sameLead, `same lead ${b.lead.written}`);
  }
  const isSure = !a.lead.isInPassing && !b.lead.isInPassing;
  const against = isSure ? weights.organization.otherLead : weights.organization.otherLeadInPassing;
  return found(against, `but leads ${a.lead.written} and ${b.lead.written}`);
}

/** "OpenDoor" and "OpenDoor Coalition", both led by OpenDoor, are one body under two names. */
const differInBodyOnly = ({ level, extrasOfA, extrasOfB }: NamePair): boolean =>
  level === "acronym" ||
  (level === "contained" &&
    [...extrasOfA, ...extrasOfB].every(({ is }) => is === "collective" || is === "generic"));

/** Whether the lead of one is what the other is, and not what the one is itself. */
const isLedBy = (one: Record, other: Record, knowledge: Knowledge): boolean =>
  one.lead !== undefined &&
  isCalled(one.lead, other, knowledge) &&
  !isCalled(one.lead, one, knowledge);

/** Whether an organization is what a record is about. */
function isCalled(organization: RecordOrganization, record: Record, knowledge: Knowledge): boolean {
  if (!sharesWord(organization, record)) return false;
  const { names, acronyms } = record;
  return (
    names.some(({ words }) => words.join(" ") === organization.key) ||
    names.some(({ written }) => sameOrganization(written, organization.written, knowledge)) ||
    acronyms.some((acronym) => isAcronymOf(acronym, organization.written))
  );
}

const ledBy = (leader: Record): Finding => ({
  feature: "lead",
  weight: weights.organization.leadIsOther,
  text: `but one is led by the other, ${leader.names[0]!.written}`,
});

/** Cheap, and true of whatever an organization is called by, but for its acronym. */
const sharesWord = ({ key }: RecordOrganization, { names, acronyms }: Record): boolean =>
  acronyms.length > 0 ||
  names.some(({ words }) =>
    key.split(" ").some((word) => word.length > 3 && words.includes(word)),
  ) ||
  names.some(({ words }) => words.join(" ") === key);

const isSame = (a: RecordOrganization, b: RecordOrganization, knowledge: Knowledge): boolean =>
  a.key === b.key || sameOrganization(a.written, b.written, knowledge);

function compareFunders({ a, b, names, knowledge }: Pair): Finding[] {
  const common = commonOf(a.funders, b.funders);
  if (common.length > 0) {
    const text = `same funder ${common[0]!.written}`;
    return [{ feature: "funders", weight: weights.organization.sameFunder, text }];
  }
  if (!areApart(names)) return [];
  const pays = (one: Record, other: Record): boolean =>
    other.funders.some((funder) => isCalled(funder, one, knowledge));
  const found = (payer: Record, relation: PairRelation): Finding[] => [
    {
      ...{ feature: "funders", weight: weights.organization.funderIsOther, parts: true, relation },
      text: `but one is paid for by the other, ${payer.names[0]!.written}`,
    },
  ];
  if (pays(b, a)) return found(b, { ofA: "funded_by" });
  return pays(a, b) ? found(a, { ofB: "funded_by" }) : [];
}

/** Names that nobody would take for one: a fund may be told to pay for itself. */
const areApart = ({ level }: NamePair): boolean => level === "overlapping" || level === "apart";

function comparePartners(pair: Pair): Finding[] {
  const { a, b } = pair;
  const found = (weight: number, text: string): Finding[] => [
    { feature: "partners", weight, text },
  ];
  const common = commonOf(a.partners, b.partners);
  const fewer = Math.min(a.partners.length, b.partners.length);
  if (common.length >= 3 && common.length >= 0.6 * Math.max(a.partners.length, b.partners.length)) {
    return found(weights.organization.samePartners, `the same ${common.length} partners`);
  }
  const making = makesWithOther(pair);
  if (making) return [making];
  if (common.length > 0) {
    return found(weights.organization.samePartner, `partner ${common[0]!.written} in common`);
  }
  return fewer >= 3 ? found(weights.organization.otherPartners, "but no partner in common") : [];
}

/** "Lantern Skills Editing Tool", a partner of which is the "Lantern Skills Network": the tool is the network's. */
function makesWithOther({ a, b, names, knowledge }: Pair): Finding | undefined {
  const { level, extrasOfA, extrasOfB } = names;
  if (level !== "overlapping") return undefined;
  const isProduct = (one: Record, extras: Extra[], other: Record): boolean =>
    extras.some(({ is }) => is === "product") &&
    one.partners.some((partner) => isCalled(partner, other, knowledge));
  const relation: PairRelation | undefined = isProduct(a, extrasOfA, b)
    ? { ofA: "product_of" }
    : isProduct(b, extrasOfB, a)
      ? { ofB: "product_of" }
      : undefined;
  const text = "but one is made with the other, its partner";
  const weight = weights.organization.partnerIsOther;
  return relation && { feature: "partners", weight, text, parts: true, relation };
}

const commonOf = (a: RecordOrganization[], b: RecordOrganization[]): RecordOrganization[] =>
  b.filter(({ key }) => a.some((other) => other.key === key));

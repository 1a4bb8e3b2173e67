import type {
  ChangeEvidence,
  Event,
  Grant,
  InitiativeKind,
  InitiativeValues,
} from "@waymark/domain";
import { describeEvent } from "@waymark/pipeline";

/** Kinds that are a body of organizations; the others are something that organizations do. */
const bodies: InitiativeKind[] = ["alliance", "network", "funder"];

/** An entry with the ids that lead to it since others were merged into it, and the events and grants told of it. */
type Entry = {
  id: string;
  formerIds?: readonly string[] | undefined;
  values: InitiativeValues;
  events?: readonly Event[] | undefined;
  grants?: readonly Grant[] | undefined;
};

/** The catalog as schema.org tells it, with our own words where it has none. */
export function catalogAsJsonLd(entries: readonly Entry[]): object {
  return {
    "@context": ["https://schema.org", { waymark: "urn:waymark:" }],
    "@graph": entries.map(describe),
  };
}

function describe({ id, formerIds = [], values, events = [], grants = [] }: Entry): object {
  return withoutBlanks({
    "@type": values.kind && bodies.includes(values.kind) ? "Organization" : "Project",
    identifier: id,
    name: values.name,
    alternateName: [...(values.acronym ? [values.acronym] : []), ...(values.aliases ?? [])],
    url: values.url,
    description: values.description,
    parentOrganization: values.leadOrganization && organization(values.leadOrganization),
    funder: (values.funders ?? []).map(organization),
    member: (values.partners ?? []).map(organization),
    areaServed: values.states ?? [],
    foundingDate: values.start,
    dissolutionDate: values.end,
    keywords: values.topics ?? [],
    "waymark:formerIds": formerIds,
    "waymark:acronym": values.acronym,
    "waymark:kind": values.kind,
    "waymark:status": values.status,
    event: events.map(describeOneEvent),
    funding: grants.map(describeGrant),
  });
}

const describeOneEvent = (event: Event): object =>
  withoutBlanks({
    "@type": "Event",
    name: describeEvent(event),
    startDate: event.on,
    citation: addressesOf(event.evidence),
    "waymark:kind": event.kind,
    "waymark:planned": event.planned || undefined,
    // What no decision established is told by the pages cited, and by nobody else.
    "waymark:confirmed": event.decisionId !== undefined,
  });

const describeGrant = (grant: Grant): object =>
  withoutBlanks({
    "@type": "MonetaryGrant",
    name: grant.program,
    description: grant.purpose,
    funder: grant.funder && organization(grant.funder),
    fundedItem: grant.grantee && organization(grant.grantee),
    amount: grant.amount && {
      "@type": "MonetaryAmount",
      value: grant.amount,
      currency: grant.currency,
    },
    citation: addressesOf(grant.evidence),
    "waymark:awarded": grant.on,
    "waymark:start": grant.start,
    "waymark:end": grant.end,
    "waymark:months": grant.months,
  });

const addressesOf = (evidence: readonly ChangeEvidence[]): string[] => [
  ...new Set(evidence.map(({ url }) => url)),
];

const withoutBlanks = (all: { [key: string]: unknown }): object =>
  Object.fromEntries(
    Object.entries(all).filter(
      ([, value]) => value !== undefined && value !== null && String(value) !== "",
    ),
  );

const organization = (name: string) => ({ "@type": "Organization", name });

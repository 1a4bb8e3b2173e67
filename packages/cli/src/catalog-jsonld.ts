import type { InitiativeKind, InitiativeValues } from "@waymark/domain";

/** Kinds that are a body of organizations; the others are something that organizations do. */
const bodies: InitiativeKind[] = ["alliance", "network", "funder"];

/** The catalog as schema.org tells it, with our own words where it has none. */
export function catalogAsJsonLd(entries: { id: string; values: InitiativeValues }[]): object {
  return {
    "@context": ["https://schema.org", { waymark: "urn:waymark:" }],
    "@graph": entries.map(({ id, values }) => describe(id, values)),
  };
}

function describe(id: string, values: InitiativeValues): object {
  const all = {
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
    "waymark:acronym": values.acronym,
    "waymark:kind": values.kind,
    "waymark:status": values.status,
  };
  return Object.fromEntries(
    Object.entries(all).filter(
      ([, value]) => value !== undefined && value !== null && String(value) !== "",
    ),
  );
}

const organization = (name: string) => ({ "@type": "Organization", name });

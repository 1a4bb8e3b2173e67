import type { Evidence, Mention } from "@waymark/domain";
import type { DryReading } from "@waymark/pipeline/worker";

/**
 * A page's reading as programs read it (DESIGN §10). What was not told is null or an empty list, so that
 * every key is always there; fields of evidence are named as the mention names them. A quote names its page only in a document of pages.
 */
export function exportReading(file: string, { reading, changes }: DryReading) {
  const { kind, title, language, dates } = reading.page;
  return {
    file,
    page: { kind, title: title ?? null, language: language ?? null, dates },
    text: reading.text,
    ...(reading.entries && { entries: reading.entries }),
    mentions: reading.mentions.map(exportMention),
    changes,
  };
}

const exportMention = (mention: Mention) => ({
  name: mention.name,
  url: mention.url ?? null,
  description: mention.description ?? null,
  leadOrganization: mention.leadOrganization ?? null,
  funders: mention.funders ?? [],
  partners: mention.partners ?? [],
  states: mention.states ?? [],
  start: mention.start ?? null,
  end: mention.end ?? null,
  status: mention.status ?? null,
  evidence: mention.evidence.map(bare),
  contacts: mention.contacts ?? [],
  relations: mention.relations,
  events: (mention.events ?? []).map((event) => ({ ...event, evidence: event.evidence.map(bare) })),
  grants: (mention.grants ?? []).map((grant) => ({ ...grant, evidence: grant.evidence.map(bare) })),
});

const bare = ({ field, quote, start, end, page }: Evidence) => ({
  field,
  quote,
  start,
  end,
  ...(page && { page }),
});

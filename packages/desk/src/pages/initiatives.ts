import { FreshnessStep, InitiativeKind, InitiativeStatus } from "@waymark/domain";
import { listStatesInUse, type StoredInitiative, searchInitiatives } from "@waymark/store";
import { asked, type Call } from "../call.ts";
import { pathTo, shortAddress } from "../parts/address.ts";
import { choice, textField } from "../parts/form.ts";
import { type Html, html } from "../parts/html.ts";
import { freshnessBadge, freshnessLabels, freshnessSteps } from "../parts/labels.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { askedPage, paging } from "../parts/paging.ts";
import { table } from "../parts/table.ts";

const pageSize = 50;

/** The catalog: search and filters. */
export async function showInitiatives(call: Call): Promise<Response> {
  const { db } = call.desk;
  const query = {
    text: asked(call, "text"),
    status: InitiativeStatus.safeParse(asked(call, "status")).data,
    kind: InitiativeKind.safeParse(asked(call, "kind")).data,
    state: asked(call, "state"),
    freshness: FreshnessStep.safeParse(asked(call, "freshness")).data,
  };
  const page = askedPage(call);
  const [found, states] = await Promise.all([
    searchInitiatives(db, {
      ...query,
      text: query.text ?? "",
      limit: pageSize + 1,
      offset: (page - 1) * pageSize,
    }),
    listStatesInUse(db),
  ]);
  const shown = found.slice(0, pageSize);
  const isFiltered = Object.values(query).some((value) => value !== undefined);
  return renderPage(call, {
    title: "Initiatives",
    place: "/initiatives",
    body: html`${pageHead({
      title: "Initiatives",
      lead: "The catalog as it stands: the sum of every decision.",
      actions: html`<a class="button quiet" href="/export/catalog.csv" download>CSV</a><a class="button quiet" href="/export/catalog.jsonl" download>JSON lines</a><a class="button quiet" href="/export/events.jsonl" download>Events</a><a class="button quiet" href="/export/grants.jsonl" download>Grants</a>`,
    })}
<form class="filters" method="get" action="/initiatives" role="search" aria-label="Search the catalog">
${textField({ name: "text", label: "Search", value: query.text, type: "search", placeholder: "Name, organization, topic…" })}
${choice({ name: "status", label: "Status", all: "Any", choices: InitiativeStatus.options.map((word) => [word, word] as const), chosen: query.status })}
${choice({ name: "kind", label: "Kind", all: "Any", choices: InitiativeKind.options.map((word) => [word, word] as const), chosen: query.kind })}
${choice({ name: "state", label: "State", all: "Any", choices: states.map((state) => [state, state] as const), chosen: query.state })}
${choice({ name: "freshness", label: "Freshness", all: "Any", choices: freshnessSteps.map((step) => [step, freshnessLabels[step]] as const), chosen: query.freshness })}
<button class="button quiet">Show</button>${isFiltered && html`<a class="clear" href="/initiatives">Clear</a>`}
</form>
${table({
  caption: isFiltered ? "Entries that match" : "All entries, by name",
  columns: [{ name: "Name", wide: true }, "Lead organization", "States", "Status", "Freshness"],
  rows: shown.map(row),
  empty: isFiltered
    ? html`No entry matches. <a href="/initiatives">Show all</a>.`
    : html`The catalog is empty. Import one with <code>pnpm waymark catalog import FILE.csv</code>.`,
})}
${paging({ path: "/initiatives", query, page, hasMore: found.length > pageSize })}`,
  });
}

const row = ({ id, values, freshness }: StoredInitiative): (Html | string | false)[] => [
  html`<a class="strong" href="${pathTo("initiatives", id)}">${values.name}</a>${values.acronym && html` <span class="muted">${values.acronym}</span>`}${values.url && html`<br><span class="muted small">${shortAddress(values.url, 48)}</span>`}`,
  values.leadOrganization ?? "",
  statesText(values.states ?? []),
  values.status ?? "",
  freshnessBadge(freshness),
];

const statesText = (states: string[]): string =>
  states.length > 6
    ? `${states.slice(0, 5).join(", ")} and ${states.length - 5} more`
    : states.join(", ");

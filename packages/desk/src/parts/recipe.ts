import type { ReadingStat, StoredRecipe } from "@waymark/store";
import type { Call } from "../call.ts";
import { pathTo } from "./address.ts";
import { actionButton } from "./form.ts";
import { type Html, html } from "./html.ts";
import { fieldLabels } from "./labels.ts";
import { table } from "./table.ts";
import { count, showMoment } from "./when.ts";

/** By which recipe a source's pages are read, and how full its last runs were. */
export const howItIsRead = (recipes: StoredRecipe[], stats: ReadingStat[]): Html => {
  const active = recipes.find((one) => one.active);
  const fields = Object.keys(
    active?.recipe.fields ?? { url: 1, description: 1, leadOrganization: 1 },
  ).filter((field) => field !== "name");
  return html`<p>${
    active
      ? html`By version ${active.version} of its recipe, which ${active.who ?? "somebody"} made on ${showMoment(active.createdAt)}${active.note && html`: ${active.note}`}. Where it finds nothing, by the general readers.`
      : "By the general readers: it has no recipe."
  }</p>
${table({
  caption: "Efforts its pages told of, and how many of them came with each field",
  columns: [
    "Run",
    { name: "Efforts", align: "right" },
    ...fields.map((field) => ({ name: labelOf(field), align: "right" as const })),
    { name: "Readings", wide: true },
  ],
  rows: stats.map(({ runId, at, figures, drifts, acceptedBy }) => [
    html`<a href="${pathTo("runs", runId)}">${showMoment(at)}</a>`,
    figures.records.toLocaleString("en-US"),
    ...fields.map((field) => share(figures.filled[field] ?? 0, figures.records)),
    drifts.length === 0
      ? "taken"
      : html`${acceptedBy ? `accepted by ${acceptedBy}` : html`<span class="badge bad">held back</span>`}<br><span class="muted small">${drifts[0]!.message}</span>`,
  ]),
  empty: "This shows once a run has read something.",
})}`;
};

const share = (n: number, of: number): string =>
  of === 0 ? "–" : `${Math.round((100 * n) / of)} %`;

/** That pages of a source are held back, with a button for whoever may accept them. */
export const heldNote = (
  call: Call,
  sourceId: string,
  { held, mayAccept }: { held: number; mayAccept: boolean },
): Html | undefined =>
  held === 0
    ? undefined
    : html`<div class="note"><p>${count(held, "page")} changed shape and ${held === 1 ? "is" : "are"} held back: what they said before stands, and nothing is proposed from what they say now.</p>
${mayAccept && actionButton(call, { action: `${pathTo("sources", sourceId)}/accept`, label: "Take the new shape" })}</div>`;

/** A recipe's fields are the catalog's; any other name stays as it is written. */
const labelOf = (field: string): string =>
  (fieldLabels as { [name: string]: string })[field] ?? field;

import type { ChangeEvidence, Event, Grant, Relation } from "@waymark/domain";
import { describeEvent } from "@waymark/pipeline";
import { outsideLink, pathTo, shortAddress } from "./address.ts";
import { evidenceList, quotePath, type SnapshotDates, showPage } from "./evidence.ts";
import { type Html, html } from "./html.ts";
import { table } from "./table.ts";
import { count, showPartial } from "./when.ts";

/** What happened, oldest first: when, what with whom, and the words that say so. */
export const timeline = (events: readonly Event[], dates: SnapshotDates): Html =>
  html`<ol class="timeline">${events.map((event) => timelineEntry(event, dates))}</ol>`;

function timelineEntry(event: Event, dates: SnapshotDates): Html {
  const [first, ...rest] = quotesFirst(event.evidence);
  return html`<li class="${event.kind}">
<p class="when">${event.on ? showPartial(event.on) : html`<span class="muted">no date</span>`}${event.dated && dateNotes[event.dated] && html` <span class="note-of">${dateNotes[event.dated]}</span>`}</p>
<div class="what"><h3>${describeEvent(event)}</h3> ${stateOf(event)}
${first && proofLine(first)}
${rest.length > 0 && html`<details><summary>${toldBy(event.evidence)}</summary>${evidenceList(event.evidence, dates)}</details>`}</div>
</li>`;
}

/** Whose date it is, where it is not the event's own. */
const dateNotes: Record<string, string> = { announced: "announced", decided: "seen by us" };

const stateOf = ({ planned, decisionId }: Event): Html => {
  if (decisionId !== undefined)
    return html`<span class="badge good"><span class="sign" aria-hidden="true">✓</span>Confirmed</span>`;
  return planned
    ? html`<span class="badge half">Planned</span>`
    : html`<span class="badge">As told</span>`;
};

/** Sentences before date lines, observed answers last. */
const quotesFirst = (evidence: readonly ChangeEvidence[]): ChangeEvidence[] => {
  const rank = (proof: ChangeEvidence) =>
    proof.type !== "quote" ? 2 : proof.method === "label" ? 1 : 0;
  return evidence.toSorted((a, b) => rank(a) - rank(b));
};

const proofLine = (proof: ChangeEvidence): Html =>
  proof.type === "quote"
    ? html`<blockquote cite="${proof.url}">${proof.quote}</blockquote>
<p class="cite">${outsideLink(proof.url)}${showPage(proof)} · <a href="${quotePath(proof)}" data-evidence>See it in the page</a></p>`
    : html`<p class="cite">${outsideLink(proof.url)}</p>`;

/** "2 pages tell it, in the same words": copies of one release are no second witness. */
function toldBy(evidence: readonly ChangeEvidence[]): string {
  const sentences = evidence.flatMap((proof) =>
    proof.type === "quote" && proof.method !== "label" ? [proof] : [],
  );
  const pages = new Set(evidence.map(({ url }) => url)).size;
  const quotes = new Set(sentences.map(({ quote }) => quote.toLowerCase().replace(/\W+/g, " ")));
  const isCopied = pages > 1 && sentences.length > 1 && quotes.size === 1;
  return `${count(evidence.length, "proof")} on ${count(pages, "page")}${isCopied ? ", in the same words" : ""}`;
}

/** Who paid whom, newest first. */
export const grantTable = (grants: readonly Grant[]): Html =>
  table({
    caption: "Grants, as pages tell them",
    columns: [
      "When",
      "Funder",
      "To",
      { name: "Amount", align: "right" },
      { name: "For", wide: true },
      { name: "Proof", wide: true },
    ],
    rows: grants.map((grant) => [
      whenOf(grant),
      grant.funder ?? "",
      grant.grantee ?? "",
      grant.amount === undefined ? "" : showMoney(grant.amount, grant.currency),
      (grant.purpose || grant.program) &&
        html`${grant.purpose}${grant.program && html` <span class="muted">${grant.program}</span>`}`,
      proofLinks(grant.evidence),
    ]),
  });

function whenOf({ on, start, end, months }: Grant): Html {
  const from = start ?? on;
  return html`${from && showPartial(from)}${end && html` – ${showPartial(end)}`}${months && html` <span class="muted">${count(months, "month")}</span>`}`;
}

const showMoney = (amount: number, currency = "USD"): string =>
  new Intl.NumberFormat("en-US", { style: "currency", currency, maximumFractionDigits: 0 }).format(
    amount,
  );

/** One link a page. */
function proofLinks(evidence: readonly ChangeEvidence[]): Html {
  const quotes = evidence.flatMap((proof) => (proof.type === "quote" ? [proof] : []));
  const first = quotes.filter(
    ({ url }, index) => quotes.findIndex((one) => one.url === url) === index,
  );
  return html`${first.map((proof, index) => html`${index > 0 && html`<br>`}<a class="small" href="${quotePath(proof)}" data-evidence>${shortAddress(proof.url, 32)}</a>`)}`;
}

/** How an entry hangs together with others, each with its proof. */
export const relationList = (relations: readonly Relation[], dates: SnapshotDates): Html =>
  html`<ul class="plain">${relations.map(
    ({
      kind,
      toName,
      to,
      evidence,
    }) => html`<li><span class="muted">${relationWords[kind]}</span> ${to ? html`<a href="${pathTo("initiatives", to)}">${toName}</a>` : toName}
<details class="origin"><summary>${count(evidence.length, "proof")}</summary>${evidenceList(evidence, dates)}</details></li>`,
  )}</ul>`;

const relationWords: Record<Relation["kind"], string> = {
  predecessor: "Followed by",
  successor: "Follows",
  merged_into: "Merged into",
  part_of: "Part of",
  product_of: "Product of",
  phase_of: "Phase of",
  member_of: "Member of",
  funded_by: "Funded by",
  steward_of: "Steward of",
};

import {
  type Field,
  type FieldDelta,
  InitiativeKind,
  InitiativeStatus,
  isSetField,
  mayActAs,
} from "@waymark/domain";
import {
  type Decision,
  findChange,
  findInitiative,
  listDecisionsOfChange,
  type StoredChange,
  type StoredInitiative,
} from "@waymark/store";
import { asked, type Call } from "../call.ts";
import { outsideLink, pathTo } from "../parts/address.ts";
import { changeBody, confidenceMark, decisionForm } from "../parts/change-card.ts";
import { evidenceList, loadSnapshotDates } from "../parts/evidence.ts";
import { actionButton, csrfField } from "../parts/form.ts";
import { type Html, html } from "../parts/html.ts";
import { fieldLabels, kindBadge } from "../parts/labels.ts";
import { note, pageHead, renderPage } from "../parts/layout.ts";
import { sideBySide } from "../parts/side-by-side.ts";
import { table } from "../parts/table.ts";
import { showMoment } from "../parts/when.ts";
import { notFound } from "../problem.ts";

/** One change in full: all its evidence, what was decided, and a form to edit it before accepting. */
export async function showChange(call: Call): Promise<Response> {
  const { db } = call.desk;
  const change = await findChange(db, call.c.req.param("id") ?? "");
  if (!change) throw notFound("such change");
  const [dates, decisions, entry, other] = await Promise.all([
    loadSnapshotDates(call.desk, change.evidence),
    listDecisionsOfChange(db, change.id),
    change.initiativeId ? findInitiative(db, change.initiativeId) : undefined,
    change.other ? findInitiative(db, change.other.id) : undefined,
  ]);
  const standing = decisions.find(({ undoneAt }) => !undoneAt);
  const isOpen = change.state === "open";
  const mayDecide = isOpen && mayActAs(call.viewer.account.role, "curator");
  return renderPage(call, {
    title: change.title,
    place: "/changes",
    body: html`${pageHead({
      above: html`<a href="/changes">Changes</a>`,
      title: change.title,
      lead: html`<span class="meta">${kindBadge(change.kind)}${confidenceMark(change.confidence)}<span class="muted">proposed ${showMoment(change.proposedAt)}</span></span>`,
    })}
${asked(call, "decided") && standing && note("Your decision is kept.", mayActAs(call.viewer.account.role, "curator") ? undoButton(call, standing) : undefined)}
<article class="card change" id="change-${change.id}" tabindex="-1" data-change data-title="${change.title}" aria-label="${change.title}">
${stateLine(change, standing)}
${entry && html`<p class="sub"><span class="muted">In the catalog as</span> <a href="${pathTo("initiatives", entry.id)}">${entry.values.name}</a></p>`}
${change.url && html`<p class="sub">${outsideLink(change.url)}</p>`}
${changeBody(change)}
${decisionForm(call, change, pathTo("changes", change.id))}
</article>
${entry && other && compareEntries(entry, other)}
<section><h2>Evidence</h2>${evidenceList(change.evidence, dates)}</section>
${mayDecide && change.fields.length > 0 && editForm(call, change)}
<section><h2>Decisions</h2>${decisionTable(call, decisions)}</section>`,
  });
}

function stateLine(change: StoredChange, standing: Decision | undefined): Html {
  if (standing)
    return html`<p class="state ${standing.verdict}">${standing.verdict === "accept" ? "Accepted" : "Rejected"} by ${standing.who}, ${showMoment(standing.at)}.${standing.why && html` “${standing.why}”`}</p>`;
  if (change.state === "confirming")
    return html`<p class="state">Waits for a second visit to say the same, before anybody is asked.</p>`;
  if (change.state === "withdrawn")
    return html`<p class="state">Withdrawn: the pages no longer say so, or the catalog says it already.</p>`;
  return html``;
}

/** Two entries side by side, for whoever must say whether they are one. */
const compareEntries = (entry: StoredInitiative, other: StoredInitiative): Html =>
  html`<section><h2>Side by side</h2>${sideBySide(
    "What the catalog says of each",
    { name: nameOf(entry), values: entry.values },
    { name: nameOf(other), values: other.values },
  )}</section>`;

const nameOf = ({ id, values }: StoredInitiative): string => `${values.name} (${id})`;

function editForm(call: Call, change: StoredChange): Html {
  return html`<section><details class="card edit" id="edit"><summary><h2>Edit before accepting</h2></summary>
<form method="post" action="${pathTo("changes", change.id)}/decision">
${csrfField(call)}<input type="hidden" name="version" value="${change.version}"><input type="hidden" name="verdict" value="accept"><input type="hidden" name="back" value="${pathTo("changes", change.id)}">
<p class="muted">What you write here goes into the catalog in place of what was proposed, and later crawls respect it.</p>
<div class="form-grid">${change.fields.map(editField)}</div>
<label class="field"><span>Reason <span class="muted">(optional)</span></span><input type="text" name="why" maxlength="1000" autocomplete="off"></label>
<button class="button accept">Accept as edited</button>
</form></details></section>`;
}

function editField({ field, new: proposed }: FieldDelta): Html {
  const name = `edit.${field}`;
  const value = Array.isArray(proposed) ? proposed.join("\n") : (proposed ?? "");
  const words = choicesOf(field);
  if (words)
    return html`<label class="field"><span>${fieldLabels[field]}</span><select name="${name}">${words.map((word) => html`<option${word === value && html` selected`}>${word}</option>`)}</select></label>`;
  if (isSetField(field) || field === "description")
    return html`<label class="field wide"><span>${fieldLabels[field]}${isSetField(field) && html` <span class="muted">(one a line)</span>`}</span><textarea name="${name}" rows="${Math.min(8, Math.max(3, value.split("\n").length + 1))}">${value}</textarea></label>`;
  const isDate = field === "start" || field === "end";
  return html`<label class="field"><span>${fieldLabels[field]}${isDate && html` <span class="muted">(YYYY, YYYY-MM or YYYY-MM-DD)</span>`}</span><input type="text" name="${name}" value="${value}" autocomplete="off"></label>`;
}

const choicesOf = (field: Field): readonly string[] | undefined =>
  field === "kind"
    ? InitiativeKind.options
    : field === "status"
      ? InitiativeStatus.options
      : undefined;

function decisionTable(call: Call, decisions: Decision[]): Html {
  const mayUndo = mayActAs(call.viewer.account.role, "curator");
  return table({
    caption: "What was decided on this change",
    columns: ["When", "Who", "Verdict", { name: "Why", wide: true }, ""],
    rows: decisions.map((decision) => [
      showMoment(decision.at),
      decision.who,
      decision.verdict === "accept" ? "accepted" : "rejected",
      decision.why ?? "",
      decision.undoneAt
        ? html`<span class="muted">undone by ${decision.undoneBy}, ${showMoment(decision.undoneAt)}</span>`
        : mayUndo && undoButton(call, decision),
    ]),
    empty: "Nobody has decided on it yet.",
  });
}

const undoButton = (call: Call, { id }: Decision): Html =>
  actionButton(call, { action: `/decisions/${id}/undo`, label: "Undo" });

import { fields, InitiativeId, type KnownMention, type Mention, mayActAs } from "@waymark/domain";
import { loadTimeline, resolveEntry } from "@waymark/pipeline";
import {
  type Decision,
  findDecision,
  findInitiative,
  listChangesOf,
  listDecisionsOf,
  listGrants,
  listMentionsOfInitiative,
  listMergedIntoDeeply,
  listRelations,
  listValues,
  type StoredInitiative,
  type StoredValue,
} from "@waymark/store";
import { asked, type Call } from "../call.ts";
import { outsideLink, pathTo, withQuery } from "../parts/address.ts";
import { showValue } from "../parts/delta.ts";
import {
  evidenceList,
  loadSnapshotDates,
  quotePath,
  type SnapshotDates,
} from "../parts/evidence.ts";
import { actionButton } from "../parts/form.ts";
import { type Html, html } from "../parts/html.ts";
import { fieldLabels, freshnessBadge, kindBadge } from "../parts/labels.ts";
import { note, pageHead, renderPage } from "../parts/layout.ts";
import { table } from "../parts/table.ts";
import { grantTable, relationList, timeline } from "../parts/timeline.ts";
import { count, showDay, showMoment } from "../parts/when.ts";
import { notFound } from "../problem.ts";

/** One entry: each value with where it came from, who tells of it, and what was decided. */
export async function showInitiative(call: Call): Promise<Response> {
  const { db } = call.desk;
  const id = InitiativeId.safeParse(call.c.req.param("id")).data;
  const entry = id && (await findInitiative(db, id));
  if (!entry || entry.mergedInto) return leadOn(call);
  const [values, mentions, decisions, events, grants, relations, merged, changes] =
    await Promise.all([
      listValues(db, entry.id),
      listMentionsOfInitiative(db, entry.id),
      listDecisionsOf(db, entry.id),
      loadTimeline(db, entry.id),
      listGrants(db, entry.id),
      listRelations(db, entry.id),
      listMergedIntoDeeply(db, entry.id),
      listChangesOf(db, { initiativeId: entry.id }),
    ]);
  const dates = await loadSnapshotDates(
    call.desk,
    [...values, ...events, ...relations].flatMap(({ evidence }) => evidence),
  );
  const waiting = changes.filter(({ state }) => state === "open");
  const standing = values.filter(({ replacedAt }) => !replacedAt);
  const replaced = values.filter(({ replacedAt }) => replacedAt);
  const { name, acronym, description, url } = entry.values;
  return renderPage(call, {
    title: name,
    place: "/initiatives",
    body: html`${pageHead({
      above: html`<a href="/initiatives">Initiatives</a>`,
      title: html`${name}${acronym && html` <span class="muted">(${acronym})</span>`}`,
      lead: description ?? undefined,
      actions: url ? outsideLink(url, "Live site") : undefined,
    })}
${await arrivalNote(call, entry, merged)}
<p class="fresh-line">${freshnessBadge(entry.freshness)} ${entry.freshnessReason}</p>
${waiting.length > 0 && html`<section class="card waiting"><h2>${count(waiting.length, "change")} ${waiting.length === 1 ? "waits" : "wait"}</h2><ul class="plain">${waiting.map((change) => html`<li>${kindBadge(change.kind)} <a href="${pathTo("changes", change.id)}">${change.fields.map(({ field }) => fieldLabels[field]).join(", ") || change.title}</a></li>`)}</ul></section>`}
<section><h2>Values</h2>
<dl class="values">${fields.flatMap((field) => standing.filter((value) => value.field === field)).map((value) => valueRow(value, decisions, dates))}</dl>
${replaced.length > 0 && html`<details class="history"><summary>${count(replaced.length, "earlier value")}</summary>${table({ caption: "What stood before", columns: ["Field", { name: "Value", wide: true }, "From", "Until"], rows: replaced.map((value) => [fieldLabels[value.field], showValue(value.field, value.value), showDay(value.setAt), value.replacedAt && showDay(value.replacedAt)]) })}</details>`}
${contactList(mentions)}</section>
<section><h2>Who tells of it</h2>${mentionSection(call, entry, mentions)}</section>
${events.length > 0 && html`<section><h2>What happened</h2><p class="section-lead">As pages tell it, with their words. It stands beside the values above until no page tells it any more; what a decision established is confirmed.</p>${timeline(events, dates)}</section>`}
${grants.length > 0 && html`<section><h2>Grants</h2>${grantTable(grants)}</section>`}
${relations.length > 0 && html`<section><h2>How it hangs together</h2>${relationList(relations, dates)}</section>`}
${merged.length > 0 && html`<section><h2>Merged into it</h2>${mergedList(call, merged)}</section>`}
<section><h2>Decisions</h2>${decisionTable(call, decisions)}</section>
<p class="muted small">Catalog id ${entry.id}, version ${entry.version}, since ${showDay(entry.createdAt)}.</p>`,
  });
}

function valueRow(value: StoredValue, decisions: Decision[], dates: SnapshotDates): Html {
  const origin = originText(value, decisions);
  return html`<div class="value"><dt>${fieldLabels[value.field]}</dt>
<dd>${showValue(value.field, value.value)}</dd>
<dd class="from">${value.evidence.length === 0 ? origin : html`<details class="origin"><summary>${origin}</summary>${evidenceList(value.evidence, dates)}</details>`}</dd></div>`;
}

function originText(value: StoredValue, decisions: Decision[]): Html {
  if (value.origin === "import") return html`from an imported file, ${showDay(value.setAt)}`;
  const decision = decisions.find(({ id }) => id === value.decisionId);
  const who = decision ? html` by ${decision.who}` : "";
  return value.origin === "undo"
    ? html`set back by an undo${who}, ${showDay(value.setAt)}`
    : html`decided${who}, ${showDay(value.setAt)}`;
}

/** How to reach those who run it, as pages about it say now; nobody decides it, and no export holds it. */
function contactList(mentions: KnownMention[]): Html | "" {
  const told = mentions
    .filter(({ mention, missingCount }) => missingCount === 0 && tellsAlone.has(mention.role))
    .flatMap(({ mention, page }) =>
      (mention.contacts ?? []).map((one) => ({ ...one, mention, page })),
    );
  const contacts = [
    ...new Map(told.toReversed().map((one) => [one.value, one])).values(),
  ].reverse();
  if (contacts.length === 0) return "";
  return html`<h3>Contact</h3><ul class="plain">${contacts.map(({ value, mention, page }) => {
    const proof = mention.evidence.find((one) => one.field === "contact" && one.value === value);
    const { start, end } = proof ?? mention.range;
    const place = { pageId: page.id, snapshotId: page.snapshotId, start, end };
    return html`<li>${value} <a class="small" href="${quotePath(place)}">in the page</a></li>`;
  })}</ul>`;
}

/** Lists name many, and a release names its own press office. */
const tellsAlone: ReadonlySet<string> = new Set(["own", "detail"]);

/** Whose release a page repeats. */
function copyNote({ copy }: Mention): Html | "" {
  const whose = copy?.source ?? copy?.wire;
  if (!copy || (!whose && !copy.of)) return "";
  return html`<br><span class="muted small">a copy${whose && html` of a release by ${whose}`}${copy.of && html` of ${outsideLink(copy.of)}`}</span>`;
}

const roleWords: Record<string, string> = {
  own: "its own site",
  detail: "a page about it",
  listing: "in a list",
  announcement: "an announcement",
};

/** A curator ticks what is about another effort; the next page tells what comes of it. */
function mentionSection(call: Call, { id }: StoredInitiative, mentions: KnownMention[]): Html {
  const maySplit = mayActAs(call.viewer.account.role, "curator") && mentions.length > 0;
  const shown = mentionTable(mentions, maySplit);
  if (!maySplit) return shown;
  return html`<form method="get" action="${pathTo("initiatives", id)}/split">${shown}
<p><button class="button quiet">Not this effort …</button> <span class="muted small">takes the ticked mentions out of the entry</span></p></form>`;
}

const mentionTable = (mentions: KnownMention[], maySplit: boolean): Html =>
  table({
    caption: "Pages that tell of it",
    columns: [
      { name: "Page", wide: true },
      "As",
      "Source",
      "Last visit",
      ...(maySplit ? ["Another effort"] : []),
    ],
    rows: mentions.map(({ id, mention, page, source, missingCount }) => [
      html`${outsideLink(page.url)}<br><a class="small" href="${quotePath({ pageId: page.id, snapshotId: page.snapshotId, ...mention.range })}">${mention.name}, in the page</a>${copyNote(mention)}`,
      html`${roleWords[mention.role] ?? mention.role}${missingCount > 0 && html`<br><span class="badge bad">missing ${missingCount === 1 ? "once" : `${missingCount} times`}</span>`}`,
      html`<a href="${pathTo("sources", source.id)}">${source.id}</a>`,
      showDay(page.visitedAt),
      ...(maySplit
        ? [
            html`<input type="checkbox" name="mention" value="${id}" aria-label="${mention.name}, on ${page.url}, is about another effort">`,
          ]
        : []),
    ]),
    empty: "No page we read tells of it now.",
  });

/** An address of an entry that was merged, or of an unseen effort that became one, leads to that entry. */
async function leadOn(call: Call): Promise<Response> {
  const was = call.c.req.param("id") ?? "";
  const id = await resolveEntry(call.desk.db, was);
  if (id === undefined || id === was) throw notFound("such entry in the catalog");
  return call.c.redirect(withQuery(pathTo("initiatives", id), { was }), 302);
}

/** How somebody came here: over the address of an entry that was merged, or after a decision. */
async function arrivalNote(
  call: Call,
  { values }: StoredInitiative,
  merged: StoredInitiative[],
): Promise<Html | undefined> {
  const was = merged.find(({ id }) => id === asked(call, "was"));
  if (was) return note(html`“${was.values.name}” (${was.id}) was merged into this entry.`);
  if (asked(call, "unmerged")) return note(html`“${values.name}” stands for itself again.`);
  const number = asked(call, "split") ?? "";
  const decision = /^\d{1,15}$/.test(number)
    ? await findDecision(call.desk.db, Number(number))
    : undefined;
  if (!decision || decision.undoneAt) return undefined;
  return note(
    html`The mentions left the entry.`,
    actionButton(call, { action: `/decisions/${decision.id}/undo`, label: "Undo" }),
  );
}

const mergedList = (call: Call, merged: StoredInitiative[]): Html =>
  html`<ul class="plain">${merged.map(({ id, values }) => html`<li>${values.name} <span class="muted">${id}</span>${mayActAs(call.viewer.account.role, "curator") && html` <a class="button quiet" href="${pathTo("initiatives", id)}/unmerge">Un-merge …</a>`}</li>`)}</ul>`;

const decisionTable = (call: Call, decisions: Awaited<ReturnType<typeof listDecisionsOf>>): Html =>
  table({
    caption: "Decisions that touched this entry",
    columns: ["When", "Who", { name: "What", wide: true }, "Why", ""],
    rows: decisions.map((decision) => [
      showMoment(decision.at),
      decision.who,
      html`${decision.verdict === "accept" ? "accepted" : "rejected"} <a href="${pathTo("changes", decision.changeId)}">${decision.title}</a> <span class="muted">(${decision.kind})</span>`,
      decision.why ?? "",
      decision.undoneAt
        ? html`<span class="muted">undone by ${decision.undoneBy}</span>`
        : mayActAs(call.viewer.account.role, "curator") &&
          actionButton(call, { action: `/decisions/${decision.id}/undo`, label: "Undo" }),
    ]),
    empty: "No decision has touched this entry.",
  });

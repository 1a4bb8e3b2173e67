import { ChangeKind } from "@waymark/domain";
import { countChanges, findChange, findDecision, listQueue, listSources } from "@waymark/store";
import { asked, type Call } from "../call.ts";
import { withQuery } from "../parts/address.ts";
import { changeCard } from "../parts/change-card.ts";
import { loadSnapshotDates } from "../parts/evidence.ts";
import { actionButton, choice, textField } from "../parts/form.ts";
import { type Html, html } from "../parts/html.ts";
import { changeKinds, kindLabels } from "../parts/labels.ts";
import { note, pageHead, renderPage } from "../parts/layout.ts";
import { askedPage, paging } from "../parts/paging.ts";
import { count } from "../parts/when.ts";

const pageSize = 25;

/** The queue: what waits for a curator, the most pressing first. */
export async function showChanges(call: Call): Promise<Response> {
  const { db } = call.desk;
  const kind = ChangeKind.safeParse(asked(call, "kind")).data;
  const query = { kind, text: asked(call, "text"), source: asked(call, "source") };
  const page = askedPage(call);
  const [{ changes, total }, counts, sources] = await Promise.all([
    listQueue(db, {
      kind,
      title: query.text,
      sourceId: query.source,
      limit: pageSize,
      offset: (page - 1) * pageSize,
    }),
    countChanges(db),
    listSources(db),
  ]);
  const dates = await loadSnapshotDates(
    call.desk,
    changes.flatMap(({ evidence }) => evidence),
  );
  const back = withQuery("/changes", { ...query, page: page === 1 ? undefined : page });
  const isFiltered = Boolean(kind ?? query.text ?? query.source);
  const openOf = (one: ChangeKind) =>
    counts.find(({ kind: k, state }) => k === one && state === "open")?.n ?? 0;
  const openTotal = changeKinds.reduce((sum, one) => sum + openOf(one), 0);
  return renderPage(call, {
    title: total > 0 ? count(total, "change") : "Changes",
    place: "/changes",
    body: html`${pageHead({
      title: "Changes",
      lead: isFiltered
        ? html`${count(total, "change")} of ${openTotal} that wait. <a href="/changes">Show all</a>`
        : total > 0
          ? html`${count(total, "change")} ${total === 1 ? "waits" : "wait"} for a decision. Every one can be undone.`
          : undefined,
      actions: html`<a class="button quiet" href="/export/changes.jsonl" download>Download</a>`,
    })}
${await decidedNote(call)}
<nav class="tabs" aria-label="Kinds of change"><ul>
<li><a href="${withQuery("/changes", { ...query, kind: undefined })}"${!kind && html` aria-current="true"`}>All <span class="count">${openTotal}</span></a></li>
${changeKinds.map((one) => html`<li><a href="${withQuery("/changes", { ...query, kind: one })}"${kind === one && html` aria-current="true"`}>${kindLabels[one].many} <span class="count">${openOf(one)}</span></a></li>`)}
</ul></nav>
<form class="filters" method="get" action="/changes" role="search" aria-label="Narrow the queue">
${kind && html`<input type="hidden" name="kind" value="${kind}">`}
${textField({ name: "text", label: "Title holds", value: query.text, type: "search" })}
${choice({ name: "source", label: "Evidence from", all: "Any source", choices: sources.map(({ id, name }) => [id, name] as const), chosen: query.source })}
<button class="button quiet">Show</button>
</form>
${
  changes.length > 0
    ? html`<div class="queue" data-queue>${changes.map((change) => changeCard(call, change, { dates, back }))}</div>`
    : emptyQueue(isFiltered, page)
}
${paging({ path: "/changes", query, page, hasMore: page * pageSize < total })}`,
  });
}

/** What was just decided or undone, told once on top of the queue it came from. */
async function decidedNote(call: Call): Promise<Html | undefined> {
  const { db } = call.desk;
  const undone = asked(call, "undone");
  if (undone) {
    const change = await findChange(db, undone);
    return change && note(html`Undone. <strong>${change.title}</strong> waits in the queue again.`);
  }
  const id = Number(asked(call, "decided"));
  const decision = Number.isSafeInteger(id) && id > 0 ? await findDecision(db, id) : undefined;
  if (!decision || decision.undoneAt) return undefined;
  const change = await findChange(db, decision.changeId);
  return note(
    html`${decision.verdict === "accept" ? "Accepted" : "Rejected"}: <strong>${change?.title}</strong>`,
    actionButton(call, {
      action: `/decisions/${decision.id}/undo`,
      label: html`Undo <kbd aria-hidden="true">u</kbd>`,
    }),
  );
}

function emptyQueue(isFiltered: boolean, page: number): Html {
  if (isFiltered || page > 1)
    return html`<div class="empty big"><h2>Nothing here matches</h2><p>Other changes may wait: <a href="/changes">show the whole queue</a>.</p></div>`;
  return html`<div class="empty big"><h2>All decided</h2><p>Nothing waits for you. After each night's crawl, what pages say is held against the catalog, and what differs comes here with its proof. What was left out on purpose is under <a href="/suppressed">Held back</a>.</p></div>`;
}

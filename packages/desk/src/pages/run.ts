import { findReadingStat, findRun, listCutOffs, listProgress, listVisits } from "@waymark/store";
import type { Call } from "../call.ts";
import { outsideLink, pathTo } from "../parts/address.ts";
import { barList } from "../parts/bars.ts";
import { html } from "../parts/html.ts";
import { outcomeBadge, outcomeText } from "../parts/labels.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { cutOffTable, savedFacts } from "../parts/saved-work.ts";
import { table } from "../parts/table.ts";
import { count, showMoment } from "../parts/when.ts";
import { notFound } from "../problem.ts";

const visitsMax = 500;

/** One run: what its visits came to, what it was spared and left alone, and each of its visits. */
export async function showRun(call: Call): Promise<Response> {
  const { db } = call.desk;
  const run = await findRun(db, call.c.req.param("id") ?? "");
  if (!run) throw notFound("such run");
  const [visits, [progress], cutOffs, stat] = await Promise.all([
    listVisits(db, run.id, visitsMax),
    listProgress(db, [run.id]),
    listCutOffs(db, [run.id]),
    findReadingStat(db, run.id),
  ]);
  const isOpen = run.state !== "finished";
  const outcomes = Object.entries(run.counts).filter(([name]) => name !== "changedPages");
  const saved = savedFacts(run);
  const came =
    outcomes.length > 0 &&
    html`<section class="card"><h2>What the visits came to</h2>${barList(
      outcomes
        .sort((a, b) => b[1] - a[1])
        .map(([outcome, n]) => ({
          label: outcome,
          n,
          look: ["fetched", "unchanged"].includes(outcome) ? "good" : "bad",
        })),
    )}<p class="muted">${count(run.counts.changedPages ?? 0, "page")} changed.</p></section>`;
  return renderPage(call, {
    title: `Run of ${run.sourceId}`,
    place: "/runs",
    body: html`${pageHead({
      above: html`<a href="/runs">Runs</a> / <a href="${pathTo("sources", run.sourceId)}">${run.sourceId}</a>`,
      title: html`Run of ${showMoment(run.startedAt)}`,
      lead: isOpen
        ? html`It is ${run.state}: ${count(progress?.visited ?? 0, "visit")} so far, ${count(progress?.wanted ?? 0, "page")} still to visit, ${progress?.unread ?? 0} to read.`
        : html`${outcomeBadge(run.outcome)} finished ${run.finishedAt && showMoment(run.finishedAt)}`,
    })}
${run.setAsideBecause && html`<div class="note bad"><p>Set aside: ${run.setAsideBecause}</p></div>`}
${stat?.drifts.map(({ message }) => html`<div class="note bad"><p>${stat.acceptedBy ? `Held back, then accepted by ${stat.acceptedBy}` : "Held back"}: ${message}</p></div>`)}
${run.archive && html`<div class="note"><p>It took its pages from the archive <code>${run.archive}</code>: nothing was asked of the site.</p></div>`}
${(came || saved) && html`<div class="grid">${came}${saved && html`<section class="card"><h2>What it was spared</h2>${saved}</section>`}</div>`}
<section><h2>What was left alone, and why</h2>
${cutOffTable(cutOffs.get(run.id) ?? [], isOpen ? "So far" : "In this run")}</section>
<section><h2>Visits</h2>
${table({
  caption: visits.length === visitsMax ? `The last ${visitsMax} visits` : "Newest first",
  columns: [{ name: "Page", wide: true }, "Outcome", "Answer", { name: "Took", align: "right" }],
  rows: visits.map((visit) => [
    outsideLink(visit.url),
    html`${outcomeBadge(visit.outcome)}${visit.changed && html` <span class="badge half">changed</span>`}`,
    html`<span class="muted">${visit.error ?? (visit.status !== undefined ? `status ${visit.status}` : outcomeText(visit.outcome))}</span>`,
    `${visit.tookMs} ms`,
  ]),
  empty: "No page has been visited in this run yet.",
})}</section>`,
  });
}

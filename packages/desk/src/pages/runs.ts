import { sizeText } from "@waymark/pipeline";
import { listRuns, type Run } from "@waymark/store";
import { asked, type Call } from "../call.ts";
import { pathTo } from "../parts/address.ts";
import { type Html, html } from "../parts/html.ts";
import { outcomeBadge } from "../parts/labels.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { table } from "../parts/table.ts";
import { showMoment } from "../parts/when.ts";
import { visitsOf } from "./overview.ts";

const step = 100;

/** Crawls of all sources, newest first. */
export async function showRuns(call: Call): Promise<Response> {
  const limit = Math.min(10_000, Math.max(step, Number(asked(call, "show")) || step));
  const runs = await listRuns(call.desk.db, { limit: limit + 1 });
  return renderPage(call, {
    title: "Runs",
    place: "/runs",
    body: html`${pageHead({ title: "Runs", lead: "Each is one crawl of one source." })}
${runTable(runs.slice(0, limit), "Newest first")}
${runs.length > limit && html`<p class="more"><a class="button quiet" href="/runs?show=${limit + step}">Show ${step} more</a></p>`}`,
  });
}

const triggerWords: Record<Run["trigger"], string> = {
  schedule: "nightly",
  operator: "by hand",
  found: "newly found",
};

/** Runs as a table, here and on the page of their source. */
export const runTable = (runs: Run[], caption: string): Html =>
  table({
    caption,
    columns: [
      "Started",
      "Source",
      "Why",
      "Outcome",
      { name: "Visited", align: "right" },
      { name: "Changed", align: "right" },
      { name: "Sent", align: "right" },
      { name: "Took", align: "right" },
    ],
    rows: runs.map((run) => [
      html`<a href="${pathTo("runs", run.id)}">${showMoment(run.startedAt)}</a>`,
      html`<a href="${pathTo("sources", run.sourceId)}">${run.sourceId}</a>`,
      html`${triggerWords[run.trigger]}${run.who && html` <span class="muted">${run.who}</span>`}${run.archive && html`<br><span class="muted small">from ${run.archive}</span>`}`,
      run.state === "finished"
        ? outcomeBadge(run.outcome)
        : html`<span class="badge busy">${run.state}</span>`,
      run.state === "finished" ? visitsOf(run) : "",
      run.state === "finished" ? (run.counts.changedPages ?? 0) : "",
      run.saved.bytes === undefined ? "" : sizeText(run.saved.bytes),
      run.finishedAt ? tookText(run.finishedAt.getTime() - run.startedAt.getTime()) : "",
    ]),
    empty: html`No source has been crawled yet. Start one under <a href="/sources">Sources</a>.`,
  });

const tookText = (ms: number): string =>
  ms < 90_000 ? `${Math.max(0, Math.round(ms / 1000))} s` : `${Math.round(ms / 60_000)} min`;

import { mayActAs } from "@waymark/domain";
import { listIncidents, listIssues, listPages, listRuns, type Page } from "@waymark/store";
import { asked, type Call } from "../call.ts";
import { outsideLink, pathTo, withQuery } from "../parts/address.ts";
import { quotePath } from "../parts/evidence.ts";
import { type Html, html } from "../parts/html.ts";
import { outcomeBadge } from "../parts/labels.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { table } from "../parts/table.ts";
import { count, showAge, showMoment } from "../parts/when.ts";
import { runTable } from "./runs.ts";
import { loadSource, nextRunText, sourceActions, sourceNote } from "./sources.ts";

const pagesShown = 200;

/** One source: how it is watched, how its runs went, its pages and what they did wrong. */
export async function showSource(call: Call): Promise<Response> {
  const { db, now } = call.desk;
  const source = await loadSource(call);
  const [pages, runs, issues, incidents] = await Promise.all([
    listPages(db, source.id),
    listRuns(db, { sourceId: source.id, limit: 30 }),
    listIssues(db, source.id),
    listIncidents(db),
  ]);
  const own = incidents.filter(({ sourceId }) => sourceId === source.id);
  const failing = pages.filter(({ failures }) => failures > 0);
  const onlyFailing = asked(call, "pages") === "failing";
  const listed = onlyFailing ? failing : pages;
  const path = pathTo("sources", source.id);
  return renderPage(call, {
    title: source.name,
    place: "/sources",
    body: html`${pageHead({
      above: html`<a href="/sources">Sources</a>`,
      title: source.name,
      lead: html`${source.kind}${source.paused ? html` · <span class="badge half">paused</span>` : source.nextRunAt && html` · next run ${nextRunText(source.nextRunAt, now())}`}`,
      actions: mayActAs(call.viewer.account.role, "operator")
        ? sourceActions(call, source, runs[0])
        : undefined,
    })}
${sourceNote(call)}
${own.map(({ message, at, code }) => html`<div class="note bad"><p><strong>Incident</strong> since ${showMoment(at)}: ${message} <span class="muted">(${code})</span></p></div>`)}
<section><h2>Runs</h2>${runTable(runs, "Its last runs")}</section>
<section><h2>Pages</h2>
<p class="muted">${count(pages.length, "page")}${failing.length > 0 && html`, <a href="${withQuery(path, { pages: onlyFailing ? undefined : "failing" })}">${onlyFailing ? "show all" : `${failing.length} failing`}</a>`}${pages.length === 5000 && " or more"}.</p>
${pageTable(listed.slice(0, pagesShown), now(), listed.length)}
</section>
${
  issues.length > 0 &&
  html`<section><h2>Issues</h2>${table({
    caption: "What its pages did wrong when they were last read",
    columns: [{ name: "Page", wide: true }, "Code", { name: "What", wide: true }],
    rows: issues.map(({ url, code, message }) => [
      outsideLink(url),
      html`<code>${code}</code>`,
      message,
    ]),
  })}</section>`
}
<section><h2>How it is watched</h2><dl class="facts">
<div><dt>Short name</dt><dd><code>${source.id}</code></dd></div>
<div><dt>Begins at</dt><dd><ul class="plain">${source.seeds.map((seed) => html`<li>${outsideLink(seed)}</li>`)}</ul></dd></div>
<div><dt>Scope</dt><dd><ul class="plain">${source.scope.map((prefix) => html`<li><code>${prefix}</code></li>`)}</ul></dd></div>
<div><dt>Pace</dt><dd>${source.delayMs} ms between two requests to one host, at most ${count(source.pagesMax, "page")} a run</dd></div>
<div><dt>Nightly run</dt><dd>${source.runAt}, ${source.timeZone}</dd></div>
<div><dt>Listed by</dt><dd>${source.origin === "operator" ? "an operator" : "found: a page or an entry names it"}</dd></div>
</dl></section>`,
  });
}

const pageTable = (pages: Page[], now: Date, total: number): Html =>
  table({
    caption: total > pages.length ? `The first ${pages.length} of ${total}` : "By address",
    columns: [{ name: "Page", wide: true }, "Outcome", "Kind", "Last visit"],
    rows: pages.map((page) => [
      html`${outsideLink(page.url)}${page.title && html`<br><span class="muted small">${page.title}</span>`}`,
      html`${outcomeBadge(page.outcome)}${page.setAsideBecause && html` <span class="badge bad" title="${page.setAsideBecause}">set aside</span>`}`,
      page.kind ?? "",
      html`${page.visitedAt && showAge(page.visitedAt, now)}${page.snapshotId && html`<br><a class="small" href="${quotePath({ pageId: page.id, snapshotId: page.snapshotId, start: 0, end: 0 })}">as it was</a>`}`,
    ]),
    empty: "None yet: they are found when the source is crawled.",
  });

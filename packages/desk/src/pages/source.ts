import { mayActAs } from "@waymark/domain";
import {
  countHeldPages,
  listCutOffs,
  listIncidents,
  listIssues,
  listPages,
  listReadingStats,
  listRecipes,
  listRenderVerdicts,
  listRuns,
  loadHealth,
  type Page,
  type StoredSource,
} from "@waymark/store";
import { asked, type Call } from "../call.ts";
import { outsideLink, pathTo, withQuery } from "../parts/address.ts";
import { quotePath } from "../parts/evidence.ts";
import { howItAnswers, spanText } from "../parts/how-it-answers.ts";
import { type Html, html } from "../parts/html.ts";
import { outcomeBadge } from "../parts/labels.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { heldNote, howItIsRead } from "../parts/recipe.ts";
import { cutOffTable, renderTable, savedTable } from "../parts/saved-work.ts";
import { table } from "../parts/table.ts";
import { count, showAge, showMoment } from "../parts/when.ts";
import { runTable } from "./runs.ts";
import { loadSource, nextRunText, renderWords, sourceActions, sourceNote } from "./sources.ts";

const pagesShown = 200;
const nightsShown = 7;

/** One source: how it answers, how its runs went, its pages and what they did wrong, how it is watched. */
export async function showSource(call: Call): Promise<Response> {
  const { db, now } = call.desk;
  const source = await loadSource(call);
  const [pages, runs, issues, incidents, health, rendered, recipes, stats, held] =
    await Promise.all([
      listPages(db, source.id),
      listRuns(db, { sourceId: source.id, limit: 30 }),
      listIssues(db, source.id),
      listIncidents(db),
      loadHealth(db, source.id, { now: now() }),
      listRenderVerdicts(db, source.id),
      listRecipes(db, source.id),
      listReadingStats(db, source.id, nightsShown),
      countHeldPages(db, source.id),
    ]);
  const mayAccept = mayActAs(call.viewer.account.role, "curator");
  const [last] = runs;
  const cutOffs = last && (await listCutOffs(db, [last.id])).get(last.id);
  const own = incidents.filter(({ sourceId }) => sourceId === source.id);
  const failing = pages.filter(({ failures }) => failures > 0);
  const lists = pages.filter(({ purpose }) => purpose === "sitemap").length;
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
${heldNote(call, source.id, { held, mayAccept })}
<section><h2>How it answers</h2>${howItAnswers(health, now())}</section>
<section><h2>Runs</h2>${runTable(runs, "Its last runs")}</section>
<section><h2>How its pages are read</h2>${howItIsRead(recipes, stats)}</section>
<section><h2>What the last nights were spared</h2>
${savedTable(runs.slice(0, nightsShown), "Pages that did not have to be asked, sent or read")}</section>
<section><h2>What was left alone, and why</h2>
${last ? cutOffTable(cutOffs ?? [], last.state === "finished" ? "In the last run" : "In the run that is going on") : html`<p class="empty">This shows once it has been crawled.</p>`}</section>
<section><h2>Seen through a browser</h2>${renderTable(rendered, now())}</section>
<section><h2>Pages</h2>
<p class="muted">${count(pages.length - lists, "page")}${lists > 0 && ` and ${count(lists, "list")}`}${failing.length > 0 && html`, <a href="${withQuery(path, { pages: onlyFailing ? undefined : "failing" })}">${onlyFailing ? "show all" : `${failing.length} failing`}</a>`}${pages.length === 5000 && " or more"}.</p>
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
<section><h2>How it is watched</h2>${settings(source)}</section>`,
  });
}

const pageTable = (pages: Page[], now: Date, total: number): Html =>
  table({
    caption: total > pages.length ? `The first ${pages.length} of ${total}` : "By address",
    columns: [{ name: "Page", wide: true }, "Outcome", "Kind", "Last visit"],
    rows: pages.map((page) => [
      html`${outsideLink(page.url)}${page.title && html`<br><span class="muted small">${page.title}</span>`}`,
      html`${outcomeBadge(page.outcome)}${page.setAsideBecause && html` <span class="badge bad" title="${page.setAsideBecause}">set aside</span>`}`,
      page.purpose === "sitemap" ? "list" : (page.kind ?? ""),
      html`${page.visitedAt && showAge(page.visitedAt, now)}${page.snapshotId && html`<br><a class="small" href="${quotePath({ pageId: page.id, snapshotId: page.snapshotId, start: 0, end: 0 })}">as it was</a>`}`,
    ]),
    empty: "None yet: they are found when the source is crawled.",
  });

const settings = (source: StoredSource): Html => html`<dl class="facts">
<div><dt>Short name</dt><dd><code>${source.id}</code></dd></div>
<div><dt>Begins at</dt><dd><ul class="plain">${source.seeds.map((seed) => html`<li>${outsideLink(seed)}</li>`)}</ul></dd></div>
<div><dt>Scope</dt><dd><ul class="plain">${source.scope.map((prefix) => html`<li><code>${prefix}</code></li>`)}</ul></dd></div>
<div><dt>Pace</dt><dd>${source.delayMs} ms between two requests to one host, at most ${count(source.pagesMax, "page")} a run</dd></div>
<div><dt>Politeness group</dt><dd>${source.politenessGroup ? html`<code>${source.politenessGroup}</code> <span class="muted">its hosts share one pace</span>` : html`<span class="muted">none: each of its hosts has a pace of its own</span>`}</dd></div>
<div><dt>Nightly run</dt><dd>${source.runAt}, ${source.timeZone}</dd></div>
<div><dt>Visits of a page</dt><dd>at least ${spanText(source.intervalMinHours)} and at most ${spanText(source.intervalMaxHours)} apart, by how often it changes</dd></div>
<div><dt>Browser</dt><dd>${renderWords[source.render]}</dd></div>
<div><dt>Listed by</dt><dd>${source.origin === "operator" ? "an operator" : "found: a page or an entry names it"}</dd></div>
</dl>`;

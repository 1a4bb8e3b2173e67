import { sizeText } from "@waymark/pipeline";
import {
  countChanges,
  countFreshness,
  countPairs,
  countProposedSince,
  listIncidents,
  listRuns,
  listSources,
  listTroubledHosts,
  type Run,
  secondsSinceSweep,
  type TroubledHost,
} from "@waymark/store";
import type { Call } from "../call.ts";
import { pathTo } from "../parts/address.ts";
import { barList, columns, shareBar } from "../parts/bars.ts";
import { spanText } from "../parts/how-it-answers.ts";
import { type Html, html } from "../parts/html.ts";
import { changeKinds, freshnessLabels, freshnessSteps, kindLabels } from "../parts/labels.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { count, showAge, showMoment } from "../parts/when.ts";
import { sweepSecondsMax } from "./health.ts";

const nightMs = 24 * 3_600_000;

/** The first page: what waits, what the last night brought, which sources are in trouble, how fresh the catalog is. */
export async function showOverview(call: Call): Promise<Response> {
  const { db, now } = call.desk;
  const [counts, freshness, runs, incidents, sources, hosts, sweptBefore, pairs] =
    await Promise.all([
      countChanges(db),
      countFreshness(db),
      listRuns(db, { limit: 1000 }),
      listIncidents(db),
      listSources(db),
      listTroubledHosts(db),
      secondsSinceSweep(db),
      countPairs(db),
    ]);
  const nights = gatherNights(runs);
  const lastNight = nights.at(-1);
  const proposed = lastNight ? await countProposedSince(db, lastNight.startedAt) : [];
  const openOf = (kind: string) =>
    counts.find((row) => row.kind === kind && row.state === "open")?.n ?? 0;
  const waiting = changeKinds.reduce((sum, kind) => sum + openOf(kind), 0);
  const entries = freshness.reduce((sum, { n }) => sum + n, 0);
  return renderPage(call, {
    title: "Overview",
    place: "/",
    body: html`${pageHead({
      title:
        waiting === 0
          ? "Nothing waits for you"
          : html`${count(waiting, "change")} ${waiting === 1 ? "waits" : "wait"} for a decision`,
      lead: lastNight ? nightInWords(lastNight, proposed) : "No source has been crawled yet.",
      actions:
        waiting > 0 ? html`<a class="button accept" href="/changes">Open the queue</a>` : undefined,
    })}
${sweptBefore !== undefined && sweptBefore > sweepSecondsMax && html`<div class="note bad" role="status"><p>No worker has looked in for ${Math.round(sweptBefore / 60)} minutes: crawls stand still until one is started.</p></div>`}
<div class="grid">
<section class="card"><h2>What waits</h2>
${barList(changeKinds.map((kind) => ({ label: kindLabels[kind].many, n: openOf(kind), look: `kind-${kind}`, path: `/changes?kind=${kind}` })))}
${pairs.unsure > 0 && html`<p class="small"><a href="/pairs?verdict=unsure">${count(pairs.unsure, "unsure pair")}</a> may be one effort each.</p>`}
</section>
<section class="card"><h2>Catalog freshness</h2>
${
  entries === 0
    ? html`<p class="empty">The catalog is empty. Import one with <code>pnpm waymark catalog import FILE.csv</code>.</p>`
    : html`<p class="figure"><strong>${entries.toLocaleString("en-US")}</strong> ${entries === 1 ? "entry" : "entries"}</p>
${shareBar(freshnessSteps.map((step) => ({ label: freshnessLabels[step], n: freshness.find((row) => row.step === step)?.n ?? 0, look: `fresh-${step}`, path: `/initiatives?freshness=${step}` })))}`
}
</section>
<section class="card"><h2>The last nights</h2>
${nights.length === 0 ? html`<p class="empty">Nights show here once a source was crawled.</p>` : html`${nightColumns(nights)}${sparedInWords(nights.at(-1)!)}`}
</section>
<section class="card"><h2>Sources in trouble</h2>${troubleList({ incidents, runs, sources, hosts }, now())}</section>
</div>`,
  });
}

type Night = {
  date: string;
  startedAt: Date;
  runs: Run[];
  visited: number;
  changed: number;
  isOpen: boolean;
};

/** Runs by the day they began on, oldest first, at most fourteen days. */
function gatherNights(runs: Run[]): Night[] {
  const byDate = Map.groupBy(runs, (run) => run.startedAt.toISOString().slice(0, 10));
  return [...byDate]
    .map(([date, ofNight]) => ({
      date,
      startedAt: new Date(Math.min(...ofNight.map(({ startedAt }) => startedAt.getTime()))),
      runs: ofNight,
      visited: ofNight.reduce((sum, run) => sum + visitsOf(run), 0),
      changed: ofNight.reduce((sum, run) => sum + (run.counts.changedPages ?? 0), 0),
      isOpen: ofNight.some(({ state }) => state !== "finished"),
    }))
    .sort((a, b) => a.date.localeCompare(b.date))
    .slice(-14);
}

/** How many visits a run made, whatever they came to. */
export const visitsOf = ({ counts }: Run): number =>
  Object.entries(counts).reduce((sum, [name, n]) => (name === "changedPages" ? sum : sum + n), 0);

function nightInWords(night: Night, proposed: { kind: string; n: number }[]): Html {
  const failed = night.runs.filter(({ outcome }) => outcome === "failed").length;
  const total = proposed.reduce((sum, { n }) => sum + n, 0);
  const sources = new Set(night.runs.map(({ sourceId }) => sourceId)).size;
  return html`Last crawl, ${showMoment(night.startedAt)}: ${count(sources, "source")}, ${count(night.visited, "page")} visited, ${night.changed.toLocaleString("en-US")} of them changed; ${total === 0 ? "nothing new to decide" : `${count(total, "change")} proposed`}${failed > 0 && html`; <a href="/runs">${count(failed, "source")} failed</a>`}.${night.isOpen && " It is still going on."}`;
}

function nightColumns(nights: Night[]): Html {
  const last = nights.at(-1)!;
  const text = ({ date, visited, changed }: Night) =>
    `${date}: ${count(visited, "page")} visited, ${changed} changed`;
  return html`${columns({
    title: `Pages visited and changed by night. ${nights.map(text).join("; ")}.`,
    columns: nights.map((night) => ({
      label: text(night),
      whole: night.visited,
      part: night.changed,
    })),
  })}
<p class="axis"><span>${nights.length >= 7 && nights[0]!.date}</span><span>${last.date}</span></p>
<ul class="legend"><li><span class="dot whole" aria-hidden="true"></span>Pages visited</li><li><span class="dot part" aria-hidden="true"></span>changed</li></ul>`;
}

/** What the last night was spared, all its runs together. */
function sparedInWords({ runs, visited }: Night): Html | undefined {
  const sum = (of: (saved: Run["saved"]) => number | undefined) =>
    runs.reduce((total, { saved }) => total + (of(saved) ?? 0), 0);
  const notModified = sum((saved) => saved.notModified);
  if (visited === 0 || notModified === 0) return undefined;
  const notAsked = sum((saved) => saved.spared);
  return html`<p class="muted">The last time, ${notModified.toLocaleString("en-US")} of ${count(visited, "visit")} were answered with “not modified”, and ${sizeText(sum((saved) => saved.bytesSaved))} did not have to be sent again${notAsked > 0 && html`; ${count(notAsked, "page")} that the sites' own lists call unchanged ${notAsked === 1 ? "was" : "were"} not asked`}.</p>`;
}

/** Hosts that let nobody in just now; the names of the sources say whose they are. */
function hostList(hosts: TroubledHost[]): Html {
  return html`<h3>Hosts that let nobody in</h3><ul class="plain">${hosts
    .slice(0, 6)
    .map(
      ({ id, sourceIds, closedBecause, backoffMs }) =>
        html`<li><strong>${id}</strong> <span class="muted">${sourceIds.slice(0, 3).map((source, index) => html`${index > 0 && ", "}<a href="${pathTo("sources", source)}">${source}</a>`)}${sourceIds.length > 3 && ` and ${sourceIds.length - 3} more`}</span><br>${closedBecause ?? `wants to be left alone for ${spanText(backoffMs / 3_600_000)} more`}</li>`,
    )}</ul>${hosts.length > 6 && html`<p class="more"><a href="/sources">${hosts.length - 6} more</a></p>`}`;
}

function troubleList(
  {
    incidents,
    runs,
    sources,
    hosts,
  }: {
    incidents: Awaited<ReturnType<typeof listIncidents>>;
    runs: Run[];
    sources: Awaited<ReturnType<typeof listSources>>;
    hosts: TroubledHost[];
  },
  now: Date,
): Html {
  const nameOf = (id: string) => sources.find((source) => source.id === id)?.name ?? id;
  const isKnown = (id: string) => incidents.some(({ sourceId }) => sourceId === id);
  const recent = runs.filter(({ startedAt }) => now.getTime() - startedAt.getTime() < 3 * nightMs);
  const newest = new Map(recent.toReversed().map((run) => [run.sourceId, run]));
  const failed = [...newest.values()].filter(
    ({ outcome, sourceId }) => outcome === "failed" && !isKnown(sourceId),
  );
  if (incidents.length + failed.length === 0)
    return hosts.length > 0
      ? hostList(hosts)
      : html`<p class="empty">None. Every source answered as it should.</p>`;
  const troubles = [
    ...incidents.map(({ sourceId, message, at }) => ({ sourceId, message, at })),
    ...failed.map(({ sourceId, startedAt, setAsideBecause }) => ({
      sourceId,
      message: setAsideBecause ?? "No page of it could be read at its last run.",
      at: startedAt,
    })),
  ];
  return html`<ul class="plain">${troubles
    .slice(0, 6)
    .map(
      ({ sourceId, message, at }) =>
        html`<li><a href="${pathTo("sources", sourceId)}"><strong>${nameOf(sourceId)}</strong></a> <span class="muted">${showAge(at, now)}</span><br>${message}</li>`,
    )}</ul>${troubles.length > 6 && html`<p class="more"><a href="/sources">All ${troubles.length}</a></p>`}${hosts.length > 0 && hostList(hosts)}`;
}

import type { Health, HostHealth, Trust } from "@waymark/store";
import { outsideLink } from "./address.ts";
import { type Html, html } from "./html.ts";
import { outcomeBadge, outcomeText } from "./labels.ts";
import { table } from "./table.ts";
import { count, showAge } from "./when.ts";

const hostsShown = 30;

/** How a source answers: in a few lines, by what its pages came to, and by host. */
export function howItAnswers(health: Health, now: Date): Html {
  if (health.pages.all === 0)
    return html`<p class="empty">Nothing is known yet: it has not been crawled.</p>`;
  return html`${factList(health, now)}
${outcomeTable(health, now)}
${hostTable(health.hosts, now)}`;
}

function factList({ pages, ...health }: Health, now: Date): Html {
  const { recent, intervalHours, lists } = health;
  const facts: [string, Html | string | undefined][] = [
    [
      "Pages",
      listed(count(pages.all, "page"), [
        [pages.due, "due now"],
        [pages.neverVisited, "never visited"],
        [pages.needBrowser, "shown through a browser"],
        [pages.double, "with the bytes of another page"],
      ]),
    ],
    [
      "Last good visit",
      health.lastGoodAt ? showAge(health.lastGoodAt, now) : "No page of it has been got yet.",
    ],
    ["Last good run", lastGoodRun({ pages, ...health }, now)],
    [
      "Answered with 304",
      recent.visits > 0
        ? `${recent.notModified.toLocaleString("en-US")} of ${count(recent.visits, "visit")} (${share(recent.notModified, recent.visits)}), over ${recent.runs === 1 ? "its only run" : `its last ${recent.runs} runs`}`
        : undefined,
    ],
    [
      "Visited again",
      intervalHours &&
        `every ${spanText(intervalHours.median)} in the middle; most between ${spanText(intervalHours.low)} and ${spanText(intervalHours.high)}`,
    ],
    [
      "Its own lists",
      lists.working + lists.failing === 0
        ? "None is known: no sitemap, and no list of a content system."
        : `${count(lists.working, "list")} ${lists.working === 1 ? "answers" : "answer"}${lists.failing > 0 ? `, ${lists.failing} ${lists.failing === 1 ? "does" : "do"} not` : ""}`,
    ],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) => value && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** "40 pages: 3 due now, 2 never visited", without what there is none of. */
function listed(head: string, parts: [n: number, word: string][]): string {
  const told = parts
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n.toLocaleString("en-US")} ${word}`);
  return told.length > 0 ? `${head}: ${told.join(", ")}` : head;
}

function lastGoodRun(health: Health, now: Date): Html | string {
  const { lastGoodRunAt, nightsSinceGoodRun = 0, failedRuns } = health;
  if (!lastGoodRunAt)
    return failedRuns > 0
      ? html`<span class="badge bad">silent</span> ${count(failedRuns, "run")} brought no page.`
      : "No run has come to its end yet.";
  const silence = html` <span class="badge bad">silent</span> <span class="muted">${count(nightsSinceGoodRun, "night")} since, ${count(failedRuns, "run")} without a page</span>`;
  return html`${showAge(lastGoodRunAt, now)}${failedRuns > 0 && silence}`;
}

const outcomeTable = ({ outcomes }: Health, now: Date): Html =>
  table({
    caption: "What the last visit of each page came to",
    columns: [
      { name: "Outcome", wide: true },
      { name: "Pages", align: "right" },
      { name: "The last of them", wide: true },
      "When",
    ],
    rows: outcomes.map(({ outcome, pages, example }) => [
      html`${outcomeBadge(outcome)}<br><span class="muted small">The page ${outcomeText(outcome)}.</span>`,
      pages.toLocaleString("en-US"),
      html`${outsideLink(example.url)}${answerText(example) && html`<br><span class="muted small">${answerText(example)}</span>`}`,
      showAge(example.at, now),
    ]),
    empty: "None of its pages has been visited yet.",
  });

/** What stood in the way, where it led to, or the status. */
const answerText = ({ status, error, location }: Health["outcomes"][number]["example"]): string =>
  error ?? (location ? `to ${location}` : status === undefined ? "" : `status ${status}`);

const hostTable = (hosts: HostHealth[], now: Date): Html =>
  table({
    caption:
      hosts.length > hostsShown
        ? `The ${hostsShown} hosts with the most pages, of ${hosts.length}`
        : hosts.length === 1
          ? "Its host"
          : "Its hosts",
    columns: [
      { name: "Host", wide: true },
      { name: "Pages", align: "right" },
      { name: "robots.txt", wide: true },
      "Now",
      "Validators",
      "Dates in lists",
    ],
    rows: hosts
      .slice(0, hostsShown)
      .map((host) => [
        html`<span class="strong">${host.id}</span>${host.group && html`<br><span class="muted small">shares the pace of ${host.group}</span>`}`,
        host.pages.toLocaleString("en-US"),
        robotsText(host, now),
        turnText(host),
        trustText(host.validators),
        trustText(host.lists),
      ]),
  });

function robotsText(host: HostHealth, now: Date): Html {
  const { robots, hasRules, robotsError, robotsAskedAt, robotsGoodAt, crawlDelayMs } = host;
  if (robots === undefined) return html`<span class="muted">not asked yet</span>`;
  const delay = crawlDelayMs && `${crawlDelayMs / 1000} s between requests`;
  if (robots === "rules") {
    const told = [delay, robotsGoodAt && html`got ${showAge(robotsGoodAt, now)}`].filter(Boolean);
    return html`${hasRules ? "has rules" : "allows all"}<br><span class="muted small">${joined(told)}</span>`;
  }
  return html`<span class="badge bad">closed</span> ${robotsError}<br><span class="muted small">${robotsAskedAt && html`asked ${showAge(robotsAskedAt, now)}, `}${robotsGoodAt ? html`last got ${showAge(robotsGoodAt, now)}` : "never got"}</span>`;
}

const joined = (parts: unknown[]): unknown[] =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [", ", part]));

/** Whether it is being visited, and how patient it wants us to be. */
function turnText({ backoffMs, failures, quietMs, isLeased }: HostHealth): Html | string {
  if (backoffMs > 0)
    return html`<span class="badge half">waits ${spanText(backoffMs / 3_600_000)}</span><br><span class="muted small">turned us away ${count(failures, "time")} in a row</span>`;
  const turnedAway = quietMs !== undefined && quietMs < 86_400_000;
  return html`${isLeased ? html`<span class="badge busy">being visited</span>` : html`<span class="muted">at rest</span>`}${turnedAway && html`<br><span class="muted small">turned us away ${spanText(quietMs / 3_600_000)} ago</span>`}`;
}

/** Whether what was promised held when it was put to the test. */
const trustText = ({ checked, lied }: Trust): Html =>
  checked === 0
    ? html`<span class="muted">not tested yet</span>`
    : lied === 0
      ? html`held, ${checked} of ${checked}`
      : html`<span class="badge half">wrong ${lied} of ${checked}</span>`;

/** "12 minutes", "20 hours", "14 days": a length of time in the largest unit that says it well. */
export function spanText(hours: number): string {
  if (hours < 1) return count(Math.max(1, Math.ceil(hours * 60)), "minute");
  return hours < 48 ? count(Math.round(hours), "hour") : count(Math.round(hours / 24), "day");
}

/** "87 %"; all and nothing are only said where they are true. */
export function share(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (part / whole) * 100;
  if (part > 0 && part < whole) return `${Math.min(99, Math.max(1, Math.round(percent)))} %`;
  return `${Math.round(percent)} %`;
}

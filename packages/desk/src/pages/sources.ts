import { BadInput, mayActAs, RenderUse, SourceFile, SourceKind } from "@waymark/domain";
import { acceptDrift, importSources, startRuns } from "@waymark/pipeline";
import {
  findSource,
  listIncidents,
  listLastRuns,
  listSourceHealth,
  listSources,
  type Run,
  type SourceHealth,
  type StoredSource,
  setSourcePaused,
} from "@waymark/store";
import { z } from "zod";
import { asked, type Call } from "../call.ts";
import { pathTo } from "../parts/address.ts";
import {
  actionButton,
  choice,
  csrfField,
  numberField,
  readForm,
  textField,
} from "../parts/form.ts";
import { share } from "../parts/how-it-answers.ts";
import { type Html, html } from "../parts/html.ts";
import { outcomeBadge } from "../parts/labels.ts";
import { note, pageHead, renderPage } from "../parts/layout.ts";
import { table } from "../parts/table.ts";
import { count, showAge } from "../parts/when.ts";
import { notFound } from "../problem.ts";
import { visitsOf } from "./overview.ts";

/** The websites we watch, with how each of them is doing. */
export async function showSources(call: Call): Promise<Response> {
  const { db, now } = call.desk;
  const [sources, runs, healths, incidents] = await Promise.all([
    listSources(db),
    listLastRuns(db),
    listSourceHealth(db, { now: now() }),
    listIncidents(db),
  ]);
  const isOperator = mayActAs(call.viewer.account.role, "operator");
  const rowsOf = (origin: StoredSource["origin"]) =>
    sources
      .filter((source) => source.origin === origin)
      .map((source) => {
        const run = runs.find(({ sourceId }) => sourceId === source.id);
        const troubles = incidents.filter(({ sourceId }) => sourceId === source.id).length;
        return [
          html`<a class="strong" href="${pathTo("sources", source.id)}">${source.name}</a>${troubles > 0 && html` <span class="badge bad">${count(troubles, "incident")}</span>`}<br><span class="muted small">${source.kind} · ${source.id}</span>`,
          healthLine(healths.get(source.id), now()),
          lastRunText(run, now()),
          source.paused
            ? html`<span class="badge half">paused</span>`
            : source.nextRunAt
              ? nextRunText(source.nextRunAt, now())
              : html`<span class="muted">not planned</span>`,
          isOperator && sourceActions(call, source, run),
        ];
      });
  const columns = [
    { name: "Source", wide: true },
    { name: "How it answers", wide: true },
    { name: "Last run", wide: true },
    "Next run",
    "",
  ];
  const found = rowsOf("found");
  return renderPage(call, {
    title: "Sources",
    place: "/sources",
    body: html`${pageHead({
      title: "Sources",
      lead: "The websites we watch. Every night each is visited at its own pace, and only what changed is read again.",
    })}
${sourceNote(call)}
${isOperator && addForm(call)}
${table({ caption: "Listed by an operator", columns, rows: rowsOf("operator"), empty: html`No source is listed. Add one above, or import a file with <code>pnpm waymark sources import FILE.json</code>.` })}
${found.length > 0 && table({ caption: "Found: sites of efforts that pages or entries name", columns, rows: found })}`,
  });
}

/** When a source is crawled next; one whose time has come waits for a worker. */
export const nextRunText = (at: Date, now: Date): Html =>
  at > now ? showAge(at, now) : html`<span class="muted">due now</span>`;

/** A source's health in a line: how its last run went, how many of its pages are well, who is waited for. */
function healthLine(health: SourceHealth | undefined, now: Date): Html {
  if (!health || health.pages === 0) return html`<span class="muted">not known yet</span>`;
  const { pages, visited, good, due, hostsWaiting, hostsClosed } = health;
  const told = [
    visited > 0
      ? `${share(good, visited)} of ${count(visited, "page")} good`
      : `${count(pages, "page")}, none visited`,
    due > 0 && `${due.toLocaleString("en-US")} due`,
    hostsWaiting > 0 && `${count(hostsWaiting, "host")} to wait for`,
    hostsClosed > 0 && `robots.txt of ${count(hostsClosed, "host")} cannot be had`,
  ];
  return html`${stateBadge(health, now)}<br><span class="muted small">${told.filter(Boolean).join(" · ")}</span>`;
}

function stateBadge({ lastOutcome, lastGoodRunAt }: SourceHealth, now: Date): Html {
  if (lastOutcome !== "failed") return outcomeBadge(lastOutcome);
  return html`<span class="badge bad">silent</span> <span class="small">${lastGoodRunAt ? html`last good run ${showAge(lastGoodRunAt, now)}` : "no good run yet"}</span>`;
}

function lastRunText(run: Run | undefined, now: Date): Html {
  if (!run) return html`<span class="muted">never</span>`;
  const when = html`<a href="${pathTo("runs", run.id)}">${showAge(run.startedAt, now)}</a>`;
  if (run.state !== "finished") return html`${when} <span class="badge busy">${run.state}</span>`;
  return html`${when}<br><span class="muted small">${count(visitsOf(run), "visit")}, ${run.counts.changedPages ?? 0} changed</span>`;
}

/** What an operator can do with a source: crawl it now, let it rest, let it go on. */
export function sourceActions(call: Call, source: StoredSource, run: Run | undefined): Html {
  const path = pathTo("sources", source.id);
  const isRunning = run !== undefined && run.state !== "finished";
  return html`<div class="row tight">
${!source.paused && !isRunning && actionButton(call, { action: `${path}/crawl`, label: html`Crawl now<span class="visually-hidden">: ${source.name}</span>` })}
${actionButton(call, { action: `${path}/${source.paused ? "resume" : "pause"}`, label: html`${source.paused ? "Resume" : "Pause"}<span class="visually-hidden"> ${source.name}</span>`, look: source.paused ? "quiet" : "bare" })}
</div>`;
}

/** What was just done with a source. */
export function sourceNote(call: Call): Html | undefined {
  const told = asked(call, "told");
  const texts: Record<string, string> = {
    started: "The crawl has begun. Its page shows how far it is.",
    "already-open": "A crawl of this source is going on already.",
    paused: "Paused: it is left alone until somebody resumes it.",
    resumed: "It is crawled again from the next night on.",
    accepted: "Accepted. Its pages are read as they are now, without asking the site again.",
    added: "Added. It is crawled for the first time tonight, or now if you say so.",
  };
  const text = told === undefined ? undefined : texts[told];
  return text === undefined ? undefined : note(text);
}

const addForm = (
  call: Call,
): Html => html`<details class="card add"><summary><h2>Add a source</h2></summary>
<form method="post" action="/sources">${csrfField(call)}
<div class="form-grid">
${textField({ name: "name", label: "Name", required: true, placeholder: "Example Foundation" })}
${choice({ name: "kind", label: "Kind", choices: SourceKind.options.map((kind) => [kind, kind] as const), chosen: "initiative" })}
${textField({ name: "id", label: "Short name (made from the name when blank)" })}
<label class="field wide"><span>Addresses to begin at <span class="muted">(one a line)</span></span><textarea name="seeds" rows="3" required placeholder="https://www.example.org/initiatives"></textarea></label>
</div>
<details class="more-settings"><summary>How it is watched <span class="muted">(may be left as it is)</span></summary>
<div class="form-grid">
${choice({ name: "render", label: "Browser", choices: RenderUse.options.map((use) => [use, renderWords[use]] as const), chosen: "auto", help: "A browser takes long: most pages show all they have without one." })}
${numberField({ name: "intervalMinHours", label: "Hours between two visits, at least", min: 1, max: 8760, placeholder: "20", help: "No page is visited more often, however often it changes." })}
${numberField({ name: "intervalMaxHours", label: "Hours between two visits, at most", min: 1, max: 8760, placeholder: "672", help: "No page is left alone longer, however rarely it changes. 672 are four weeks." })}
${textField({ name: "politenessGroup", label: "Politeness group", placeholder: "none", help: "Sources of one group share one pace: for sites that live on one machine." })}
</div></details>
<button class="button accept">Add the source</button>
</form></details>`;

/** What each use of a browser means. */
export const renderWords: Record<RenderUse, string> = {
  auto: "where a page needs one",
  never: "never",
  always: "for every page",
};

const hours = z
  .string()
  .trim()
  .regex(/^([1-9]\d{0,3})?$/, "write a whole number of hours")
  .transform((text) => (text === "" ? undefined : Number(text)))
  .optional();

const AddSource = z.looseObject({
  name: z.string().trim().min(1, "a source needs a name").max(200),
  kind: SourceKind,
  id: z.string().trim(),
  seeds: z.string(),
  render: RenderUse.optional(),
  intervalMinHours: hours,
  intervalMaxHours: hours,
  politenessGroup: z
    .string()
    .trim()
    .toLowerCase()
    .transform((text) => text || undefined)
    .optional(),
});

/** Adds a source from the form. */
export async function addSource(call: Call): Promise<Response> {
  const { desk, c, viewer } = call;
  const { name, kind, id, seeds, ...given } = await readForm(call, AddSource);
  const { render, intervalMinHours, intervalMaxHours, politenessGroup } = given;
  const parsed = SourceFile.safeParse([
    {
      id: id || shortName(name),
      name,
      kind,
      seeds: seeds.split(/\s+/).filter(Boolean),
      render,
      intervalMinHours,
      intervalMaxHours,
      politenessGroup,
    },
  ]);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new BadInput(`the field “${path.slice(1).join(" ")}” is not usable: ${message}`);
  }
  const source = parsed.data[0]!;
  if (await findSource(desk.db, source.id))
    throw new BadInput(`there is a source named “${source.id}” already`);
  await importSources(desk.db, parsed.data, desk.now());
  desk.log.info({ sourceId: source.id, who: viewer.account.name }, "source added");
  return c.redirect(`${pathTo("sources", source.id)}?told=added`, 303);
}

const shortName = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 64)
    .replace(/^-+|-+$/g, "");

/** Starts a crawl by hand. */
export async function crawlSource(call: Call): Promise<Response> {
  const { desk, c, viewer } = call;
  const source = await loadSource(call);
  const { started } = await startRuns(desk, {
    sourceIds: [source.id],
    trigger: "operator",
    who: viewer.account.name,
  });
  desk.log.info({ sourceId: source.id, who: viewer.account.name }, "crawl asked for");
  const told = started.length > 0 ? "started" : "already-open";
  return c.redirect(`${pathTo("sources", source.id)}?told=${told}`, 303);
}

export const pauseSource = (call: Call): Promise<Response> => setPaused(call, true);
export const resumeSource = (call: Call): Promise<Response> => setPaused(call, false);

async function setPaused(call: Call, paused: boolean): Promise<Response> {
  const { desk, c, viewer } = call;
  const source = await loadSource(call);
  await setSourcePaused(desk.db, source.id, paused);
  desk.log.info({ sourceId: source.id, paused, who: viewer.account.name }, "source paused or not");
  return c.redirect(`${pathTo("sources", source.id)}?told=${paused ? "paused" : "resumed"}`, 303);
}

/** Takes the new shape of a source whose run was held back. */
export async function acceptSource(call: Call): Promise<Response> {
  const { desk, c, viewer } = call;
  const source = await loadSource(call);
  const who = viewer.account.name;
  const pages = await acceptDrift(desk.db, source.id, { who, now: desk.now() });
  await desk.bell?.ring("sweep", {});
  desk.log.info({ sourceId: source.id, pages, who }, "new shape of a source accepted");
  return c.redirect(`${pathTo("sources", source.id)}?told=accepted`, 303);
}

/** The source a path names; 404 when there is none. */
export async function loadSource({ c, desk }: Call): Promise<StoredSource> {
  const source = await findSource(desk.db, c.req.param("id") ?? "");
  if (!source) throw notFound("such source");
  return source;
}

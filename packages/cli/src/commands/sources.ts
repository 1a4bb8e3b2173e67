import { BadInput, RenderUse, type SourceId, SourceKind } from "@waymark/domain";
import { importSources } from "@waymark/pipeline";
import {
  countPages,
  findSource,
  listCutOffs,
  listIncidents,
  listIssues,
  listLastRuns,
  listRenderVerdicts,
  listRuns,
  listSources,
  loadHealth,
  type Pool,
  removeSource,
  type StoredSource,
  setSourcePaused,
} from "@waymark/store";
import { type Command, InvalidArgumentError, Option } from "commander";
import { readText } from "../file.ts";
import { openSession, withDatabase, withHome } from "../session.ts";
import { clockOf } from "../setting.ts";
import { checkSources, parseSources } from "../sources-file.ts";
import { countVisits, healthLines, printHealth } from "../summary.ts";
import { count, faint, note, print, printJson, printTable, strong, when } from "../terminal.ts";

export function addSources(program: Command): void {
  const sources = program
    .command("sources")
    .summary("the websites that are watched")
    .description("The websites that are watched: list, add, pause, remove.");
  sources
    .command("list")
    .summary("every source with its last run")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark sources list")
    .action(list);
  sources
    .command("show")
    .argument("<id>")
    .summary("one source: settings, how it answers, runs, what its pages do wrong")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark sources show lumina")
    .action(show);
  sources
    .command("import")
    .argument("<file>", "a JSON file")
    .summary("bring a JSON file of sources in, all or none")
    .description(
      'Brings sources in, all or none: [{"id", "name", "kind", "seeds": ["https://…"]}, …]; optional are ' +
        "delayMs, pagesMax, runAt (HH:MM), timeZone, render (auto, never or always), intervalMinHours, " +
        "intervalMaxHours and politenessGroup. Unknown keys, such as notes, are ignored. A source " +
        "that exists gets what the file says and keeps the rest.",
    )
    .addHelpText("after", "\nExample:\n  waymark sources import sources.json")
    .action(importFile);
  sources
    .command("add")
    .summary("add one source, or write one anew")
    .requiredOption("--id <id>", "a short name, such as lumina")
    .requiredOption("--name <name>", "who publishes it")
    .addOption(
      new Option("--kind <kind>", "what it is").choices(SourceKind.options).makeOptionMandatory(),
    )
    .requiredOption("--seed <url...>", "where a crawl begins; its whole site is inside")
    .option("--delay <ms>", "smallest pause between two requests", wholeNumber)
    .option("--pages-max <n>", "most pages of one run", wholeNumber)
    .option("--run-at <HH:MM>", "when the nightly run is due")
    .option("--time-zone <zone>", "the time zone of that, such as America/Chicago")
    .addOption(
      new Option(
        "--render <use>",
        "when a browser shows its pages: where they need one, never, or all",
      ).choices(RenderUse.options),
    )
    .option("--interval-min <hours>", "no page is visited more often than that", wholeNumber)
    .option("--interval-max <hours>", "no page is left alone longer than that", wholeNumber)
    .option("--politeness-group <name>", "sources of one group share one pace")
    .addHelpText(
      "after",
      '\nExample:\n  waymark sources add --id ohio --name "Ohio" --kind state --seed https://workforce.ohio.gov/',
    )
    .action(addOne);
  for (const [name, paused, summary] of [
    ["pause", true, "crawl a source no more until it is resumed"],
    ["resume", false, "let a paused source go on"],
  ] as const) {
    sources
      .command(name)
      .argument("<id...>")
      .summary(summary)
      .addHelpText("after", `\nExample:\n  waymark sources ${name} lumina`)
      .action((ids: string[]) => setPaused(ids, paused));
  }
  sources
    .command("remove")
    .argument("<id...>")
    .summary("remove a source with its pages; the catalog and decisions stay")
    .addHelpText("after", "\nExample:\n  waymark sources remove lumina")
    .action(remove);
}

const list = ({ json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    const sources = await listSources(db);
    if (json) {
      printJson(sources);
      return;
    }
    const runs = new Map((await listLastRuns(db)).map((run) => [run.sourceId, run]));
    const pages = await countPages(db);
    const incidents = await listIncidents(db);
    const drifted = new Set(
      incidents.flatMap(({ code, sourceId }) => (code === "drift" ? [sourceId] : [])),
    );
    printTable(
      ["id", "kind", "pages", "last run", "outcome", "state", "name"],
      sources.map((source) => {
        const run = runs.get(source.id);
        return [
          source.id,
          source.kind,
          String(pages.get(source.id)?.pages ?? 0),
          when(run?.startedAt),
          run ? (run.outcome ?? run.state) : "–",
          drifted.has(source.id) ? "held back" : stateOf(source),
          source.name,
        ];
      }),
    );
  });

const stateOf = ({ paused, origin }: StoredSource): string =>
  paused ? "paused" : origin === "found" ? "found" : "watched";

const show = (id: string, { json }: { json?: true }): Promise<void> =>
  withDatabase(async (db, session) => {
    const source = await loadSource(db, id);
    const now = (await clockOf(session, db))();
    const health = await loadHealth(db, source.id, { now });
    const runs = await listRuns(db, { sourceId: source.id, limit: 5 });
    const issues = await listIssues(db, source.id);
    const incidents = (await listIncidents(db)).filter((one) => one.sourceId === source.id);
    if (json) {
      const renderVerdicts = await listRenderVerdicts(db, source.id);
      const leftAlone = [
        ...(
          await listCutOffs(
            db,
            runs.slice(0, 1).map((run) => run.id),
          )
        ).values(),
      ];
      const known = { health, renderVerdicts, leftAlone: leftAlone.flat() };
      printJson({ ...source, ...known, runs, issues, incidents });
      return;
    }
    print(`${strong(source.name)} ${faint(source.id)}`);
    const told: [string, string][] = [
      ["kind", source.kind],
      ["state", stateOf(source)],
      ["seeds", source.seeds.join("  ")],
      ["scope", source.scope.join("  ")],
      ["pace", `${source.delayMs} ms between two requests, ${source.pagesMax} pages a run`],
      ["nightly", `${source.runAt} ${source.timeZone}, next ${when(source.nextRunAt)}`],
      ["visits", `a page every ${source.intervalMinHours} to ${source.intervalMaxHours} h`],
      ["browser", source.render],
      ["group", source.politenessGroup ?? "–"],
      ...healthLines(health),
    ];
    for (const [word, value] of told) print(`  ${word.padEnd(8)} ${value}`);
    for (const incident of incidents) print(`  incident ${incident.message}`);
    printHealth(health);
    print();
    printTable(
      ["run", "pages", "changed", "outcome"],
      runs.map((run) => [
        when(run.startedAt),
        String(countVisits(run)),
        String(run.counts.changedPages ?? 0),
        run.setAsideBecause ?? run.outcome ?? run.state,
      ]),
    );
    if (issues.length === 0) return;
    print();
    printTable(
      ["issue", "page", "what"],
      issues.map((issue) => [issue.code, issue.url, issue.message]),
    );
  });

async function importFile(file: string): Promise<void> {
  const session = openSession();
  const sources = parseSources(readText(session.config, file), file);
  await withHome(session, async ({ db }) => {
    const { added, changed } = await importSources(db, sources, session.now());
    print(`${count(sources.length, "source")}: ${added} added, ${changed} written anew`);
  });
}

type SourceOptions = {
  id: string;
  name: string;
  kind: string;
  seed: string[];
  delay?: number;
  pagesMax?: number;
  runAt?: string;
  timeZone?: string;
  render?: RenderUse;
  intervalMin?: number;
  intervalMax?: number;
  politenessGroup?: string;
};

async function addOne({
  seed,
  delay,
  intervalMin,
  intervalMax,
  ...options
}: SourceOptions): Promise<void> {
  const session = openSession();
  const given = {
    ...options,
    seeds: seed,
    ...(delay !== undefined && { delayMs: delay }),
    ...(intervalMin !== undefined && { intervalMinHours: intervalMin }),
    ...(intervalMax !== undefined && { intervalMaxHours: intervalMax }),
  };
  const sources = checkSources([given], "the command line");
  await withHome(session, async ({ db }) => {
    const { added } = await importSources(db, sources, session.now());
    print(`${options.id} ${added ? "added" : "written anew"}`);
    note(`Crawl it now: waymark crawl ${options.id} --wait`);
  });
}

const setPaused = (ids: string[], paused: boolean): Promise<void> =>
  withDatabase(async (db) => {
    for (const id of ids) await loadSource(db, id);
    for (const id of ids) {
      await setSourcePaused(db, id as SourceId, paused);
      print(paused ? `${id} is paused` : `${id} goes on`);
    }
  });

const remove = (ids: string[]): Promise<void> =>
  withDatabase(async (db) => {
    for (const id of ids) await loadSource(db, id);
    for (const id of ids) {
      await removeSource(db, id as SourceId);
      print(`${id} is removed with its pages; the catalog and all decisions stay`);
    }
  });

async function loadSource(db: Pool, id: string): Promise<StoredSource> {
  const source = await findSource(db, id);
  if (source) return source;
  throw new BadInput(`there is no source "${id}"; \`waymark sources list\` shows them all`);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("write a whole number.");
  return Number(text);
}

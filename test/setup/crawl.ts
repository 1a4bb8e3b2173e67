import { importSources, openBell, startRuns, waitForRuns } from "@waymark/pipeline";
import { startWorker, type WorkerConfig } from "@waymark/pipeline/worker";
import {
  type CutOff,
  findRun,
  listCutOffs,
  listIncidents,
  listPages,
  openPool,
  type Page,
  type Pool,
  type Run,
} from "@waymark/store";
import { pino } from "pino";
import { createTestDatabase } from "./database.ts";
import { type LoopbackWeb, startLoopbackWeb } from "./loopback-web.ts";

/** A source as a test gives it; the rest is the same for all. */
export type TestSource = Partial<Omit<SourceRow, "id">> & { id: string; seeds: string[] };
type SourceRow = Parameters<typeof importSources>[1][number];

/** What is to be crawled, and when the first night is. */
export type CrawlOptions = {
  sources: TestSource[];
  at?: string;
  /** One worker for each, with what it has otherwise than others. */
  workers?: Partial<WorkerConfig>[];
};

/** The crawl in a database of its own, on a web that the test plays. */
export type TestCrawl = {
  db: Pool;
  databaseUrl: string;
  web: LoopbackWeb;
  setClock(at: string): void;
  startWorker(config?: Partial<WorkerConfig>): Promise<{ stop(): Promise<void> }>;
  /** Opens runs of some sources or of all; returns their ids. */
  open(trigger: Run["trigger"], night?: Night): Promise<string[]>;
  /** Waits for runs and returns them by source. */
  finish(runIds: string[]): Promise<Record<string, Run>>;
  /** Opens runs and waits for them. */
  crawl(trigger: Run["trigger"], night?: Night): Promise<Record<string, Run>>;
  /** The pages of a source by address. */
  pagesOf(sourceId: string): Promise<Record<string, Page>>;
  /** The visits of a run, in the order they were written. */
  visitsOf(run: Run | undefined): Promise<VisitRow[]>;
  cutOffsOf(run: Run | undefined): Promise<CutOff[]>;
  /** Codes of the open incidents of a source. */
  incidentsOf(sourceId: string): Promise<string[]>;
  close(): Promise<void>;
};

/** When a night is, and whose; every source when none is named. */
export type Night = { at?: string; sources?: string[] };

export type VisitRow = {
  url: string;
  outcome: string;
  status: number | null;
  error: string | null;
  changed: boolean;
  rendered: boolean;
  snapshot_id: string | null;
};

/** Opens the crawl: a database, a web without pages, sources imported, workers of little patience. */
export async function openCrawl({
  sources,
  at = "2026-03-01T07:00:00Z",
  workers = [{}],
}: CrawlOptions): Promise<TestCrawl> {
  const database = await createTestDatabase();
  const db = openPool(database.url);
  const web = await startLoopbackWeb();
  let clock = new Date(at);
  const now = () => new Date(clock);
  const whole = sources.map((source) => ({
    name: source.id,
    kind: "network" as const,
    delayMs: 0,
    ...source,
  }));
  await importSources(db, whole as SourceRow[], now());
  const bell = await openBell({ databaseUrl: database.url });
  const running: { stop(): Promise<void> }[] = [];

  const crawl: TestCrawl = {
    db,
    databaseUrl: database.url,
    web,
    setClock(time) {
      clock = new Date(time);
    },
    async startWorker(config) {
      const worker = await startWorker({
        db,
        databaseUrl: database.url,
        now,
        log: pino({ level: "fatal" }),
        version: "test",
        contact: "https://operator.example/crawler",
        connectTo: { host: "127.0.0.1", port: web.port },
        sweepEveryMs: 500,
        // Long enough for a machine that is busy with other tests: what is fetched under a lost lease is fetched again.
        leaseMs: 10_000,
        keepsSchedule: false,
        ...config,
      });
      running.push(worker);
      return worker;
    },
    async open(trigger, { at, sources: ids } = {}) {
      if (at) crawl.setClock(at);
      const sourceIds = (ids ?? sources.map((source) => source.id)) as never[];
      const { started } = await startRuns(
        { db, bell, now },
        { sourceIds, trigger, who: trigger === "operator" ? "test" : undefined },
      );
      return started;
    },
    async finish(runIds) {
      await waitForRuns(db, runIds, { pollMs: 50 });
      const runs = await Promise.all(runIds.map((id) => findRun(db, id)));
      return Object.fromEntries(runs.map((run) => [run!.sourceId, run!]));
    },
    crawl: async (trigger, night) => crawl.finish(await crawl.open(trigger, night)),
    async pagesOf(sourceId) {
      const pages = await listPages(db, sourceId as never);
      return Object.fromEntries(pages.map((page) => [page.url, page]));
    },
    async visitsOf(run) {
      const { rows } = await db.query<VisitRow>(
        "select page.url, visit.* from visit join page on page.id = visit.page_id where run_id = $1 order by visit.id",
        [run!.id],
      );
      return rows;
    },
    cutOffsOf: async (run) => (await listCutOffs(db, [run!.id])).get(run!.id) ?? [],
    incidentsOf: async (sourceId) =>
      (await listIncidents(db)).filter((one) => one.sourceId === sourceId).map((one) => one.code),
    async close() {
      await Promise.all(running.map((worker) => worker.stop().catch(() => undefined)));
      await bell.close();
      await db.end();
      await web.close();
      await database.drop();
    },
  };
  for (const config of workers) await crawl.startWorker(config);
  return crawl;
}

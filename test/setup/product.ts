import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  exampleCatalogPath,
  exampleNights,
  exampleSourcesPath,
  startExampleWeb,
} from "@waymark/example-web";
import {
  type Bell,
  createClock,
  exportChange,
  exportSuppression,
  openBell,
  startRuns,
  waitForRuns,
} from "@waymark/pipeline";
import { startWorker } from "@waymark/pipeline/worker";
import {
  listChanges,
  listInitiatives,
  listSources,
  listSuppressions,
  openPool,
  type Pool,
} from "@waymark/store";
import { pino } from "pino";
import { createTestDatabase } from "./database.ts";

const cli = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));
const workerProcess = fileURLToPath(new URL("./worker-process.ts", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Both nights of the example web. */
export type Night = 1 | 2;

/** The whole product around the example web: a database of its own, the real web server, real workers. */
export type Product = {
  db: Pool;
  databaseUrl: string;
  web: Awaited<ReturnType<typeof startExampleWeb>>;
  bell: Bell;
  /** Starts a worker in this process; stopped with the product. */
  startWorker(night: Night): Promise<{ stop(): Promise<void> }>;
  /** Starts a worker as a process of its own, to be killed. */
  spawnWorker(night: Night): Promise<ChildProcess>;
  /** Opens a run for every source; wait for them with `finish`. */
  open(night: Night): Promise<string[]>;
  finish(runs: string[]): Promise<void>;
  /** One night from crawl to queue, with a worker in this process. */
  crawl(night: Night): Promise<void>;
  /** The catalog, all changes and all suppressions as exported, in one text. */
  export(): Promise<string>;
  close(): Promise<void>;
};

/** Opens the product on the example web, its catalog and sources imported. */
export async function openProduct({ redisUrl }: { redisUrl?: string } = {}): Promise<Product> {
  const database = await createTestDatabase();
  const db = openPool(database.url);
  const web = await startExampleWeb({ night: 1 });
  const env = {
    DATABASE_URL: database.url,
    WAYMARK_CONNECT_TO: `127.0.0.1:${web.port}`,
    WAYMARK_CONTACT: "https://operator.example/crawler",
    ...(redisUrl && { REDIS_URL: redisUrl }),
  };
  await runCli(["catalog", "import", exampleCatalogPath], env);
  await runCli(["sources", "import", exampleSourcesPath], env);
  const bell = await openBell({ databaseUrl: database.url, redisUrl });
  const stops: (() => Promise<unknown>)[] = [];

  const product: Product = {
    db,
    databaseUrl: database.url,
    web,
    bell,
    async startWorker(night) {
      web.setNight(night);
      const worker = await startWorker({
        db,
        databaseUrl: database.url,
        redisUrl,
        now: createClock(exampleNights[night]),
        log: pino({ level: "fatal" }),
        version: "test",
        contact: env.WAYMARK_CONTACT,
        connectTo: { host: "127.0.0.1", port: web.port },
        sweepEveryMs: 1_000,
        // The tests say what is crawled when; every source is due each night by itself.
        keepsSchedule: false,
      });
      stops.push(() => worker.stop());
      return worker;
    },
    async spawnWorker(night) {
      web.setNight(night);
      const child = spawn(process.execPath, [workerProcess], {
        env: {
          ...process.env,
          WORKER: JSON.stringify({
            databaseUrl: database.url,
            redisUrl,
            clock: exampleNights[night],
            port: web.port,
          }),
        },
        stdio: ["ignore", "ignore", "inherit"],
      });
      stops.push(async () => child.exitCode ?? child.signalCode ?? child.kill("SIGKILL"));
      return child;
    },
    async open(night) {
      web.setNight(night);
      const sources = await listSources(db);
      const { started } = await startRuns(
        { db, bell, now: createClock(exampleNights[night]) },
        { sourceIds: sources.map((one) => one.id), trigger: "operator", who: "test", delayMs: 0 },
      );
      return started;
    },
    finish: (runs) => waitForRuns(db, runs, { pollMs: 100 }),
    async crawl(night) {
      const worker = await product.startWorker(night);
      await product.finish(await product.open(night));
      await worker.stop();
      stops.splice(stops.indexOf(worker.stop), 1);
    },
    async export() {
      const lines = [
        ...(await listInitiatives(db)).map(({ id, values, freshness }) => ({
          id,
          values,
          freshness,
        })),
        ...(
          await listChanges(db, {
            states: ["confirming", "open", "accepted", "rejected", "withdrawn"],
          })
        ).map(exportChange),
        ...(await listSuppressions(db)).map(exportSuppression),
      ];
      return lines.map((line) => JSON.stringify(line)).join("\n");
    },
    async close() {
      for (const stop of stops.reverse()) await stop().catch(() => undefined);
      await bell.close();
      await db.end();
      await web.close();
      await database.drop();
    },
  };
  return product;
}

/** Runs the `waymark` command as somebody would; throws with its words when it fails. */
export async function runCli(
  args: string[],
  env: { [name: string]: string },
): Promise<{ stdout: string; stderr: string; code: number }> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const [code] = (await once(child, "close")) as [number];
  if (code !== 0) throw new Error(`waymark ${args.join(" ")} exited ${code}: ${stderr}`);
  return { stdout, stderr, code };
}

/*
 * A worker as a process of its own, for tests that kill it. It differs from `waymark work` only in its
 * patience: leases and sweeps are short, so that what a killed worker held is taken up soon.
 */
import { createClock } from "@waymark/pipeline";
import { startWorker } from "@waymark/pipeline/worker";
import { openPool } from "@waymark/store";
import { pino } from "pino";

const given = JSON.parse(process.env.WORKER!) as {
  databaseUrl: string;
  redisUrl?: string;
  clock: string;
  port: number;
};

const worker = await startWorker({
  db: openPool(given.databaseUrl),
  databaseUrl: given.databaseUrl,
  redisUrl: given.redisUrl,
  now: createClock(given.clock),
  log: pino({ level: "fatal" }),
  version: "test",
  contact: "https://operator.example/crawler",
  connectTo: { host: "127.0.0.1", port: given.port },
  sweepEveryMs: 500,
  keepsSchedule: false,
  leaseMs: 2_000,
});

process.on("SIGTERM", async () => {
  await worker.stop();
  process.exit(0);
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { openCrawl, type TestCrawl } from "./setup/crawl.ts";
import { page } from "./setup/loopback-web.ts";

/*
 * What is fetched is committed in slices: a worker that dies loses the slice under way and nothing else, one
 * that is asked to stop loses nothing.
 */

const host = "long.example.org";
const pages = 220;
const heldAt = 150;
const workerProcess = fileURLToPath(new URL("./setup/worker-process.ts", import.meta.url));

let crawl: TestCrawl | undefined;
afterEach(() => crawl?.close());

/** A site whose worker is in mid-slice, waiting for an answer that does not come the first time. */
async function openHeld(workers: object[]): Promise<{ crawl: TestCrawl; held: Promise<void> }> {
  const opened = await openCrawl({
    sources: [{ id: "long", seeds: [`http://${host}/`] }],
    workers,
  });
  crawl = opened;
  const { promise: held, resolve } = Promise.withResolvers<void>();
  const paths = Array.from({ length: pages }, (_, n) => `/part-${String(n).padStart(3, "0")}`);
  opened.web.play(host, {
    "/": page("Many parts", { links: paths }),
    ...Object.fromEntries(paths.map((path) => [path, page(`Part ${path}`, { words: path })])),
    [paths[heldAt]!]: async ({ nth }) => {
      if (nth === 1) {
        resolve();
        await new Promise(() => undefined);
      }
      return page("Held up");
    },
  });
  return { crawl: opened, held };
}

const spawnWorker = ({ databaseUrl, web }: TestCrawl): ChildProcess =>
  spawn(process.execPath, [workerProcess], {
    env: {
      ...process.env,
      WORKER: JSON.stringify({ databaseUrl, port: web.port, clock: "2026-03-01T07:00:00Z" }),
    },
    stdio: ["ignore", "ignore", "inherit"],
  });

async function countVisits({
  db,
}: TestCrawl): Promise<{ visits: number; pages: number; new: number }> {
  const { rows } = await db.query(`
    select count(*)::int as visits, count(distinct page_id)::int as pages, count(visit.snapshot_id)::int as new
    from visit join page on page.id = visit.page_id where purpose = 'page'`);
  return rows[0];
}

test("a worker killed in mid-slice loses that slice alone; all pages are visited, nothing is stored twice", async () => {
  const { crawl, held } = await openHeld([]);
  const killed = spawnWorker(crawl);
  const runs = await crawl.open("operator");
  await held;
  killed.kill("SIGKILL");
  await once(killed, "exit");
  const killedAt = performance.now();
  const before = await countVisits(crawl);
  const written = new Set(
    Object.values(await crawl.pagesOf("long")).flatMap(({ url, visitedAt }) =>
      visitedAt ? new URL(url).pathname : [],
    ),
  );
  // The front page was committed before its links could be followed, and a full slice before the next began.
  expect(before.visits).toBeGreaterThan(100);
  expect(before.visits).toBeLessThanOrEqual(1 + heldAt);

  const last = spawnWorker(crawl);
  await crawl.finish(runs);
  last.kill("SIGTERM");
  await once(last, "exit");
  expect(await countVisits(crawl)).toEqual({ visits: pages + 1, pages: pages + 1, new: pages + 1 });
  const asks = crawl.web.asksOf(host).filter((one) => one.path.startsWith("/part-"));
  expect(new Set(asks.map((one) => one.path)).size).toBe(pages);
  const again = asks.filter((one) => one.at > killedAt && written.has(one.path));
  expect(again, "what was written is not asked for again").toEqual([]);
}, 90_000);

test("a worker that is asked to stop writes what it has fetched", async () => {
  const { crawl, held } = await openHeld([]);
  const stopped = await crawl.startWorker();
  const runs = await crawl.open("operator");
  await held;
  await stopped.stop();
  expect((await countVisits(crawl)).visits).toBe(1 + heldAt);

  await crawl.startWorker();
  await crawl.finish(runs);
  expect(await countVisits(crawl)).toEqual({ visits: pages + 1, pages: pages + 1, new: pages + 1 });
  const asks = crawl.web.asksOf(host).filter((one) => one.path.startsWith("/part-"));
  expect(asks.length).toBe(pages + 1);
}, 90_000);

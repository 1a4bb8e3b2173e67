import type { Run } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCrawl, type TestCrawl, type TestSource } from "./setup/crawl.ts";
import { type Asked, page, type Script } from "./setup/loopback-web.ts";

/*
 * Two workers and a dozen hosts, each difficult in a way of its own, in one night; what is asserted of each
 * follows from the requests it got.
 */

const delayMs = 200;
const sources: TestSource[] = [
  { id: "north", seeds: ["http://north.example.org/"], delayMs, politenessGroup: "campus" },
  { id: "south", seeds: ["http://south.example.org/"], delayMs, politenessGroup: "campus" },
  { id: "port-1", seeds: ["http://203.0.113.7:8081/"], delayMs },
  { id: "port-2", seeds: ["http://203.0.113.7:8082/"], delayMs },
  { id: "seconds", seeds: ["http://seconds.example.org/"] },
  { id: "date", seeds: ["http://date.example.org/"] },
  { id: "hour", seeds: ["http://hour.example.org/"] },
  { id: "paced", seeds: ["http://paced.example.org/"] },
  { id: "closed", seeds: ["http://closed.example.org/"] },
  { id: "hesitant", seeds: ["http://hesitant.example.org/"] },
  { id: "stubborn", seeds: ["http://stubborn.example.org/"] },
  { id: "absurd", seeds: ["http://absurd.example.org/"] },
  { id: "mate-1", seeds: ["http://mate-1.example.org/"], politenessGroup: "tired" },
  { id: "mate-2", seeds: ["http://mate-2.example.org/"], politenessGroup: "tired" },
];
const night = sources.map(({ id }) => id).filter((id) => !/absurd|mate/.test(id));

let crawl: TestCrawl;
let runs: Record<string, Run>;
beforeAll(async () => {
  crawl = await openCrawl({ sources, workers: [{}, {}] });
  const { web } = crawl;
  for (const { seeds } of sources) web.play(new URL(seeds[0]!).host, site);
  for (const host of ["north.example.org", "south.example.org"])
    web.play(host, { "/a": slowly(page("Slow")), "/b": slowly(page("Slower")) });
  const inSeconds = { status: 429, headers: { "retry-after": "1" } };
  web.play("seconds.example.org", { "/a": (one) => (one.nth === 1 ? inSeconds : page("Late")) });
  web.play("date.example.org", { "/a": (one) => (one.nth === 1 ? untilSoon() : page("Later")) });
  const inAnHour = { status: 429, headers: { "retry-after": "3600" } };
  web.play("hour.example.org", { "/a": (one) => (one.nth === 1 ? inAnHour : page("Tomorrow")) });
  web.play("paced.example.org", { "/robots.txt": robots("User-agent: *\nCrawl-delay: 0.4") });
  web.play("closed.example.org", { "/robots.txt": { status: 503 } });
  web.play("hesitant.example.org", {
    "/robots.txt": (one) => (one.nth === 1 ? inSeconds : robots("User-agent: *\nDisallow: /b")),
  });
  web.play("stubborn.example.org", { "/a": inSeconds });
  // One page alone, so that nobody waits: its sitemap is said to be elsewhere, outside the source.
  web.play("absurd.example.org", {
    "/robots.txt": robots("User-agent: *\nCrawl-delay: 9000\nSitemap: http://other.example.net/"),
    "/": page("All there is"),
  });
  web.play("mate-1.example.org", { "/a": inAnHour });
  runs = await crawl.crawl("operator", { sources: night });
}, 60_000);
afterAll(() => crawl?.close());

const site: Script = {
  "/": page("Front", { links: ["/a", "/b"] }),
  "/a": page("About the garden"),
  "/b": page("Bridges and boats"),
};
const robots = (body: string) => ({ headers: { "content-type": "text/plain" }, body });
const untilSoon = () => ({
  status: 503,
  headers: { "retry-after": new Date(Date.now() + 2_000).toUTCString() },
});
const slowly = (body: string) => async () => {
  await new Promise((resolve) => setTimeout(resolve, 60));
  return body;
};

const pathsOf = (host: string): string[] => crawl.web.asksOf(host).map((one) => one.path);
const outcomesOf = async (id: string): Promise<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(await crawl.pagesOf(id)).map(([url, one]) => [
      new URL(url).pathname,
      one.outcome,
    ]),
  );

/** The shortest time between two requests, from the answer of one to the coming of the next. */
function shortestPause(asks: Asked[]): number {
  const inOrder = asks.toSorted((a, b) => a.at - b.at);
  return Math.min(...inOrder.slice(1).map((one, index) => one.at - inOrder[index]!.answeredAt!));
}

test("sources of one politeness group share one pace and are never asked at once", () => {
  const asks = ["north", "south"].flatMap((name) => crawl.web.asksOf(`${name}.example.org`));
  expect(asks.length).toBeGreaterThanOrEqual(10);
  // Five milliseconds are the clocks' own.
  expect(shortestPause(asks)).toBeGreaterThanOrEqual(delayMs - 5);
});

test("ports of one literal address are hosts of their own, with a robots.txt and a pace each", async () => {
  for (const host of ["203.0.113.7:8081", "203.0.113.7:8082"]) {
    expect(pathsOf(host)).toEqual(["/robots.txt", "/", "/sitemap.xml", "/a", "/b"]);
    expect(shortestPause(crawl.web.asksOf(host))).toBeGreaterThanOrEqual(delayMs - 5);
  }
  const { rows } = await crawl.db.query(
    "select id, pace_id from host where id like '203.%' order by id",
  );
  expect(rows).toEqual([
    { id: "203.0.113.7:8081", pace_id: null },
    { id: "203.0.113.7:8082", pace_id: null },
  ]);
});

test.each(["seconds", "date"])(
  "Retry-After in %s is obeyed, and the page is got in the same run",
  async (id) => {
    const asks = crawl.web.asksOf(`${id}.example.org`);
    const turnedAway = asks.find((one) => one.path === "/a")!;
    const next = asks.find((one) => one.at > turnedAway.at)!;
    expect(next.at - turnedAway.at).toBeGreaterThanOrEqual(990);
    expect(await outcomesOf(id)).toMatchObject({ "/a": "fetched", "/b": "fetched" });
    expect(runs[id]!.outcome).toBe("ok");
  },
);

test("a host that asks for an hour is left for another night, and nothing of it counts as gone", async () => {
  expect(pathsOf("hour.example.org")).toEqual(["/robots.txt", "/", "/sitemap.xml", "/a"]);
  const visits = (await crawl.visitsOf(runs.hour)).filter((one) => one.url.endsWith("/b"));
  expect(visits).toMatchObject([{ outcome: "broken", status: 429, snapshot_id: null }]);
  expect(visits[0]!.error).toMatch(/^answered 429 and asked for 36\d\d s$/);
  const pages = await crawl.pagesOf("hour");
  expect(pages["http://hour.example.org/b"]).toMatchObject({ failures: 0, wantedBy: undefined });
  expect(
    Object.values(pages).filter((one) => one.outcome === "gone" && one.purpose === "page"),
  ).toEqual([]);
});

test("asked for again while the hour lasts, the run ends with a word for each page and no request", async () => {
  const before = pathsOf("hour.example.org");
  const again = await crawl.crawl("operator", { sources: ["hour"] });
  expect(pathsOf("hour.example.org")).toEqual(before);
  const visits = await crawl.visitsOf(again.hour);
  expect(visits.length).toBeGreaterThanOrEqual(3);
  for (const visit of visits) {
    expect(visit.outcome).toBe("broken");
    expect(visit.error).toMatch(/left alone for another \d+ s/);
  }
});

test("whoever looks through the rows while the hour lasts keeps no later run waiting for its end", async () => {
  const apart = await openCrawl({
    sources: [{ id: "hour", seeds: ["http://hour.example.org/"] }],
    workers: [],
  });
  apart.web.play("hour.example.org", site);
  const first = await apart.startWorker();
  await apart.crawl("operator");
  await first.stop();
  await apart.db.query("update host set next_allowed_at = now() + interval '1 hour'");
  const [run] = await apart.open("operator");
  await apart.db.query("update page set wanted_by = $1", [run]);
  // It only sweeps, so that its ring is in the queue before that of the plan.
  await apart.startWorker({ only: ["review"] });
  const rung = "select from bullmq.job where name = 'visit-host'";
  await expect.poll(async () => (await apart.db.query(rung)).rowCount).toBeGreaterThan(0);
  await apart.startWorker({ only: ["visit", "read"] });
  const { hour } = await apart.finish([run!]);
  const visits = await apart.visitsOf(hour);
  expect(visits.length).toBeGreaterThan(0);
  for (const visit of visits) expect(visit.outcome).toBe("broken");
  await apart.close();
});

test("once the hour is over the pages are got", async () => {
  await crawl.db.query("update host set next_allowed_at = now() where id = 'hour.example.org'");
  await crawl.crawl("operator", { sources: ["hour"], at: "2026-03-02T07:00:00Z" });
  expect(await outcomesOf("hour")).toMatchObject({ "/a": "fetched", "/b": "fetched" });
});

test("the crawl-delay of robots.txt is a floor", () => {
  const [, ...pages] = crawl.web.asksOf("paced.example.org");
  expect(pages.length).toBe(4);
  expect(shortestPause(pages)).toBeGreaterThanOrEqual(395);
});

test("where robots.txt answers 503 nothing else of the host is asked", async () => {
  expect(new Set(pathsOf("closed.example.org"))).toEqual(new Set(["/robots.txt"]));
  const visits = await crawl.visitsOf(runs.closed);
  expect(visits.length).toBeGreaterThan(0);
  for (const visit of visits)
    expect(visit).toMatchObject({ outcome: "refused", error: "robots.txt answered 503" });
  expect(await crawl.incidentsOf("closed")).toEqual(["no-pages"]);
});

test("a robots.txt that answers 429 once is asked again, and the night goes on", async () => {
  const [first, second] = crawl.web.asksOf("hesitant.example.org", "/robots.txt");
  expect(second!.at - first!.at).toBeGreaterThanOrEqual(990);
  expect(await outcomesOf("hesitant")).toMatchObject({
    "/": "fetched",
    "/a": "fetched",
    "/b": "refused",
  });
});

test("a host that asks for an hour speaks for its politeness group, whose other runs end too", async () => {
  await crawl.crawl("operator", { sources: ["mate-1"] });
  const { "mate-2": run } = await crawl.crawl("operator", { sources: ["mate-2"] });
  expect(pathsOf("mate-2.example.org")).toEqual([]);
  expect(await crawl.visitsOf(run)).toMatchObject([
    { url: "http://mate-2.example.org/", outcome: "broken" },
  ]);
});

test("a page that always turns us away is given up alone, and its host's other pages are visited", async () => {
  const pages = await crawl.pagesOf("stubborn");
  expect(pages["http://stubborn.example.org/a"]).toMatchObject({ outcome: "broken" });
  expect(pages["http://stubborn.example.org/b"]).toMatchObject({ outcome: "fetched" });
  expect(pathsOf("stubborn.example.org").filter((path) => path === "/a")).toHaveLength(3);
});

test("failures are forgiven after quiet, and held against a host that has had none", async () => {
  const turnAway = { status: 429, headers: { "retry-after": "3600" } };
  for (const host of ["seconds.example.org", "date.example.org"])
    crawl.web.play(host, { "/": turnAway });
  const set = (id: string, ago: string) =>
    crawl.db.query("update host set failures = 4, busy_at = now() - $2::interval where id = $1", [
      id,
      ago,
    ]);
  await set("seconds.example.org", "3 hours");
  await set("date.example.org", "1 minute");
  await crawl.crawl("operator", { sources: ["seconds", "date"] });
  const { rows } = await crawl.db.query(
    "select id, failures from host where id = any($1) order by id",
    [["date.example.org", "seconds.example.org"]],
  );
  expect(rows).toEqual([
    { id: "date.example.org", failures: 5 },
    { id: "seconds.example.org", failures: 1 },
  ]);
});

// The last, since its page waits half a minute, and every run of that time with it.
test("an absurd crawl-delay is capped, and an incident tells of it", async () => {
  await crawl.open("operator", { sources: ["absurd"] });
  await expect
    .poll(() => crawl.incidentsOf("absurd"), { timeout: 20_000 })
    .toEqual(["crawl-delay"]);
  const { rows } = await crawl.db.query<{ s: number }>(
    "select extract(epoch from next_allowed_at - now())::float as s from host where id = 'absurd.example.org'",
  );
  expect(rows[0]!.s).toBeGreaterThan(10);
  expect(rows[0]!.s).toBeLessThanOrEqual(30);
});

import { importCatalog } from "@waymark/pipeline";
import { type CutOff, listChanges, type Run } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCrawl, type TestCrawl, type TestSource } from "./setup/crawl.ts";
import { page, type Script } from "./setup/loopback-web.ts";

/*
 * Sites without an end, each in a way of its own, crawled in one night: what keeps them short must name
 * itself to the operator, and what is no trap must not be lost.
 */

const ids = "calendar chain facets mix alike deep twins session news polite".split(" ");
const sources: TestSource[] = [
  ...ids.map((id) => ({ id, seeds: [`http://${id}.example.org/`] })),
  { id: "budget", seeds: ["http://budget.example.org/"], pagesMax: 12 },
  { id: "mirror", seeds: ["http://staging.mirror.example.org/", "http://www.mirror.example.org/"] },
];

let crawl: TestCrawl;
let runs: Record<string, Run>;
beforeAll(async () => {
  crawl = await openCrawl({ sources });
  for (const [id, script] of Object.entries(scripts)) crawl.web.play(`${id}.example.org`, script);
  runs = await crawl.crawl("operator", { at: "2026-03-01T07:00:00Z" });
}, 60_000);
afterAll(() => crawl?.close());

const searchOf = (path: string): URLSearchParams =>
  new URL(path, "http://any.example.org").searchParams;
const numbered = (count: number, word: string): string[] =>
  Array.from({ length: count }, (_, n) => `/${word}/${n + 1}`);
const onlyOnce = (path: string): string => page(`About ${path}`, { words: path });

function canonical(path: string): string {
  return `<link rel="canonical" href="${new URL(path, "http://polite.example.org/").href}">`;
}

const scripts: Record<string, Script> = {
  calendar: {
    "/": page("Front", { links: ["/events/", "/events/spring-fair"] }),
    "/events/": page("Events", { links: ["/events/?month=2026-04"] }),
    "/events/spring-fair": onlyOnce("the fair"),
    "*": ({ path }) => {
      const month = searchOf(path).get("month");
      if (!month) return { status: 404 };
      const next = new Date(`${month}-15T00:00:00Z`);
      next.setUTCMonth(next.getUTCMonth() + 1);
      const link = `/events/?month=${next.toISOString().slice(0, 7)}`;
      return page(`Events in ${month}`, { links: [link], words: "no events this month" });
    },
  },
  chain: {
    "/": page("Front", { links: ["/go?n=1"] }),
    "*": ({ path }) => {
      const n = Number(searchOf(path).get("n"));
      return n > 0 ? { status: 302, headers: { location: `/go?n=${n + 1}` } } : { status: 404 };
    },
  },
  facets: {
    "/": page("Front", { links: ["/list"] }),
    // Every choice leads to all others.
    "*": ({ path }) => {
      if (!path.startsWith("/list")) return { status: 404 };
      const chosen = [...searchOf(path)].map(([name, value]) => `${name}=${value}`);
      const links = ["topic", "state", "year"].flatMap((name) =>
        [1, 2, 3].map(
          (value) => `/list?${[...chosen, `filter[${name}]=${value}`].sort().join("&")}`,
        ),
      );
      return page("The list", { links, words: path });
    },
  },
  mix: {
    "/": page("Front", { links: ["/grid?hue=1&size=1"] }),
    // Forty ways to say one thing, under names that no rule knows.
    "*": ({ path }) => {
      if (!path.startsWith("/grid")) return { status: 404 };
      const links = numbered(12, "x").flatMap((_, hue) =>
        numbered(12, "x").map((_, size) => `/grid?hue=${hue}&size=${size}`),
      );
      return page(`Grid ${path}`, { links, words: path });
    },
  },
  alike: {
    "/": page("Front", { links: [...numbered(300, "record"), ...numbered(3, "program")] }),
    "*": ({ path }) =>
      path.startsWith("/record/")
        ? page(`Record ${path.split("/").at(-1)}`, { words: "the same in all records" })
        : path.startsWith("/program/")
          ? onlyOnce(path)
          : { status: 404 },
  },
  deep: {
    "/": page("Front", { links: ["/step-a"] }),
    "*": ({ path }) =>
      path.startsWith("/step-")
        ? page(path, { links: [`${path}a`], words: path })
        : { status: 404 },
  },
  twins: {
    "/": page("Front", { links: ["/program", "/program-for-you"] }),
    "/program": onlyOnce("the program"),
    "/program-for-you": onlyOnce("the program"),
  },
  session: {
    "/": page("Front", { links: ["/a?PHPSESSID=0123456789abcdef", "/b;jsessionid=AB12CD34EF56"] }),
    // Everybody who comes without a session is given a new one in every link.
    "*": ({ path, nth }) => {
      const name = /^\/([ab])(;|\?|$)/.exec(path)?.[1];
      if (!name) return { status: 404 };
      const sid = `${nth}f${Math.floor(Math.random() * 1e9)}0123`;
      return page(`Section ${name}`, {
        links: [`/a?PHPSESSID=${sid}`, `/b?sid=${sid}&utm_source=x`],
      });
    },
  },
  news: {
    "/": page("Front", { links: numbered(40, "news") }),
    "*": ({ path }) => (path.startsWith("/news/") ? onlyOnce(path) : { status: 404 }),
  },
  budget: {
    "/": page("Front", { links: numbered(80, "story") }),
    "*": ({ path }) => (path.startsWith("/story/") ? onlyOnce(path) : { status: 404 }),
  },
  polite: {
    "/": page("Front", { links: ["/one", "/other", "/elsewhere"] }),
    "/one": page("After you", { head: canonical("/other"), words: "one" }),
    "/other": page("No, after you", { head: canonical("/one"), words: "other" }),
    "/elsewhere": page("Told elsewhere too", { head: canonical("http://press.example.net/x") }),
  },
  "staging.mirror": {
    "/": page("The real one", {
      head: `<link rel="canonical" href="http://www.mirror.example.org/">`,
      links: ["/only-here"],
    }),
  },
  "www.mirror": { "/": page("The real one", { links: ["/about"] }), "/about": onlyOnce("us") },
};

const askedOf = (id: string, path = ""): string[] =>
  crawl.web
    .asksOf(`${id}.example.org`)
    .map((one) => one.path)
    .filter((one) => one.startsWith(path));
const reasonsOf = async (id: string): Promise<Record<string, CutOff>> =>
  Object.fromEntries((await crawl.cutOffsOf(runs[id])).map((one) => [one.reason, one]));

test("a calendar with a next month for ever ends after half a year, and is named", async () => {
  expect(askedOf("calendar", "/events/?month=").length).toBeLessThanOrEqual(6);
  expect(askedOf("calendar", "/events/?month=2026-04")).toHaveLength(1);
  expect(askedOf("calendar", "/events/spring-fair")).toHaveLength(1);
  expect((await reasonsOf("calendar"))["trap: calendar"]).toMatchObject({
    times: 1,
    example: "http://calendar.example.org/events/?month=2026-10",
  });
});

test("a chain of redirects that counts ends after five", async () => {
  expect(askedOf("chain", "/go")).toEqual([1, 2, 3, 4, 5, 6].map((n) => `/go?n=${n}`));
  expect(await reasonsOf("chain")).toMatchObject({
    "more than 5 redirects in a row": { times: 1, example: "http://chain.example.org/go?n=7" },
  });
});

test("of a list with facets each choice is seen, and no combination", async () => {
  const asked = askedOf("facets", "/list");
  expect(asked).toHaveLength(1 + 9);
  expect((await reasonsOf("facets"))["trap: facets"]!.times).toBeGreaterThan(9);
});

test("a page that is asked for in ever more ways is left alone after a while", async () => {
  expect(askedOf("mix", "/grid").length).toBeLessThan(60);
  expect((await reasonsOf("mix"))["trap: query explosion"]!.times).toBeGreaterThan(80);
});

test("pages of one kind that all say the same are given up, and their siblings are not", async () => {
  expect(askedOf("alike", "/record/").length).toBeLessThan(150);
  expect(askedOf("alike", "/program/")).toHaveLength(3);
  expect((await reasonsOf("alike"))["near-duplicates"]!.times).toBeGreaterThan(100);
  expect(askedOf("news", "/news/"), "pages of one kind that differ").toHaveLength(40);
  expect(await reasonsOf("news")).toEqual({});
});

test("what is more than twelve links from the front page is left alone", async () => {
  expect(askedOf("deep", "/step-")).toHaveLength(12);
  expect(await reasonsOf("deep")).toMatchObject({
    "more than 12 links from the front page": { times: 1 },
  });
});

test("a run keeps to its source's budget, and an incident tells of it", async () => {
  expect(askedOf("budget").filter((path) => path !== "/robots.txt")).toHaveLength(12);
  expect(runs.budget!.visited).toBe(12);
  expect(await crawl.incidentsOf("budget")).toEqual(["budget"]);
  expect((await reasonsOf("budget"))["budget: 12 pages"]!.times).toBe(80 - 10);
});

test("the same bytes under a second address are read once, and named", async () => {
  const { rows } = await crawl.db.query(`
    select page.url, first.url as first, page.kind from page left join page first on first.id = page.same_as
    where page.url like 'http://twins.example.org/program%' order by page.url`);
  expect(rows).toEqual([
    { url: "http://twins.example.org/program", first: null, kind: expect.any(String) },
    {
      url: "http://twins.example.org/program-for-you",
      first: "http://twins.example.org/program",
      kind: null,
    },
  ]);
  expect(await reasonsOf("twins")).toMatchObject({
    "same bytes as another page: not read twice": {
      times: 1,
      example: "http://twins.example.org/program-for-you is http://twins.example.org/program",
    },
  });
});

test("of two pages that each name the other as the real one, one is read", async () => {
  const pages = await crawl.pagesOf("polite");
  const outcomes = ["/one", "/other"].map(
    (path) => pages[`http://polite.example.org${path}`]!.outcome,
  );
  expect(outcomes.sort()).toEqual(["fetched", "moved"]);
});

test("a page that names another site's as its original is read all the same", async () => {
  const pages = await crawl.pagesOf("polite");
  expect(pages["http://polite.example.org/elsewhere"]!.outcome).toBe("fetched");
});

test("a page whose first address goes is read at its second", async () => {
  crawl.web.play("twins.example.org", { "/program": { status: 410 } });
  await crawl.crawl("operator", { at: "2026-03-02T07:00:00Z", sources: ["twins"] });
  const second = (await crawl.pagesOf("twins"))["http://twins.example.org/program-for-you"]!;
  expect(second.kind).toEqual(expect.any(String));
  expect(second.readSnapshotId).toBe(second.snapshotId);
});

test("ids of sessions do not multiply pages", () => {
  expect(askedOf("session").sort()).toEqual(["/", "/a", "/b", "/robots.txt", "/sitemap.xml"]);
});

test("a staging mirror that names the real page is not read", async () => {
  const pages = await crawl.pagesOf("mirror");
  expect(pages["http://staging.mirror.example.org/"]).toMatchObject({
    outcome: "moved",
    snapshotId: undefined,
  });
  expect(pages["http://www.mirror.example.org/about"]!.outcome).toBe("fetched");
  expect(askedOf("staging.mirror", "/only-here")).toEqual([]);
});

test("pages that move are read where they went, and seen once more though the budget is used up", async () => {
  const at = (path: string) => `http://moving.example.org${path}`;
  const effortPage = (name: string) =>
    page(name, { words: name }).replace(
      "<p>",
      `<p>${name} is an initiative that helps adults earn credentials for jobs in Ohio. It was launched in 2021.</p><p>`,
    );
  const efforts = { "/harbor": "Harbor Skills Pathways", "/meadow": "Meadow Credential Registry" };
  const moving = await openCrawl({
    sources: [{ id: "moving", seeds: [at("/")], pagesMax: 5 }],
    at: "2026-03-01T07:00:00Z",
  });
  try {
    await importCatalog(
      moving.db,
      Object.entries(efforts).map(([path, name]) => ({ id: path.slice(1), name, url: at(path) })),
      new Date("2026-02-28T07:00:00Z"),
    );
    moving.web.play("moving.example.org", { "/": page("Front", { links: Object.keys(efforts) }) });
    for (const [path, name] of Object.entries(efforts))
      moving.web.play("moving.example.org", { [path]: effortPage(name) });
    await moving.crawl("operator");
    for (const [path, name] of Object.entries(efforts))
      moving.web.play("moving.example.org", {
        [path]: { status: 301, headers: { location: `${path}-online` } },
        [`${path}-online`]: effortPage(name),
      });
    const run = (await moving.crawl("operator", { at: "2026-03-02T06:00:00Z" })).moving!;
    const visits = Map.groupBy(await moving.visitsOf(run), ({ url }) => url);
    for (const path of Object.keys(efforts)) expect(visits.get(at(path)), path).toHaveLength(2);
    const changes = await listChanges(moving.db, { states: ["confirming", "open"] });
    expect(changes.map(({ state, confirmed }) => ({ state, confirmed }))).toEqual([
      { state: "open", confirmed: true },
      { state: "open", confirmed: true },
    ]);
    expect(await moving.incidentsOf("moving")).toEqual([]);
    // What has moved is read at its new address, though it is byte for byte what was read at the old one.
    const { rows } = await moving.db.query(
      "select url from mention join page on page.id = mention.page_id where url like '%-online' order by url",
    );
    expect(rows.map(({ url }) => url)).toEqual(
      Object.keys(efforts).map((path) => at(`${path}-online`)),
    );
  } finally {
    await moving.close();
  }
}, 60_000);

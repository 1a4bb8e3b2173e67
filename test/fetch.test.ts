import type { RequestListener } from "node:http";
import { gzipSync } from "node:zlib";
import { fetchDry } from "@waymark/pipeline/worker";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type LoopbackServer, playSite } from "../packages/crawl/src/loopback-server.ts";
import { findChromium, withChromium } from "./setup/chromium.ts";
import { waymark } from "./setup/command.ts";

// Commands and readers are processes of their own, which take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const paragraph = "Adult learners find courses, mentors and credentials in one place. ".repeat(30);
const good = `<!doctype html><html lang="en"><title>Bridges to Work</title><link rel="alternate" type="application/rss+xml" href="/feed.xml">
<h1>Bridges to Work</h1><p>${paragraph}<a href="/partners">Partners</a> <a href="/login" rel="nofollow">Log in</a>
<a href="/report.zip">Report</a> <a href="/2.html?PHPSESSID=0123456789abcdef">Two</a> <a href="http://elsewhere.example/">Friends</a></p>`;

/** Brings the page's words from elsewhere on the site, and asks for what nobody may have. */
const script = `
  const answer = await fetch("/words.json");
  document.querySelector("#root").innerHTML = (await answer.json()).html;
  await fetch("/private/plan").catch(() => {});
`;

const play: RequestListener = (request, response) => {
  const send = (status: number, headers: Record<string, string>, body: string | Buffer = "") => {
    response.writeHead(status, headers).end(body);
  };
  const html = { "content-type": "text/html; charset=utf-8" };
  asked.push({ at: performance.now(), path: request.url!, host: request.headers.host! });
  const validator = request.headers["if-none-match"];
  switch (request.url) {
    case "/robots.txt": {
      const groups = "User-agent: *\nDisallow: /\n\nUser-agent: waymark\nDisallow: /private/\n";
      const text = `${groups}Crawl-delay: 0.2\nSitemap: http://bridges.example/sitemap.xml\n`;
      return send(200, { "content-type": "text/plain" }, text);
    }
    case "/good":
      if (validator === '"one"') return send(304, {});
      return send(
        200,
        { ...html, etag: '"one"', "content-encoding": "gzip", "x-robots-tag": "noarchive" },
        gzipSync(good),
      );
    case "/forgetful":
      return send(200, { ...html, etag: '"two"' }, good);
    case "/old":
      return send(301, { location: "/older?utm_source=x" });
    case "/older":
      return send(302, { location: "http://www.bridges.example/good" });
    case "/closed":
      return send(302, { location: "/private/plan" });
    case "/round":
      return send(302, { location: "/rounder" });
    case "/rounder":
      return send(302, { location: "/round" });
    case "/app":
      return send(
        200,
        html,
        '<title>App</title><div id="root"></div><script src="/a.js"></script>',
      );
    case "/short":
      return send(
        200,
        html,
        '<title>Soon</title><div id="root"></div><p>The bridge program opens again in spring.</p><script src="/a.js"></script>',
      );
    case "/spoken":
      return send(
        200,
        html,
        '<title>Spoken</title><div id="root"></div><script type="module" src="/spoken.js"></script>',
      );
    case "/spoken.js":
      return send(200, { "content-type": "text/javascript" }, script);
    case "/words.json":
      return send(
        200,
        { "content-type": "application/json" },
        JSON.stringify({ html: `<p>${paragraph}<a href="/partners">Partners</a></p>` }),
      );
    case "/twin":
      return send(200, html, good.replace("<h1>", '<link rel="canonical" href="/good"><h1>'));
    default:
      if (/^\/hop/.test(request.url!)) return send(307, { location: `${request.url}p` });
      return send(404, html, "<title>Nothing</title>");
  }
};

let asked: { at: number; path: string; host: string }[] = [];
let site: LoopbackServer;
let nowhere: LoopbackServer;
beforeAll(async () => {
  site = await playSite(play);
  nowhere = await playSite((_, response) => response.end());
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  await site[Symbol.asyncDispose]();
  await nowhere[Symbol.asyncDispose]();
});

const now = new Date("2026-03-01T02:00:00Z");
const visitor = { version: "0.1", contact: "mailto:web@example.org", now };
type Options = { once?: boolean; etag?: string; browser?: { chromiumPath: string } };
const visit = (path: string, options: Options = { once: true }) =>
  fetchDry(`http://bridges.example${path}`, {
    ...visitor,
    connectTo: { host: "127.0.0.1", port: site.port },
    ...options,
  });
const paths = () => asked.map(({ path }) => path);

test("a good page is told step by step, and its validators are tried at a polite pace", async () => {
  const dry = await visit("/good?utm_source=x#top", {});
  expect(dry.stops).toHaveLength(1);
  expect(dry.stops[0]).toMatchObject({ url: "http://bridges.example/good", port: 80 });
  expect(dry.stops[0]!.robots).toMatchObject({
    status: 200,
    group: "waymark",
    allowed: true,
    crawlDelayMs: 200,
    sitemaps: ["http://bridges.example/sitemap.xml"],
  });
  expect(dry.answer).toMatchObject({
    outcome: "fetched",
    status: 200,
    etag: '"one"',
    robotsTag: "noarchive",
    bytes: good.length,
  });
  expect(dry.answer!.wireBytes).toBeLessThan(good.length / 3);
  expect(dry.answer!.times.answerMs).toBeGreaterThanOrEqual(0);
  expect(dry.again).toMatchObject({ kind: "honoured", status: 304 });
  expect(dry.look).toMatchObject({
    verdict: "page",
    title: "Bridges to Work",
    links: { sameHost: 4, elsewhere: 1, nofollow: 1 },
    feeds: ["http://bridges.example/feed.xml"],
  });
  expect(dry.render!.needed).toBe("no");
  // The partners' page, the one behind a session and the feed: neither archive nor log-in.
  expect(dry.crawl).toMatchObject({ outcome: "fetched", links: 3 });
  const hours = (Date.parse(dry.crawl.againAt) - now.getTime()) / 3_600_000;
  expect(hours).toBeGreaterThanOrEqual(20);
  expect(hours).toBeLessThanOrEqual(28 * 24);
  expect(paths()).toEqual(["/robots.txt", "/good", "/good"]);
  expect(asked[2]!.at - asked[1]!.at).toBeGreaterThan(990);
});

test("validators that are given are sent; those that bring the same bytes again are told", async () => {
  const unchanged = await visit("/good", { etag: '"one"' });
  expect(unchanged.answer).toMatchObject({ outcome: "unchanged", status: 304 });
  expect(unchanged.crawl).toMatchObject({ outcome: "unchanged" });
  expect(paths()).toEqual(["/robots.txt", "/good"]);
  expect((await visit("/forgetful", {})).again).toMatchObject({ kind: "ignored", status: 200 });
});

test("what robots.txt forbids is not asked for, and the rule is named", async () => {
  const dry = await visit("/private/plan");
  expect(dry.stops[0]!.robots).toMatchObject({ allowed: false, rule: "disallow: /private/" });
  expect(dry.answer).toBeUndefined();
  expect(dry.crawl).toMatchObject({
    outcome: "refused",
    because: 'the robots.txt of bridges.example says "disallow: /private/"',
  });
  expect(paths()).toEqual(["/robots.txt"]);
});

test("redirects are followed hop by hop, each under the rules of its own host", async () => {
  const dry = await visit("/old");
  expect(dry.stops.map(({ url, redirect }) => [url, redirect?.status])).toEqual([
    ["http://bridges.example/old", 301],
    ["http://bridges.example/older", 302],
    ["http://www.bridges.example/good", undefined],
  ]);
  expect(dry.answer).toMatchObject({ outcome: "fetched", url: "http://www.bridges.example/good" });
  expect(asked.map(({ host, path }) => host + path)).toEqual([
    "bridges.example/robots.txt",
    "bridges.example/old",
    "bridges.example/older",
    "www.bridges.example/robots.txt",
    "www.bridges.example/good",
  ]);
  // The host names a pace of 200 ms.
  expect(asked[2]!.at - asked[1]!.at).toBeGreaterThan(190);
});

test("a redirect to where robots.txt forbids, one in a circle and a sixth one end there", async () => {
  expect((await visit("/closed")).crawl).toMatchObject({ outcome: "refused" });
  expect(paths()).not.toContain("/private/plan");
  expect((await visit("/round")).crawl).toMatchObject({
    outcome: "broken",
    because: "it redirects in a circle, by http://bridges.example/round",
  });
  const far = await visit("/hop");
  expect(far.crawl.because).toBe("it redirects more than 5 times");
  expect(far.stops).toHaveLength(6);
});

test("a shell, a missing page and a twin of another one are told apart", async () => {
  const shell = await visit("/app");
  expect(shell.look!.verdict).toBe("shell");
  expect(shell.render).toMatchObject({ needed: "yes" });
  expect(shell.render!.reason).not.toBe("");
  expect(shell.crawl).toMatchObject({ outcome: "shell", links: 0 });
  const missing = await visit("/none");
  expect(missing.answer).toMatchObject({ outcome: "gone", status: 404 });
  expect(missing.crawl.because).toBe("the server answered 404");
  const twin = await visit("/twin");
  expect(twin.crawl).toMatchObject({ outcome: "moved", movedTo: "http://bridges.example/good" });
});

test("without a browser it says so, and a shell stays one", async () => {
  const dry = await visit("/spoken", { browser: { chromiumPath: "/dev/null/none" } });
  const message = "no browser was found on this machine";
  expect(dry.render!.shown).toEqual({ kind: "failed", message });
  expect(dry.crawl).toMatchObject({ outcome: "shell" });
  expect(dry.crawl.because).toBe(`${dry.render!.reason}; ${message}`);
  expect((await visit("/good", { once: true })).render!.shown).toBeUndefined();
});

withChromium("shown in a browser", () => {
  const show = (path: string) => visit(path, { browser: { chromiumPath: findChromium()! } });

  test("a shell brings its words, politely, and a crawl would read them", async () => {
    const dry = await show("/spoken");
    expect(dry.look).toMatchObject({ verdict: "shell", textLength: "Spoken".length });
    const shown = { kind: "shown", requests: 2, denied: 1, used: true };
    expect(dry.render).toMatchObject({ needed: "yes", shown });
    expect((dry.render!.shown as { textLength: number }).textLength).toBeGreaterThan(1500);
    expect(dry.crawl).toMatchObject({ outcome: "fetched", because: undefined, links: 1 });
    expect(paths()).toEqual(["/robots.txt", "/spoken", "/spoken.js", "/words.json"]);
    // The host names a pace of 200 ms, which holds for the browser, too.
    expect(asked[2]!.at - asked[1]!.at).toBeGreaterThan(190);
    expect(asked[3]!.at - asked[2]!.at).toBeGreaterThan(190);
  });

  test("a browser that shows no more is not used", async () => {
    const shell = await show("/app");
    expect(shell.render).toMatchObject({ needed: "yes", shown: { textLength: 0, used: false } });
    expect(shell.crawl.because).toMatch(/; a browser shows no more$/);
    const short = await show("/short");
    expect(short.look!.verdict).toBe("shell");
    expect(short.render).toMatchObject({ needed: "yes", shown: { used: false } });
    expect(short.crawl).toMatchObject({ outcome: "fetched", because: undefined });
    const good = await show("/good");
    expect(good.render).toMatchObject({ needed: "no", shown: { requests: 0, used: false } });
    expect(good.crawl).toMatchObject({ outcome: "fetched", links: 3 });
  });

  test("the command prints what it brought", async () => {
    const settings = {
      WAYMARK_CONNECT_TO: `127.0.0.1:${site.port}`,
      WAYMARK_HOME: "/dev/null/none",
      CHROMIUM_PATH: findChromium()!,
    };
    const spoken = await waymark(["fetch", "http://bridges.example/spoken", "--render"], settings);
    expect(spoken).toMatchObject({ code: 0, err: "" });
    expect(spoken.out).toMatch(/brings +\d{4} characters of main text, 6 without it/);
    expect(spoken.out).toMatch(/requests +2 made, 1 denied/);
    expect(spoken.out).toMatch(/a crawl +would read what it shows/);
  });
});

test("an address that is not public is refused without a socket", async () => {
  const port = await fetchDry(`${nowhere.url}/`, visitor);
  expect(port.stops[0]!.addresses).toEqual([{ address: "127.0.0.1", isPublic: false }]);
  expect(port.crawl.because).toContain("only 80 and 443 are visited");
  for (const url of ["http://10.1.2.3/", "http://[::1]/", "http://2130706433/"]) {
    const dry = await fetchDry(url, visitor);
    expect(dry.crawl.outcome, url).toBe("refused");
    expect(dry.crawl.because, url).toContain("is not an address of the public internet");
    expect(dry.stops[0]!.addresses[0]!.isPublic, url).toBe(false);
    expect(dry.answer, url).toBeUndefined();
  }
  expect(nowhere.connections).toBe(0);
});

test("an address that programs read differently is refused before anything is looked up", async () => {
  for (const url of ["http://bridges.example\\good", "http://me:word@bridges.example/good"]) {
    const dry = await fetchDry(url, visitor);
    expect(dry.stops).toEqual([]);
    expect(dry.crawl.because).toMatch(/^the address (holds a backslash|carries a user name)/);
  }
});

test("the command prints the steps, or JSON, and ends with 1 where no page can be had", async () => {
  const settings = { WAYMARK_CONNECT_TO: `127.0.0.1:${site.port}`, WAYMARK_HOME: "/dev/null/none" };
  const fetch = (...words: string[]) => waymark(["fetch", ...words], settings);
  const [page, json, refused, bad] = await Promise.all([
    fetch("http://bridges.example/good", "--once"),
    fetch("http://bridges.example/app", "--json"),
    fetch("http://bridges.example/private/plan"),
    fetch("bridges.example/good"),
  ]);
  for (const part of [`reached at    127.0.0.1:${site.port}`, "may be visited", "200 fetched"]) {
    expect(page.out).toContain(part);
  }
  expect(page).toMatchObject({ code: 0, err: "" });
  expect(json.code).toBe(0);
  expect(JSON.parse(json.out)).toMatchObject({ render: { needed: "yes" } });
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('may not be visited, by "disallow: /private/"');
  expect(refused.err).toBe(
    'waymark: no page at http://bridges.example/private/plan: the robots.txt of bridges.example says "disallow: /private/"\n',
  );
  expect(bad).toEqual({
    code: 1,
    out: "",
    err: 'waymark: "bridges.example/good" is not an http or https address\n',
  });
});

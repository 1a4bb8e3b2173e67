import type { RequestListener } from "node:http";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { createFetcher } from "./fetch-page.ts";
import { fetchRobots, type RobotsPolicy, robotsPolicy } from "./fetch-robots.ts";
import { playSite } from "./loopback-server.ts";
import { parseRobots, robotsText, robotsVerdict } from "./robots.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** What a host's answer for its robots.txt comes to: paths that may or may not be asked for, or all refused. */
type Expected =
  | { paths: Record<string, boolean>; crawlDelayMs?: number | undefined }
  | { closedForMs: number };

/** All hosts are played by one server, which knows them by their Host header; the first one is asked. */
function check(name: string, answer: RequestListener, expected: Expected): void {
  test(name, async () => {
    await using site = await playSite(answer);
    const fetcher = createFetcher({
      userAgent: "Waymark/test",
      connectTo: { host: "127.0.0.1", port: site.port },
      limits: { headersMs: 400, bodyIdleMs: 400, wholeMs: 1500 },
      now: () => new Date("2026-03-01T00:00:00Z"),
    });
    const outcome = await fetchRobots(fetcher, { url: "http://h0.example/robots.txt" });
    await fetcher.close();
    expect(verdictsOf(robotsPolicy(outcome), expected)).toEqual(expected);
  });
}

function verdictsOf(policy: RobotsPolicy, expected: Expected): Expected | RobotsPolicy {
  if (policy.kind === "disallow-all") return { closedForMs: policy.retryAfterMs };
  if (policy.kind !== "rules" || !("paths" in expected)) return policy;
  const verdict = (path: string) =>
    robotsVerdict(policy.robots, "Waymark", `http://h0.example${path}`);
  const paths = Object.keys(expected.paths).map((path) => [path, verdict(path).allowed] as const);
  return {
    paths: Object.fromEntries(paths),
    ...("crawlDelayMs" in expected && { crawlDelayMs: verdict("/").crawlDelayMs }),
  };
}

type Body = string | Buffer;
const plain = { "content-type": "text/plain; charset=utf-8" };
const send =
  (status: number, body: Body = "", headers: Record<string, string> = plain): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
const rules = "User-agent: *\nDisallow: /private\n";
const read: Expected = { paths: { "/private/a": false, "/open": true } };
const free: Expected = { paths: { "/private/a": true, "/open": true } };
const soon: Expected = { closedForMs: 5 * minute };

check("200", send(200, rules), read);
check("200, of no type", send(200, rules, {}), read);
check(
  "200, as an unknown file",
  send(200, rules, { "content-type": "application/x-robots" }),
  read,
);

/** Redirects that many times: `across` of them to the next host, the others within the host. */
const redirects =
  (times: number, across: number): RequestListener =>
  (request, response) => {
    const at = Number(/\d+$/.exec(request.url ?? "")?.[0] ?? 0);
    const host = `h${Math.min(at + 1, across)}.example`;
    if (at >= times) response.writeHead(200, plain).end(rules);
    else
      response
        .writeHead([301, 302, 303, 307, 308][at % 5]!, { location: `http://${host}/r${at + 1}` })
        .end();
  };
check("one redirect", redirects(1, 0), read);
check("five redirects within the host", redirects(5, 0), read);
check("five redirects, each to another host", redirects(5, 5), read);
check("five redirects of both kinds", redirects(5, 2), read);
check("six redirects within the host are no robots.txt", redirects(6, 0), free);
check("six redirects, each to another host, neither", redirects(6, 6), free);
check("six redirects of both kinds, neither", redirects(6, 5), free);
check("a circle of two hosts", redirects(Infinity, Infinity), free);
check("a redirect to nowhere", send(301), free);
check("a redirect out of the web", send(302, "", { location: "ftp://h0.example/r" }), free);
check(
  "what stands at the end of the redirects counts: an absence",
  (request, response) =>
    request.url === "/robots.txt"
      ? response.writeHead(302, { location: "http://h1.example/r" }).end()
      : response.writeHead(404).end(rules),
  free,
);
check(
  "what stands at the end of the redirects counts: a failure",
  (request, response) =>
    request.url === "/robots.txt"
      ? response.writeHead(302, { location: "http://h1.example/r" }).end()
      : response.writeHead(500).end(),
  soon,
);

for (const status of [400, 401, 403, 404, 405, 410, 418, 451]) {
  check(`${status}: there is none`, send(status, rules), free);
}
for (const status of [500, 502, 503, 504, 520]) {
  check(`${status}: nothing may be asked for until it answers`, send(status, rules), soon);
}
for (const status of [429, 503]) {
  const later = (value: string) =>
    send(status, "", { date: "Sun, 01 Mar 2026 12:00:00 GMT", "retry-after": value });
  check(`${status}, in seconds`, later("90"), { closedForMs: 90_000 });
  check(
    `${status}, until a date by the server's own clock`,
    later("Sun, 01 Mar 2026 12:10:00 GMT"),
    {
      closedForMs: 10 * minute,
    },
  );
  check(`${status}, until next year`, later("Mon, 01 Mar 2027 12:00:00 GMT"), { closedForMs: day });
  check(`${status}, until yesterday`, later("Sat, 28 Feb 2026 12:00:00 GMT"), { closedForMs: 0 });
  check(`${status}, without sense`, later("when it rains"), soon);
}
check("429 without a word", send(429), soon);

check("silence", () => {}, soon);
check("a connection that is reset", (request) => void request.socket.resetAndDestroy(), soon);
check(
  "a connection that is reset within the body",
  (request, response) => {
    response.writeHead(200, { ...plain, "content-length": "1000" }).write(rules);
    setTimeout(() => request.socket.resetAndDestroy(), 30);
  },
  soon,
);
check(
  "half of a body is none: the rule that matters may be in the other half",
  (request, response) => {
    response.writeHead(200, { ...plain, "content-length": "1000" }).write("User-agent: *\n");
    setTimeout(() => request.socket.end(), 30);
  },
  soon,
);
check(
  "gzip cut short",
  send(200, zlib.gzipSync(rules.repeat(100)).subarray(0, 40), {
    ...plain,
    "content-encoding": "gzip",
  }),
  soon,
);

const html = { "content-type": "text/html" };
check(
  "a page of HTML",
  send(200, "<!doctype html><title>Home</title><p>Disallow nothing: /\n", html),
  free,
);
check("rules that are called HTML", send(200, rules, html), read);
check("empty", send(200), free);
check("a byte order mark", send(200, `\ufeff${rules}`), read);
check("gzip", send(200, zlib.gzipSync(rules), { ...plain, "content-encoding": "gzip" }), read);
check(
  "brotli",
  send(200, zlib.brotliCompressSync(rules), { ...plain, "content-encoding": "br" }),
  read,
);
const utf16 = Buffer.from(`\ufeff${rules}`, "utf16le");
check("UTF-16, little end first", send(200, utf16), read);
check("UTF-16, big end first", send(200, Buffer.from(utf16).swap16()), read);
check("Latin-1 in a remark", send(200, Buffer.from(`# f\u00fcr alle\n${rules}`, "latin1")), read);

const padding = `# ${"x".repeat(1021)}\n`.repeat(600);
check("600 KiB, the rules first", send(200, rules + padding), read);
check("600 KiB, the rules last", send(200, padding + rules), free);
check("600 KiB, rules on both ends", send(200, `${rules + padding}Disallow: /open\n`), read);
check(
  "600 KiB in gzip",
  send(200, zlib.gzipSync(rules + padding), { ...plain, "content-encoding": "gzip" }),
  read,
);

const delay = (lines: string, crawlDelayMs: number | undefined): void =>
  check(
    `crawl-delay ${JSON.stringify(lines)}`,
    send(
      200,
      lines.includes(":") ? lines : `User-agent: *\nCrawl-delay: ${lines}\nDisallow: /private\n`,
    ),
    { paths: { "/private/a": false }, crawlDelayMs },
  );
delay("2", 2000);
delay("0.5", 500);
delay(".25", 250);
delay("0", 0);
delay("-3", undefined);
delay("a while", undefined);
delay("", undefined);
for (const trick of ["Infinity", "0x10", "1e9", "NaN"]) delay(trick, undefined);
// As long as a database's integer can hold, and no longer.
delay("999999999999", day);
delay(`1${"0".repeat(400)}`, day);
delay("User-agent: *\nCrawl-delay: 4\nCrawl-delay: 1\nDisallow: /private\n", 4000);
delay("User-agent: *\nCrawl-delay: 4\nDisallow: /private\n\nUser-agent: *\nCrawl-delay: 7\n", 7000);
delay(
  "User-agent: *\nCrawl-delay: 9\nUser-agent: Waymark\nCrawl-delay: 1\nDisallow: /private\n",
  9000,
);
delay(
  "User-agent: *\nDisallow: /\nCrawl-delay: 9\nUser-agent: Waymark\nDisallow: /private\n",
  undefined,
);
delay(
  "User-agent: Other\nCrawl-delay: 9\nDisallow: /\nUser-agent: *\nDisallow: /private\n",
  undefined,
);

test.for([
  ["UTF-16", utf16],
  ["a byte order mark", Buffer.from(`\ufeff${rules}`)],
  ["zero bytes", Buffer.from(`\0${rules}Disal\0low: /other\n`)],
  ["600 KiB", Buffer.from(rules + padding)],
  ["a rule that the limit cuts", Buffer.from(`User-agent: *\nDisallow: /${"a".repeat(600_000)}`)],
  ["nothing", Buffer.alloc(0)],
] as const)("the text that is kept reads as the bytes did: %s", ([, bytes]) => {
  const text = robotsText(bytes);
  expect(text).not.toMatch(/[\0\ufeff]/);
  expect(parseRobots(text)).toEqual(parseRobots(bytes));
});

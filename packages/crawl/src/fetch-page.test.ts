import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { createFetcher, type FetcherOptions, type FetchRequest } from "./fetch-page.ts";
import { playSite, playSocket } from "./loopback-server.ts";

type Route = (request: IncomingMessage, response: ServerResponse) => void;

/** Fetches `/start` of a site and holds the outcome against what was expected of it. */
function check(
  name: string,
  routes: Record<string, Route>,
  expected: object,
  {
    request = {},
    options = {},
  }: { request?: Partial<FetchRequest>; options?: Partial<FetcherOptions> } = {},
): void {
  test(name, async () => {
    await using site = await playSite(router(routes));
    const fetcher = createFetcher({ userAgent: "Waymark/test", allowPrivate: true, ...options });
    try {
      const outcome = await fetcher.fetchPage({ url: `${site.url}/start`, ...request });
      expect(outcome).toMatchObject(expected);
    } finally {
      await fetcher.close();
    }
  });
}

const router =
  (routes: Record<string, Route>): RequestListener =>
  (request, response) => {
    const route = routes[request.url ?? ""];
    if (route) return route(request, response);
    response.writeHead(404).end("no such page");
  };

const send =
  (status: number, headers: Record<string, string> = {}, body: string | Buffer = ""): Route =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
const html = { "content-type": "text/html; charset=utf-8" };
const page = "<h1>A page</h1>".repeat(50);
const redirect = (status: number, location: string): Route => send(status, { location });
const bytes = Buffer.from(page);

check(
  "a page with its validators",
  {
    "/start": send(
      200,
      { ...html, etag: '"7"', "last-modified": "Sun, 01 Mar 2026 00:00:00 GMT" },
      page,
    ),
  },
  {
    kind: "fetched",
    status: 200,
    bytes,
    etag: '"7"',
    lastModified: "Sun, 01 Mar 2026 00:00:00 GMT",
    contentType: html["content-type"],
    hops: [],
  },
);
for (const [encoding, packed] of [
  ["gzip", zlib.gzipSync(page)],
  ["x-gzip", zlib.gzipSync(page)],
  ["br", zlib.brotliCompressSync(page)],
  ["zstd", zlib.zstdCompressSync(page)],
  ["deflate", zlib.deflateSync(page)],
  ["deflate", zlib.deflateRawSync(page)],
  ["identity", Buffer.from(page)],
] as const) {
  check(
    `a page sent as ${encoding}, ${packed.length} bytes`,
    { "/start": send(200, { ...html, "content-encoding": encoding }, packed) },
    { kind: "fetched", bytes, wireBytes: packed.length },
  );
}
check(
  "validators bring 304",
  {
    "/start": (request, response) => {
      const is = request.headers["if-none-match"] === '"7"' && request.headers["if-modified-since"];
      response.writeHead(is ? 304 : 200, html).end(is ? undefined : page);
    },
  },
  { kind: "unchanged" },
  { request: { etag: '"7"', lastModified: "Sun, 01 Mar 2026 00:00:00 GMT" } },
);
check(
  "validators that no header can hold are left out",
  { "/start": send(200, html, page) },
  { kind: "fetched" },
  { request: { etag: '"7"\r\nx-evil: 1', lastModified: "snow ☃" } },
);
check("304 that nobody asked for", { "/start": send(304) }, { kind: "broken", status: 304 });
check("not found", {}, { kind: "gone", status: 404 });
check("gone for good", { "/start": send(410) }, { kind: "gone", status: 410 });
for (const status of [400, 401, 402, 403, 405, 406, 451]) {
  check(`refused with ${status}`, { "/start": send(status) }, { kind: "refused", status });
}
for (const status of [204, 206, 408, 500, 502, 504, 521]) {
  check(`broken with ${status}`, { "/start": send(status) }, { kind: "broken", status });
}
check(
  "busy, in seconds",
  { "/start": send(429, { "retry-after": "120" }) },
  { kind: "busy", status: 429, retryAfterMs: 120_000 },
);
check(
  "busy, until a date by the server's clock",
  {
    "/start": send(503, {
      date: "Sun, 01 Mar 2026 00:00:00 GMT",
      "retry-after": "Sun, 01 Mar 2026 00:10:00 GMT",
    }),
  },
  { kind: "busy", status: 503, retryAfterMs: 600_000 },
);
check("busy without a word", { "/start": send(503) }, { kind: "busy", status: 503 });

check(
  "redirects on the same host are followed",
  {
    "/start": redirect(301, "/middle"),
    "/middle": redirect(302, "/end#part"),
    "/end": send(200, html, page),
  },
  {
    kind: "fetched",
    url: expect.stringMatching(/\/end$/),
    hops: [{ status: 301 }, { status: 302 }],
  },
);
check(
  "a redirect in UTF-8",
  {
    "/start": (_request, response) =>
      response.writeHead(301, { location: Buffer.from("/é").toString("latin1") }).end(),
    "/%C3%A9": send(200, html, page),
  },
  { kind: "fetched" },
);
check(
  "another host is left to the caller",
  { "/start": redirect(301, "/next"), "/next": redirect(308, "https://example.org/new#top") },
  {
    kind: "moved",
    location: "https://example.org/new",
    permanent: true,
    hops: [{ status: 301 }, { status: 308 }],
  },
);
check(
  "moved for now",
  { "/start": redirect(302, "http://example.org/") },
  { kind: "moved", permanent: false },
);
check(
  "a hop the caller will not make",
  { "/start": redirect(301, "/private"), "/private": send(200, html, page) },
  { kind: "moved", location: expect.stringMatching(/\/private$/) },
  { request: { beforeHop: ({ location }) => !location.endsWith("/private") } },
);
check(
  "a circle",
  { "/start": redirect(302, "/b"), "/b": redirect(302, "/start") },
  { kind: "broken", error: "REDIRECT_LOOP" },
);
check("itself", { "/start": redirect(302, "/start") }, { kind: "broken", error: "REDIRECT_LOOP" });
check(
  "a chain without end",
  Object.fromEntries(
    ["/start", "/1", "/2", "/3", "/4", "/5", "/6"].map((path, index) => [
      path,
      redirect(301, `/${index + 1}`),
    ]),
  ),
  { kind: "broken", error: "TOO_MANY_REDIRECTS" },
);
for (const location of [
  "file:///etc/passwd",
  "data:text/html,hi",
  "javascript:alert(1)",
  "ftp://a.org/",
]) {
  check(
    `a redirect to ${location}`,
    { "/start": redirect(302, location) },
    { kind: "broken", error: "BAD_REDIRECT" },
  );
}
check("a redirect without a target", { "/start": send(301) }, { kind: "broken", status: 301 });

check(
  "a picture by its header",
  { "/start": send(200, { "content-type": "image/png" }, "x") },
  { kind: "wrong-type", contentType: "image/png" },
);
check(
  "a picture that calls itself a page",
  { "/start": send(200, html, Buffer.from("\x89PNG\r\n\x1a\n", "latin1")) },
  { kind: "wrong-type", contentType: "image/png" },
);
check(
  "an office file",
  {
    "/start": send(
      200,
      { "content-type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
      "PK",
    ),
  },
  { kind: "wrong-type" },
);
check(
  "an unknown binary",
  { "/start": send(200, {}, Buffer.from("ab\0\x01cdefgh")) },
  { kind: "wrong-type", contentType: "application/octet-stream" },
);
check(
  "a text without a type",
  { "/start": send(200, {}, page) },
  { kind: "fetched", contentType: undefined },
);
check(
  "a PDF under a general name",
  { "/start": send(200, { "content-type": "application/octet-stream" }, "%PDF-1.7") },
  { kind: "fetched" },
);
check(
  "a feed",
  { "/start": send(200, { "content-type": "application/rss+xml" }, "<rss/>") },
  { kind: "fetched" },
);

test("says who asks, and for what", async () => {
  const seen: IncomingMessage["headers"][] = [];
  await using site = await playSite((request, response) => {
    seen.push(request.headers);
    response.writeHead(200, html).end(page);
  });
  const fetcher = createFetcher({
    userAgent: "Waymark/0.1 (+https://example.org)",
    allowPrivate: true,
  });
  await fetcher.fetchPage({ url: `${site.url}/` });
  await fetcher.close();
  expect(seen[0]).toMatchObject({
    "user-agent": "Waymark/0.1 (+https://example.org)",
    "accept-encoding": "gzip, br, zstd, deflate",
  });
});

test("keeps the first bytes only, when that is all that is wanted", async () => {
  await using site = await playSite(
    send(200, { "content-type": "text/plain" }, "a".repeat(1_000_000)),
  );
  const fetcher = createFetcher({ userAgent: "Waymark/test", allowPrivate: true });
  const outcome = await fetcher.fetchPage({ url: site.url, firstBytes: 1000 });
  await fetcher.close();
  expect(outcome.kind === "fetched" && outcome.bytes.length).toBe(1000);
});

test("a larger body is taken where the request says so", async () => {
  await using site = await playSite(
    send(200, { "content-type": "text/plain" }, "a".repeat(300_000)),
  );
  const limits = { bodyBytesMax: 100_000, wireBytesMax: 100_000 };
  const fetcher = createFetcher({ userAgent: "Waymark/test", allowPrivate: true, limits });
  expect((await fetcher.fetchPage({ url: site.url })).kind).toBe("too-large");
  expect((await fetcher.fetchPage({ url: site.url, bodyBytesMax: 400_000 })).kind).toBe("fetched");
  await fetcher.close();
});

test("uses one connection for many pages, and asks once more when it had gone stale", async () => {
  let asked = 0;
  await using site = await playSite((request, response) => {
    asked += 1;
    // The third request meets a server that closes a connection it has kept: as servers do after a while.
    if (asked === 3) request.socket.destroy();
    else response.writeHead(200, html).end(page);
  });
  const fetcher = createFetcher({ userAgent: "Waymark/test", allowPrivate: true });
  for (const path of ["/1", "/2", "/3"]) {
    expect((await fetcher.fetchPage({ url: site.url + path })).kind).toBe("fetched");
  }
  await fetcher.close();
  expect(asked).toBe(4);
  expect(site.connections).toBe(2);
});

test("the caller's own signal is not an outcome", async () => {
  await using site = await playSite(() => {});
  const fetcher = createFetcher({ userAgent: "Waymark/test", allowPrivate: true });
  await expect(
    fetcher.fetchPage({ url: site.url, signal: AbortSignal.timeout(50) }),
  ).rejects.toThrow(/timeout/i);
  await fetcher.close();
});

test("nobody there", async () => {
  const site = await playSite(() => {});
  await site[Symbol.asyncDispose]();
  const fetcher = createFetcher({ userAgent: "Waymark/test", allowPrivate: true });
  expect(await fetcher.fetchPage({ url: site.url })).toMatchObject({
    kind: "broken",
    error: "ECONNREFUSED",
  });
  await fetcher.close();
});

test.for([
  ["ENOTFOUND", "no-address"],
  ["ENODATA", "no-address"],
  ["ESERVFAIL", "broken"],
  ["ECONNREFUSED", "broken"],
])("a name server that says %s makes it %s", async ([code, kind]) => {
  const resolve = () => Promise.reject(Object.assign(new Error("dns"), { code }));
  const fetcher = createFetcher({ userAgent: "Waymark/test", resolve });
  expect(await fetcher.fetchPage({ url: "http://nowhere.example/" })).toMatchObject({
    kind,
    error: code,
  });
  await fetcher.close();
});

test("a name server that never answers", async () => {
  const fetcher = createFetcher({
    userAgent: "Waymark/test",
    resolve: () => new Promise(() => {}),
    limits: { dnsMs: 50 },
  });
  expect(await fetcher.fetchPage({ url: "http://slow.example/" })).toMatchObject({
    kind: "broken",
    error: "ETIMEOUT",
  });
  await fetcher.close();
});

test("development: every host is reached at one address, by its own name", async () => {
  await using site = await playSite((request, response) => {
    const { host } = request.headers;
    if (host === "unknown.example") request.socket.destroy();
    else if (host === "resetting.example") request.socket.resetAndDestroy();
    else response.writeHead(200, html).end(`${host} ${page}`);
  });
  const fetcher = createFetcher({
    userAgent: "Waymark/test",
    connectTo: { host: "127.0.0.1", port: site.port },
  });
  for (const host of ["a.example", "127.0.0.1", "10.0.0.1:8080", "[::1]", "b.example:81"]) {
    const outcome = await fetcher.fetchPage({ url: `http://${host}/` });
    expect(outcome.kind === "fetched" && Buffer.from(outcome.bytes).toString()).toContain(host);
  }
  expect(await fetcher.fetchPage({ url: "http://unknown.example/" })).toEqual({
    kind: "no-address",
    error: "ENOTFOUND",
  });
  expect(await fetcher.fetchPage({ url: "http://resetting.example/" })).toMatchObject({
    kind: "broken",
    error: "ECONNRESET",
  });
  expect(await fetcher.fetchPage({ url: "https://a.example/" })).toMatchObject({
    kind: "broken",
    error: "HTTPS_UNDER_CONNECT_TO",
    message: expect.stringContaining("WAYMARK_CONNECT_TO"),
  });
  await fetcher.close();
});

test("development: a host that stops in the middle of an answer is broken, not without address", async () => {
  await using site = await playSocket((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-le"));
  const fetcher = createFetcher({
    userAgent: "Waymark/test",
    connectTo: { host: "127.0.0.1", port: site.port },
  });
  expect(await fetcher.fetchPage({ url: "http://a.example/" })).toMatchObject({ kind: "broken" });
  await fetcher.close();
});

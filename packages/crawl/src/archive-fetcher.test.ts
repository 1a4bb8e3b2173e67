import zlib from "node:zlib";
import { expect, test } from "vitest";
import { createArchiveFetcher } from "./archive-fetcher.ts";
import type { FetchRequest, Limits } from "./fetch-page.ts";
import { fetchRobots, robotsPolicy } from "./fetch-robots.ts";
import { handmade, handmadeAnswer, writeHandmade } from "./handmade-warc.ts";
import { openArchive } from "./read-warc.ts";

const start = "http://www.example.org/start";
const page = "<h1>A page</h1>".repeat(50);
const bytes = Buffer.from(page);
const ok = ["HTTP/1.1 200 OK", "Content-Type: text/html"];
const answer = (lines: string[], body: string | Uint8Array = "", path = "/start"): Uint8Array =>
  handmadeAnswer(`http://www.example.org${path}`, lines, body);
const redirect = (status: number, location: string, path?: string): Uint8Array =>
  answer([`HTTP/1.1 ${status} Elsewhere`, `Location: ${location}`], "", path);

/** Asks an archive for its `/start` and holds the outcome against what was expected of it. */
function check(
  name: string,
  records: Uint8Array[],
  expected: object,
  { request = {}, limits = {} }: { request?: Partial<FetchRequest>; limits?: Partial<Limits> } = {},
): void {
  test(name, async () => {
    await using file = await writeHandmade(records, { isPacked: true });
    const now = () => new Date("2026-03-01T02:00:00Z");
    const fetcher = createArchiveFetcher(await openArchive(file.path), { now, limits });
    try {
      expect(await fetcher.fetchPage({ url: start, ...request })).toMatchObject(expected);
    } finally {
      await fetcher.close();
    }
  });
}

check(
  "a page with its validators",
  [answer([...ok, 'ETag: "7"', "Last-Modified: Sun, 01 Mar 2026 00:00:00 GMT"], page)],
  {
    kind: "fetched",
    status: 200,
    url: start,
    bytes,
    etag: '"7"',
    lastModified: "Sun, 01 Mar 2026 00:00:00 GMT",
    contentType: "text/html",
    headers: { etag: '"7"' },
    hops: [],
  },
);

const chunked = (body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from("7\r\n"),
    body.subarray(0, 7),
    Buffer.from(`\r\n${(body.length - 7).toString(16)};note=1\r\n`),
    body.subarray(7),
    Buffer.from("\r\n0\r\n\r\n"),
  ]);
for (const [encoding, packed] of [
  ["gzip", zlib.gzipSync(page)],
  ["br", zlib.brotliCompressSync(page)],
  ["zstd", zlib.zstdCompressSync(page)],
  ["deflate", zlib.deflateSync(page)],
] as const) {
  const lines = [...ok, `Content-Encoding: ${encoding}`];
  check(`a body kept as ${encoding}`, [answer(lines, packed)], { kind: "fetched", bytes });
  check(
    `a body kept as ${encoding} in chunks`,
    [answer([...lines, "Transfer-Encoding: chunked"], chunked(packed))],
    { kind: "fetched", bytes },
  );
}
check("a body kept in chunks", [answer([...ok, "Transfer-Encoding: chunked"], chunked(bytes))], {
  kind: "fetched",
  bytes,
});
check(
  "a body that was unpacked before it was kept",
  [answer([...ok, "Content-Encoding: gzip", "Transfer-Encoding: chunked"], page)],
  { kind: "fetched", bytes },
);
check(
  "a compressed body that ends too soon is no page",
  [answer([...ok, "Content-Encoding: gzip"], zlib.gzipSync(page).subarray(0, -12))],
  { kind: "broken" },
);
check(
  "headers that go on in the next line, line ends of one character, HTTP/2",
  [
    handmade(
      { "WARC-Type": "response", "WARC-Target-URI": start, "WARC-Date": "2026-03-01T02:00:00Z" },
      `HTTP/2 200 \nContent-Type: text/html;\n charset=utf-8\n\n${page}`,
    ),
  ],
  { kind: "fetched", bytes, contentType: "text/html; charset=utf-8" },
);
check(
  "a part of a page is no page",
  [handmadeAnswer(start, ok, page, { "WARC-Truncated": "length" })],
  { kind: "broken", error: "TRUNCATED" },
);
check(
  "bytes without an answer",
  [
    handmade(
      {
        "WARC-Type": "resource",
        "WARC-Target-URI": start,
        "WARC-Date": "2026-03-01T02:00:00Z",
        "Content-Type": "text/html",
      },
      page,
    ),
  ],
  { kind: "fetched", bytes, contentType: "text/html" },
);
check("what is no HTTP", [handmadeAnswer(start, ["SMTP hello"], page)], { kind: "broken" });

const stamped = answer(
  [...ok, 'ETag: W/"7"', "Last-Modified: Sun, 01 Mar 2026 00:00:00 GMT"],
  page,
);
check(
  "the etag we know",
  [stamped],
  { kind: "unchanged", url: start },
  { request: { etag: '"7"' } },
);
check("another etag", [stamped], { kind: "fetched" }, { request: { etag: '"8"' } });
check(
  "the date we know",
  [stamped],
  { kind: "unchanged" },
  { request: { lastModified: "Sun, 01 Mar 2026 00:00:00 GMT" } },
);
check(
  "an archive older than what we know is no proof",
  [stamped],
  { kind: "fetched" },
  { request: { lastModified: "Mon, 02 Mar 2026 00:00:00 GMT" } },
);

const other = answer(ok, page, "/other");
check("what is not in it", [other], { kind: "gone", status: 404, url: start });
check("what was gone", [answer(["HTTP/1.1 410 Gone"])], { kind: "gone", status: 410 });
check(
  "a host of which nothing is in it",
  [other],
  { kind: "no-address", error: "ENOTFOUND" },
  {
    request: { url: "http://www.example.net/" },
  },
);
check("what was refused", [answer(["HTTP/1.1 403 Forbidden"])], { kind: "refused", status: 403 });
check("what was busy when it was archived", [answer(["HTTP/1.1 503 Busy", "Retry-After: 600"])], {
  kind: "broken",
  status: 503,
});
check(
  "what no fetcher may ask for",
  [other],
  { kind: "forbidden-address" },
  {
    request: { url: "http://user:word@www.example.org/" },
  },
);

check("a redirect on the same host is followed", [redirect(301, "/other#part"), other], {
  kind: "fetched",
  url: "http://www.example.org/other",
  hops: [{ status: 301, url: start, location: "http://www.example.org/other" }],
});
check("a redirect in UTF-8", [redirect(301, "/\xc3\xa9"), answer(ok, page, "/%C3%A9")], {
  kind: "fetched",
});
check("another host is left to the caller", [redirect(308, "https://example.net/new")], {
  kind: "moved",
  location: "https://example.net/new",
  permanent: true,
});
check(
  "a hop the caller will not make",
  [redirect(302, "/other"), other],
  { kind: "moved", permanent: false },
  { request: { beforeHop: () => false } },
);
check("a circle", [redirect(302, "/b"), redirect(302, "/start", "/b")], {
  kind: "broken",
  error: "REDIRECT_LOOP",
});
check(
  "a twin that only leads back here says nothing of this address",
  [handmadeAnswer("https://www.example.org/start", ["HTTP/1.1 301 Moved", `Location: ${start}`])],
  { kind: "gone", status: 404 },
);

check("a picture by its type", [answer(["HTTP/1.1 200 OK", "Content-Type: image/png"], "x")], {
  kind: "wrong-type",
  contentType: "image/png",
});
check("a picture that calls itself a page", [answer(ok, "\x89PNG\r\n\x1a\n")], {
  kind: "wrong-type",
});
const bodyBytesMax = 10_000;
check(
  "a body beyond the limit",
  [answer(ok, "a".repeat(20_000))],
  { kind: "too-large" },
  {
    limits: { bodyBytesMax, wireBytesMax: bodyBytesMax },
  },
);
check(
  "a body that unpacks beyond the limit",
  [answer([...ok, "Content-Encoding: gzip"], zlib.gzipSync("a".repeat(20_000)))],
  { kind: "too-large" },
  { limits: { bodyBytesMax } },
);

test("robots.txt is that of the archive, and there is none where it holds none", async () => {
  const robots = answer(
    ["HTTP/1.1 200 OK", "Content-Type: text/plain"],
    "User-agent: *\nDisallow: /p",
    "/robots.txt",
  );
  await using file = await writeHandmade([
    robots,
    handmadeAnswer("http://b.example.org/", ok, page),
  ]);
  const fetcher = createArchiveFetcher(await openArchive(file.path), { now: () => new Date() });
  const policyOf = async (url: string) => robotsPolicy(await fetchRobots(fetcher, { url }));
  expect(await policyOf("http://www.example.org/robots.txt")).toMatchObject({
    kind: "rules",
    robots: { groups: [{ rules: [{ path: "/p" }] }] },
  });
  expect(await policyOf("http://b.example.org/robots.txt")).toMatchObject({
    kind: "rules",
    robots: { groups: [] },
  });
  await fetcher.close();
});

test("a request that was called off throws", async () => {
  await using file = await writeHandmade([other]);
  const fetcher = createArchiveFetcher(await openArchive(file.path), { now: () => new Date() });
  const stopped = AbortSignal.abort(new Error("stopped"));
  await expect(fetcher.fetchPage({ url: start, signal: stopped })).rejects.toThrow("stopped");
  await fetcher.close();
});

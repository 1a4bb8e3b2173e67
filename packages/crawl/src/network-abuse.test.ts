import { execFile } from "node:child_process";
import type net from "node:net";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Limits } from "./fetch-page.ts";
import { type LoopbackServer, playSite, playSocket } from "./loopback-server.ts";

/**
 * Two dozen servers that mean harm, all visited by one process of its own with the default limits of size, so
 * that what it uses is what a worker would use. Names of outcomes are `kind` or `kind error`.
 */
type Abuse = {
  name: string;
  outcome: string;
  /** Part of the body never comes: whatever it ends in, it must not be a page. */
  isCut?: true;
  play: () => Promise<LoopbackServer>;
};

const head = (...lines: string[]): string =>
  ["HTTP/1.1 200 OK", "content-type: text/html", ...lines, "", ""].join("\r\n");
const chunked = "transfer-encoding: chunked";
const page = Buffer.from("<p>words and words</p>".repeat(4000));

/** Sends the same thing over and over, as fast as it is taken or at a pace; so many times, or without end. */
function keepSending(
  socket: net.Socket,
  piece: string | Buffer,
  { everyMs = 0, times = Infinity, last = "" }: { everyMs?: number; times?: number; last?: string },
): void {
  let sent = 0;
  const send = (): void => {
    if (socket.destroyed) return;
    if (sent++ >= times) {
      socket.end(last);
      return;
    }
    const hasRoom = socket.write(piece);
    if (everyMs) setTimeout(send, everyMs);
    else if (hasRoom) setImmediate(send);
    else socket.once("drain", send);
  };
  send();
}

const whole =
  (body: Buffer, ...lines: string[]) =>
  (socket: net.Socket) => {
    socket.write(head(`content-length: ${body.length}`, ...lines));
    socket.end(body);
  };
const abuses: Abuse[] = [];
const raw = (name: string, outcome: string, answer: (socket: net.Socket) => void, cut?: "cut") =>
  abuses.push({
    name,
    outcome,
    ...(cut && { isCut: true }),
    play: () => playSocket(answer),
  });
/** A site whose every address redirects; `next` is given the path's number. */
const redirecting = (name: string, outcome: string, next: (at: number) => string) =>
  abuses.push({
    name,
    outcome,
    play: () =>
      playSite((request, response) => {
        const at = Number(/\d+$/.exec(request.url ?? "")?.[0] ?? 0);
        response.writeHead(302, { location: next(at) }).end();
      }),
  });

// 512 MB of zeros: one piece that decompresses on its own, so often.
const piece = Buffer.alloc(16_000_000);
const pieces = Array(32).fill(
  zlib.deflateRawSync(piece, { finishFlush: zlib.constants.Z_FULL_FLUSH }),
);
const gzipBomb = Buffer.concat([Buffer.from("1f8b0800000000000003", "hex"), ...pieces]);
async function brotliBomb(): Promise<Buffer> {
  const { BROTLI_PARAM_QUALITY } = zlib.constants;
  const brotli = zlib.createBrotliCompress({ params: { [BROTLI_PARAM_QUALITY]: 3 } });
  const packed: Promise<Buffer[]> = brotli.toArray();
  for (let index = 0; index < 32; index++) brotli.write(piece);
  brotli.end();
  return Buffer.concat(await packed);
}
const packedPage = zlib.gzipSync(page);

raw("512 MB in gzip", "too-large", whole(gzipBomb, "content-encoding: gzip"));
abuses.push({
  name: "512 MB in brotli",
  outcome: "too-large",
  play: async () => playSocket(whole(await brotliBomb(), "content-encoding: br")),
});
raw(
  "512 MB in gzip in gzip",
  "broken UNKNOWN_ENCODING",
  whole(zlib.gzipSync(gzipBomb), "content-encoding: gzip, gzip"),
);
raw("a body without end", "too-large", (socket) => {
  socket.write(head());
  keepSending(socket, page, {});
});
raw(
  "a byte every 200 ms",
  "broken TIMEOUT",
  (socket) => {
    socket.write(head("content-length: 100000"));
    keepSending(socket, "x", { everyMs: 200 });
  },
  "cut",
);
raw("headers in drips", "broken UND_ERR_HEADERS_TIMEOUT", (socket) => {
  socket.write("HTTP/1.1 200 OK\r\nx-noise: ");
  keepSending(socket, "a", { everyMs: 200 });
});
raw("103 without end", "broken EARLY_HINTS", (socket) =>
  keepSending(socket, "HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n", { everyMs: 5 }),
);
raw("100 without end", "broken UND_ERR_SOCKET", (socket) =>
  keepSending(socket, "HTTP/1.1 100 Continue\r\n\r\n", { everyMs: 5 }),
);
raw("5 MB of headers", "broken UND_ERR_HEADERS_OVERFLOW", (socket) => {
  socket.write("HTTP/1.1 200 OK\r\n");
  const noise = "x-noise: 12345678901234567890123456\r\n".repeat(100);
  keepSending(socket, noise, { times: 1350, last: "\r\n" });
});
raw("one header of 50 MB", "broken UND_ERR_HEADERS_OVERFLOW", (socket) => {
  socket.write("HTTP/1.1 200 OK\r\nx-noise: ");
  keepSending(socket, "a".repeat(100_000), { times: 500, last: "\r\n\r\n" });
});
raw(
  "1,500 headers",
  "fetched",
  whole(page, ...Array.from({ length: 1500 }, (_, index) => `x-noise-${index}: 1`)),
);
raw(
  "a length and chunks at once",
  "broken UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
  (socket) => socket.end(`${head("content-length: 3", chunked)}5\r\nhello\r\n0\r\n\r\n`),
  "cut",
);
raw(
  "a chunk of no size",
  "broken NOT_HTTP",
  (socket) => socket.end(`${head(chunked)}zz\r\nhello\r\n0\r\n\r\n`),
  "cut",
);
// No body, so no limit of size counts it: it is harmless while it ends, else the silence of the body ends it.
raw("a chunk extension of 32 MB", "fetched", (socket) => {
  socket.write(`${head(chunked)}5;`);
  keepSending(socket, "a".repeat(100_000), { times: 320, last: "\r\nhello\r\n0\r\n\r\n" });
});
raw(
  "a chunk extension without end",
  "broken UND_ERR_BODY_TIMEOUT",
  (socket) => {
    socket.write(`${head(chunked)}5;`);
    keepSending(socket, "a".repeat(10_000), { everyMs: 5 });
  },
  "cut",
);
raw(
  "gzip cut short, the transfer itself whole",
  "broken Z_BUF_ERROR",
  whole(packedPage.subarray(0, packedPage.length - 12), "content-encoding: gzip"),
  "cut",
);
raw(
  "a body shorter than it said",
  "broken UND_ERR_SOCKET",
  (socket) => socket.end(`${head("content-length: 100000")}half`),
  "cut",
);
raw("gzip that is none", "broken Z_DATA_ERROR", whole(page, "content-encoding: gzip"));
raw("never an answer", "broken UND_ERR_HEADERS_TIMEOUT", () => {});
redirecting("a redirect in a circle", "broken REDIRECT_LOOP", (at) => `/${(at + 1) % 3}`);
redirecting("50 redirects in a row", "broken TOO_MANY_REDIRECTS", (at) => `/${at + 1}`);
redirecting("a redirect to another scheme", "broken BAD_REDIRECT", () => "gopher://127.0.0.1/");
raw("a charset that is not the body's", "fetched", (socket) => {
  const body = Buffer.from([0x3c, 0x70, 0x3e, 0xff, 0xc3, 0x28, 0xe9, 0x3c, 0x2f, 0x70, 0x3e]);
  const type = "content-type: text/html; charset=utf-16le";
  socket.end(
    Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\n${type}\r\ncontent-length: ${body.length}\r\n\r\n`),
      body,
    ]),
  );
});
// Which of the two it is, the reader tells by the bytes: crawl hands over both.
raw("HTML that is called a PDF", "fetched", (socket) => {
  const type = "content-type: application/pdf";
  socket.write(`HTTP/1.1 200 OK\r\n${type}\r\ncontent-length: ${page.length}\r\n\r\n`);
  socket.end(page);
});
raw(
  "a reset within the body",
  "broken ECONNRESET",
  (socket) => {
    socket.write(`${head("content-length: 100000")}half`);
    setTimeout(() => socket.resetAndDestroy(), 50);
  },
  "cut",
);
raw("TLS on a plain port", "broken NOT_HTTP", (socket) =>
  socket.end(Buffer.from("150303000202281603010000ff0a00", "hex")),
);
const plain: Abuse = {
  name: "an honest page",
  outcome: "fetched",
  play: () => playSocket(whole(packedPage, "content-encoding: gzip")),
};

const limits: Partial<Limits> = { headersMs: 600, bodyIdleMs: 600, wholeMs: 2000 };
type Seen = { outcome: string; ms: number; bytes?: number };
let seen: Record<string, Seen>;
let growthBytes: number;

/** Visits every address in turn; the honest one first and once more at the end, to show that nothing stuck. */
const visitor = `
  const { module, urls, limits } = JSON.parse(process.argv[1]);
  const { createFetcher } = await import(module);
  const fetcher = createFetcher({ userAgent: "Waymark/test", allowPrivate: true, limits });
  const visit = async (url) => {
    const startedAt = performance.now();
    const { kind, error, bytes } = await fetcher.fetchPage({ url, beforeHop: () => true });
    const outcome = error ? kind + " " + error : kind;
    return { outcome, ms: performance.now() - startedAt, bytes: bytes?.length };
  };
  for (let time = 0; time < 20; time++) await visit(urls[0]);
  gc();
  const before = process.memoryUsage().rss;
  const seen = [];
  for (const url of urls) {
    seen.push(await visit(url));
    gc();
  }
  const growthBytes = process.resourceUsage().maxRSS * 1024 - before;
  console.log(JSON.stringify({ seen, growthBytes }));
  process.exit();
`;

const sites: LoopbackServer[] = [];
beforeAll(async () => {
  const visited = [plain, ...abuses, { ...plain, name: "an honest page at last" }];
  for (const { play } of visited) sites.push(await play());
  const module = new URL("./fetch-page.ts", import.meta.url).href;
  const task = JSON.stringify({ module, limits, urls: sites.map(({ url }) => `${url}/0`) });
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...["--expose-gc", "--input-type=module", "-e", visitor, task],
  ]);
  const report = JSON.parse(stdout);
  seen = Object.fromEntries(
    visited.map(({ name }, index) => [name, report.seen[index] as Seen] as const),
  );
  growthBytes = report.growthBytes;
});
afterAll(async () => {
  for (const site of sites) await site[Symbol.asyncDispose]();
});

test.for(abuses)("$name ends as $outcome, in time", ({ name, outcome, isCut }) => {
  expect(seen[name]?.outcome).toBe(outcome);
  // The longest of the deadlines, and generously more for a busy machine.
  expect(seen[name]?.ms).toBeLessThan(limits.wholeMs! + 1500);
  if (isCut) expect(outcome).not.toBe("fetched");
});

test("there are two dozen of them, and honest pages come whole before and after", () => {
  expect(abuses.length).toBeGreaterThanOrEqual(24);
  for (const name of ["an honest page", "an honest page at last"]) {
    expect(seen[name]).toMatchObject({ outcome: "fetched", bytes: page.length });
  }
});

test("the memory of the process that visits them grows by less than 60 MB, peaks included", () => {
  expect(growthBytes).toBeLessThan(60_000_000);
});

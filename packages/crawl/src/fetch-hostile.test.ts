import type net from "node:net";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { createFetcher } from "./fetch-page.ts";
import { playSocket } from "./loopback-server.ts";

/** A server that misbehaves must end in a named outcome, in time, whatever it sends. */
function check(name: string, answer: (socket: net.Socket) => void, expected: object): void {
  test(name, async () => {
    await using site = await playSocket(answer);
    const fetcher = createFetcher({
      userAgent: "Waymark/test",
      allowPrivate: true,
      limits: {
        headersMs: 600,
        bodyIdleMs: 600,
        wholeMs: 1500,
        bodyBytesMax: 1_000_000,
        wireBytesMax: 1_000_000,
      },
    });
    const startedAt = performance.now();
    const outcome = await fetcher.fetchPage({ url: site.url });
    const ms = performance.now() - startedAt;
    await fetcher.close();
    expect(outcome).toMatchObject(expected);
    // undici's timers tick every half second.
    expect(ms).toBeLessThan(2600);
  });
}

const head = (...lines: string[]): string =>
  ["HTTP/1.1 200 OK", "content-type: text/html", ...lines, "", ""].join("\r\n");
const chunked = "transfer-encoding: chunked";
const chunk = (body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n")]);
const lastChunk = "0\r\n\r\n";

/** Sends the same thing over and over, as fast as it is taken or at a pace. */
function keepSending(socket: net.Socket, piece: string | Buffer, everyMs = 0): void {
  const send = (): void => {
    if (socket.destroyed) return;
    const hasRoom = socket.write(piece);
    if (everyMs) setTimeout(send, everyMs);
    else if (hasRoom) setImmediate(send);
    else socket.once("drain", send);
  };
  send();
}

const zeros = Buffer.alloc(60_000_000);
const text = Buffer.from("<p>words and words</p>".repeat(4000));
const encodings: [string, (body: Buffer) => Buffer][] = [
  ["gzip", (body) => zlib.gzipSync(body)],
  [
    "br",
    (body) =>
      zlib.brotliCompressSync(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }),
  ],
  ["zstd", (body) => zlib.zstdCompressSync(body)],
  ["deflate", (body) => zlib.deflateSync(body)],
];
for (const [encoding, pack] of encodings) {
  const coded = (body: Buffer) => (socket: net.Socket) => {
    socket.write(head(chunked, `content-encoding: ${encoding}`));
    socket.end(Buffer.concat([chunk(body), Buffer.from(lastChunk)]));
  };
  check(`${encoding} bomb`, coded(pack(zeros)), { kind: "too-large" });
  const packed = pack(text);
  check(
    `${encoding} cut short, the transfer itself whole`,
    coded(packed.subarray(0, packed.length - 12)),
    { kind: "broken" },
  );
  check(`${encoding} that is none`, coded(Buffer.from("<h1>plain</h1>".repeat(20))), {
    kind: "broken",
  });
}

check(
  "two layers of compression",
  (socket) => socket.end(`${head("content-encoding: gzip, gzip", "content-length: 5")}12345`),
  { kind: "broken", error: "UNKNOWN_ENCODING" },
);
check(
  "an unknown compression",
  (socket) => socket.end(`${head("content-encoding: lzma", "content-length: 5")}12345`),
  { kind: "broken", error: "UNKNOWN_ENCODING" },
);
check("a length beyond the limit", (socket) => socket.write(head("content-length: 2000000")), {
  kind: "too-large",
  bytes: 2_000_000,
});
check(
  "a body without end",
  (socket) => {
    socket.write(head());
    keepSending(socket, text);
  },
  { kind: "too-large" },
);
check(
  "a body in drips",
  (socket) => {
    socket.write(head());
    keepSending(socket, "x", 100);
  },
  { kind: "broken", error: "TIMEOUT" },
);
check("a body that falls silent", (socket) => socket.write(`${head("content-length: 100")}half`), {
  kind: "broken",
  error: "UND_ERR_BODY_TIMEOUT",
});
check("a body shorter than it said", (socket) => socket.end(`${head("content-length: 100")}half`), {
  kind: "broken",
});
check("chunks that stop", (socket) => socket.end(`${head(chunked)}5\r\nhello\r\n`), {
  kind: "broken",
});
check("chunks that are none", (socket) => socket.end(`${head(chunked)}zz\r\nhello\r\n`), {
  kind: "broken",
});
check(
  "a reset within the body",
  (socket) => {
    socket.write(`${head("content-length: 100")}half`);
    setTimeout(() => socket.resetAndDestroy(), 50);
  },
  { kind: "broken" },
);
check("never an answer", () => {}, { kind: "broken", error: "UND_ERR_HEADERS_TIMEOUT" });
check(
  "headers in drips",
  (socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    keepSending(socket, "a", 100);
  },
  { kind: "broken" },
);
check(
  "a flood of headers",
  (socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    keepSending(socket, "x-noise: 12345678901234567890\r\n");
  },
  { kind: "broken", error: "UND_ERR_HEADERS_OVERFLOW" },
);
check(
  "one header without end",
  (socket) => {
    socket.write("HTTP/1.1 200 OK\r\nx-noise: ");
    keepSending(socket, "a".repeat(1000));
  },
  { kind: "broken", error: "UND_ERR_HEADERS_OVERFLOW" },
);
check(
  "early hints without end",
  (socket) => keepSending(socket, "HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n", 1),
  { kind: "broken", error: "EARLY_HINTS" },
);
check(
  "100 Continue without end",
  (socket) => keepSending(socket, "HTTP/1.1 100 Continue\r\n\r\n", 1),
  { kind: "broken" },
);
check(
  "length and chunks at once",
  (socket) => socket.end(`${head("content-length: 3", chunked)}5\r\nhello\r\n${lastChunk}`),
  { kind: "broken" },
);
check("something else than HTTP", (socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"), {
  kind: "broken",
});
check("nothing at all", (socket) => socket.end(), { kind: "broken", error: "UND_ERR_SOCKET" });
check(
  "an error page without end",
  (socket) => {
    socket.write("HTTP/1.1 404 Not Found\r\n\r\n");
    keepSending(socket, text);
  },
  { kind: "gone" },
);

check(
  "an error page in drips",
  (socket) => {
    socket.write("HTTP/1.1 404 Not Found\r\n\r\n");
    keepSending(socket, "x", 100);
  },
  { kind: "gone" },
);

test("memory stays flat under a large bomb", async () => {
  const bomb = zlib.gzipSync(Buffer.alloc(200_000_000), { level: 9 });
  await using site = await playSocket((socket) => {
    socket.end(
      Buffer.concat([
        Buffer.from(head(`content-length: ${bomb.length}`, "content-encoding: gzip")),
        bomb,
      ]),
    );
  });
  const fetcher = createFetcher({ userAgent: "Waymark/test", allowPrivate: true });
  const before = process.memoryUsage().rss;
  const outcome = await fetcher.fetchPage({ url: site.url });
  await fetcher.close();
  expect(outcome.kind).toBe("too-large");
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
});

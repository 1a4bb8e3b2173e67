import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { WARCParser } from "warcio";
import { type ArchiveRecord, digestOf, packRecord } from "./write-warc.ts";

const at = new Date("2026-03-01T02:00:00.500Z");
const moment = { url: "http://www.example.org/programs?page=2", at, visit: "7" };
const page = Buffer.from("<h1>Programs</h1> for everyone: naïve, 學習");
const response: ArchiveRecord = {
  ...moment,
  kind: "response",
  status: 200,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-encoding": "br",
    "transfer-encoding": "chunked",
    "content-length": "12",
    etag: '"7"',
    // As bytes of UTF-8 reach us: one to a character.
    "x-name": Buffer.from("é").toString("latin1"),
  },
  bytes: page,
};

type Read = {
  header: (name: string) => string | null;
  line: string | undefined;
  block: Buffer;
  payload: Buffer;
};

/** Reads records with the library's own parser, as any tool would. */
async function readBack(...records: ArchiveRecord[]): Promise<Read[]> {
  const file = Buffer.concat(await Promise.all(records.map(packRecord)));
  const read: Read[] = [];
  for (const parseHttp of [false, true]) {
    let index = 0;
    for await (const record of WARCParser.iterRecords([file], { parseHttp })) {
      const bytes = Buffer.from(await record.readFully(false));
      if (parseHttp) {
        read[index]!.payload = bytes;
        read[index]!.line = record.httpHeaders?.toString();
      } else {
        const header = (name: string) => record.warcHeader(name) ?? null;
        read.push({ header, line: undefined, block: bytes, payload: bytes });
      }
      index += 1;
    }
  }
  expect(read).toHaveLength(records.length);
  return read;
}

const sha256 = (bytes: Buffer): string =>
  `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

test("an answer is read back with its bytes, its headers and valid digests", async () => {
  const [read] = await readBack(response);
  expect(read!.header("WARC-Type")).toBe("response");
  expect(read!.header("WARC-Target-URI")).toBe(moment.url);
  expect(read!.header("WARC-Date")).toBe("2026-03-01T02:00:00.500Z");
  expect(read!.header("Content-Type")).toBe("application/http; msgtype=response");
  expect(read!.payload).toEqual(page);
  expect(read!.header("WARC-Payload-Digest")).toBe(sha256(page));
  expect(read!.header("WARC-Block-Digest")).toBe(sha256(read!.block));
  expect(read!.block.toString("utf8")).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(read!.line).toContain('etag: "7"');
  expect(read!.line).toContain("x-name: é");
  expect(read!.line).toContain(`content-length: ${page.length}\r\n`);
  expect(read!.line).not.toMatch(/content-encoding|transfer-encoding|content-length: 12\b/);
});

test("the request names its answer", async () => {
  const [answer, request] = await readBack(response, { ...moment, kind: "request" });
  expect(request!.header("WARC-Type")).toBe("request");
  expect(request!.header("WARC-Concurrent-To")).toBe(answer!.header("WARC-Record-ID"));
  expect(request!.block.toString()).toBe(
    "GET /programs?page=2 HTTP/1.1\r\nhost: www.example.org\r\n\r\n",
  );
  expect(request!.header("WARC-Block-Digest")).toBe(sha256(request!.block));
});

test("a redirect keeps its status and target, and says that its body was not kept", async () => {
  const headers = { location: "http://www.example.org/new" };
  const [read] = await readBack({
    ...moment,
    kind: "response",
    status: 301,
    headers,
    bytes: undefined,
  });
  expect(read!.block.toString()).toBe(
    "HTTP/1.1 301 Moved Permanently\r\nlocation: http://www.example.org/new\r\ncontent-length: 0\r\n\r\n",
  );
  expect(read!.header("WARC-Truncated")).toBe("unspecified");
  expect(read!.payload).toHaveLength(0);
});

test.each([
  ["not-modified", "server-not-modified", "304 Not Modified"],
  ["same-bytes", "identical-payload-digest", "200 OK"],
] as const)(
  "a page that is as it was, by %s, refers to what it was",
  async (because, profile, status) => {
    const later = { ...moment, at: new Date("2026-03-02T02:00:00Z"), visit: "8" };
    const [first, revisit] = await readBack(response, {
      ...later,
      kind: "revisit",
      because,
      headers: { date: "Mon, 02 Mar 2026 02:00:00 GMT" },
      of: { ...moment, kind: "response", digest: digestOf(page) },
    });
    expect(revisit!.header("WARC-Type")).toBe("revisit");
    expect(revisit!.header("WARC-Profile")).toBe(
      `http://netpreserve.org/warc/1.1/revisit/${profile}`,
    );
    expect(revisit!.header("WARC-Refers-To")).toBe(first!.header("WARC-Record-ID"));
    expect(revisit!.header("WARC-Refers-To-Target-URI")).toBe(moment.url);
    expect(revisit!.header("WARC-Refers-To-Date")).toBe("2026-03-01T02:00:00.500Z");
    expect(revisit!.header("WARC-Payload-Digest")).toBe(first!.header("WARC-Payload-Digest"));
    expect(revisit!.header("WARC-Block-Digest")).toBe(sha256(revisit!.block));
    expect(revisit!.block.toString()).toBe(
      `HTTP/1.1 ${status}\r\ndate: Mon, 02 Mar 2026 02:00:00 GMT\r\n\r\n`,
    );
  },
);

test("what a browser made of a page does not pass for a server's answer", async () => {
  const [read] = await readBack({
    ...moment,
    kind: "resource",
    contentType: "text/html; charset=utf-8",
    bytes: page,
    madeBy: "a browser, from what the server sent",
  });
  expect(read!.header("WARC-Type")).toBe("resource");
  expect(read!.header("Content-Type")).toBe("text/html; charset=utf-8");
  expect(read!.header("Waymark-Made-By")).toBe("a browser, from what the server sent");
  expect(read!.block).toEqual(page);
  expect(read!.header("WARC-Payload-Digest")).toBe(sha256(page));
});

test("the first record tells of the archive", async () => {
  const fields = { software: "Waymark/0.1", format: "WARC File Format 1.1" };
  const [read] = await readBack({ kind: "info", at, fields });
  expect(read!.header("WARC-Type")).toBe("warcinfo");
  expect(read!.header("Content-Type")).toBe("application/warc-fields");
  expect(read!.block.toString()).toBe("software: Waymark/0.1\r\nformat: WARC File Format 1.1\r\n");
});

test("the same record gives the same bytes, another visit another id", async () => {
  const packed = Buffer.from(await packRecord(response));
  expect(packed.equals(await packRecord({ ...response }))).toBe(true);
  expect(packed.equals(await packRecord({ ...response, visit: "8" }))).toBe(false);
  expect(gunzipSync(packed).toString("latin1")).toMatch(
    /WARC-Record-ID: <urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>/,
  );
});

test("a header cannot begin another one", async () => {
  const headers = { "x-note": "a\r\nset-cookie: b" };
  const [read] = await readBack({ ...response, headers } as ArchiveRecord);
  expect(read!.block.toString()).toContain("x-note: a set-cookie: b\r\n");
});

import { createHash } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import {
  HeadersMultiMap,
  StatusAndHeaders,
  WARC_1_1,
  WARCRecord,
  WARCSerializer,
  type WARCType,
} from "warcio";

/** What a WARC record tells: of the archive itself, or of one address at one moment. */
export type ArchiveRecord =
  /** How and by whom the archive was made; the first record. */
  | { kind: "info"; at: Date; fields: Record<string, string> }
  | ({ kind: "request" } & Moment)
  /** A server's answer. Its body is as it was kept, without the compression of the journey. */
  | ({
      kind: "response";
      status: number;
      headers: Record<string, string>;
      /** Undefined: a body was not kept, which the record then says. */
      bytes: Uint8Array | undefined;
    } & Moment)
  /** An answer that brought nothing but the word, or the proof, that the page is as it was. */
  | ({
      kind: "revisit";
      because: "not-modified" | "same-bytes";
      headers: Record<string, string>;
      of: Moment & { kind: "response" | "resource"; digest: string };
    } & Moment)
  /** Bytes of an address that no server sent in this form; `madeBy` tells who made them. */
  | ({
      kind: "resource";
      contentType: string | undefined;
      bytes: Uint8Array;
      madeBy?: string;
    } & Moment);

/** An address at one moment; `visit` tells apart what happened at the same moment. */
export type Moment = { url: string; at: Date; visit: string };

/** The header under which our archives say who made the bytes of a resource. */
const madeByHeader = "Waymark-Made-By";

/**
 * One record of a WARC 1.1 file as a gzip member of its own; members one after the other are the file. The same record
 * gives the same bytes on every call, its id included.
 */
export async function packRecord(record: ArchiveRecord): Promise<Uint8Array> {
  return compress(await WARCSerializer.serialize(compose(record)));
}

const compress = promisify<Uint8Array, Uint8Array>(gzip);

/** The digest of a body as records name it. */
export const digestOf = (bytes: Uint8Array): string =>
  `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

function compose(record: ArchiveRecord): WARCRecord {
  switch (record.kind) {
    case "info":
      return WARCRecord.createWARCInfo(
        {
          date: record.at.toISOString(),
          warcVersion: WARC_1_1,
          warcHeaders: { "WARC-Record-ID": recordId("info", record.at.toISOString()) },
        },
        record.fields,
      );
    case "request": {
      const { host, pathname, search } = new URL(record.url);
      const ofAnswer = { "WARC-Concurrent-To": idOf({ ...record, kind: "response" }) };
      return begin("request", record, ofAnswer, {
        line: `GET ${pathname}${search} HTTP/1.1`,
        headers: { host },
      });
    }
    case "response": {
      const { status, bytes } = record;
      const withheld = bytes ? {} : { "WARC-Truncated": "unspecified" };
      const headers = headersOfKept(record.headers, bytes?.length ?? 0);
      return begin("response", record, withheld, { line: statusLine(status), headers }, bytes);
    }
    case "revisit": {
      const { of, because } = record;
      const pointers = {
        "WARC-Refers-To": idOf(of),
        "WARC-Refers-To-Target-URI": of.url,
        "WARC-Refers-To-Date": of.at.toISOString(),
        "WARC-Payload-Digest": of.digest,
      };
      const revisit = begin("revisit", record, pointers, {
        line: statusLine(because === "not-modified" ? 304 : 200),
        headers: withoutFraming(record.headers),
      });
      // The library knows one profile only.
      revisit.warcHeaders.headers.set("WARC-Profile", `${profiles}${profileOf[because]}`);
      return revisit;
    }
    case "resource": {
      const made = record.madeBy ? { [madeByHeader]: record.madeBy } : {};
      const type = record.contentType ? { "Content-Type": wireText(record.contentType) } : {};
      return begin("resource", record, { ...made, ...type }, undefined, record.bytes);
    }
  }
}

const profiles = "http://netpreserve.org/warc/1.1/revisit/";
const profileOf = {
  "not-modified": "server-not-modified",
  "same-bytes": "identical-payload-digest",
};

function begin(
  type: WARCType,
  moment: Moment & { kind: string },
  warcHeaders: Record<string, string>,
  http: { line: string; headers: Record<string, string> } | undefined,
  body: Uint8Array = new Uint8Array(),
): WARCRecord {
  const record = WARCRecord.create(
    {
      type,
      url: moment.url,
      date: moment.at.toISOString(),
      warcVersion: WARC_1_1,
      warcHeaders: { "WARC-Record-ID": idOf(moment), ...warcHeaders },
    },
    [body],
  );
  if (http) {
    const headers = new HeadersMultiMap(http.headers);
    record.httpHeaders = new StatusAndHeaders({ statusline: http.line, headers });
  }
  return record;
}

const statusLine = (status: number): string =>
  `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`.trimEnd();

/** The headers of an answer whose body is kept unpacked: what they said of its packing would be wrong now. */
const headersOfKept = (
  headers: Record<string, string>,
  bodyBytes: number,
): Record<string, string> => ({
  ...withoutFraming(headers),
  "content-length": String(bodyBytes),
});

function withoutFraming(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      framing.has(name.toLowerCase()) ? [] : [[name, wireText(value)]],
    ),
  );
}

const framing = new Set(["content-encoding", "transfer-encoding", "content-length"]);

/**
 * Header bytes reached us one to a character; most mean UTF-8, which is what the library writes. A line's end
 * would begin a header of its own.
 */
function wireText(value: string): string {
  const bytes = Buffer.from(value, "latin1");
  const utf8 = bytes.toString("utf8");
  const text = Buffer.from(utf8, "utf8").equals(bytes) ? utf8 : value;
  return text.replace(/[\r\n\0]+/g, " ");
}

const idOf = ({ kind, url, at, visit }: Moment & { kind: string }): string =>
  recordId(kind, url, at.toISOString(), visit);

/** A uuid made from what the record is about (RFC 9562, version 8: the hash is ours). */
function recordId(...parts: string[]): string {
  const hash = createHash("sha256").update(parts.join("\n")).digest().subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const uuid = hash.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return `<urn:uuid:${uuid}>`;
}

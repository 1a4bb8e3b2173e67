import { Readable } from "node:stream";
import { AsyncIterReader, type WARCRecord } from "warcio";

/** A server's answer as an archive kept it, in the form in which a client would hand it over. */
export type StoredAnswer = {
  statusCode: number;
  /** Names in small letters; values one byte to a character, as they came. */
  headers: Record<string, string | string[]>;
  body: Readable;
};

/**
 * The answer in a record's block. The chunks of its journey are undone here; its compression, with all the
 * care that takes, is left to whoever reads the body. Throws where there is no answer in it.
 */
export async function readStoredAnswer(record: WARCRecord): Promise<StoredAnswer> {
  const block = buffersOf(record.reader);
  if (record.warcType === "resource") {
    const type = record.warcContentType;
    const headers: StoredAnswer["headers"] = type ? { "content-type": type } : {};
    return { statusCode: 200, headers, body: Readable.from(block) };
  }
  const { head, rest } = await readHead(block);
  const { statusCode, headers } = parseHead(head);
  const raw = following(rest, block);
  const isChunked = /\bchunked\b/i.test(String(headers["transfer-encoding"] ?? ""));
  const body = isChunked ? buffersOf(new AsyncIterReader(raw, null, true)) : raw;
  const first = await body.next();
  const start = first.done ? Buffer.alloc(0) : first.value;
  if (isUnpackedAlready(headers["content-encoding"], start)) delete headers["content-encoding"];
  return { statusCode, headers, body: Readable.from(following(start, body)) };
}

async function* buffersOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}

async function* following(
  first: Buffer,
  rest: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  if (first.length > 0) yield first;
  yield* rest;
}

const headBytesMax = 256 * 1024;

async function readHead(block: AsyncGenerator<Buffer>): Promise<{ head: string; rest: Buffer }> {
  let bytes = Buffer.alloc(0);
  while (bytes.length <= headBytesMax) {
    const next = await block.next();
    bytes = Buffer.concat([bytes, next.done ? Buffer.from("\r\n\r\n") : next.value]);
    const end = /\r?\n\r?\n/.exec(bytes.toString("latin1"));
    if (end) {
      const head = bytes.toString("latin1", 0, end.index);
      return { head, rest: bytes.subarray(end.index + end[0].length) };
    }
  }
  throw new Error(`the headers of the stored answer do not end within ${headBytesMax} bytes`);
}

function parseHead(head: string): Pick<StoredAnswer, "statusCode" | "headers"> {
  // A line that begins with white space goes on with the one before.
  const [first = "", ...lines] = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const status = /^HTTP\/\d(?:\.\d)? +(\d{3})\b/.exec(first)?.[1];
  if (!status) throw new Error(`the stored answer begins with "${first.slice(0, 80)}", not HTTP`);
  const headers: StoredAnswer["headers"] = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? [headers[name]!, value].flat() : value;
  }
  return { statusCode: Number(status), headers };
}

/** Some tools keep the body unpacked, and the header that says how it was packed beside it. */
const isUnpackedAlready = (encoding: string | string[] | undefined, start: Buffer): boolean =>
  /^(x-)?gzip$/i.test(String(encoding ?? "").trim()) && !(start[0] === 0x1f && start[1] === 0x8b);

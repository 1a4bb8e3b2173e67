import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { BadInput } from "@waymark/domain";
import { AsyncIterReader, WARCParser, type WARCRecord } from "warcio";
import { inScope } from "./scope.ts";
import { readStoredAnswer, type StoredAnswer } from "./stored-answer.ts";

/** A WARC file, indexed: what each address answered last. Only places in the file are kept in memory. */
export type Archive = {
  /** The file's name with a short hash of what it is, so that two files of one name differ. */
  name: string;
  /** How many addresses it holds an answer of. */
  size: number;
  find(url: string): Found | undefined;
  holdsHost(url: string): boolean;
  /** Whether an address of a source's scope is in it. */
  holdsIn(scope: string[]): boolean;
  /** Reads an answer from the file; its body comes as a stream. */
  read(capture: Capture): Promise<StoredAnswer>;
  close(): Promise<void>;
};

/** An answer of an address at one moment, and where it stands in the file. */
type Capture = {
  url: string;
  at: number;
  offset: number;
  length: number;
  /** The body is not all that was sent. */
  isCut: boolean;
};

/** `isTwin`: nothing stands under this very address, but under the only one that differs in scheme, `www` or final slash. */
export type Found = { capture: Capture; isTwin: boolean };

/**
 * Opens a WARC file, of any tool, plain or with a gzip member for each record, and reads it through once. A BadInput
 * says in a sentence why a file cannot be used: one that is cut short or damaged anywhere is refused as a
 * whole, since nobody could tell later what is missing.
 */
export async function openArchive(path: string): Promise<Archive> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    const head = Buffer.from(await readStart(file));
    const isPacked = head[0] === 0x1f && head[1] === 0x8b;
    if (!isPacked && !/^WARC\/\d/.test(head.toString("latin1"))) {
      throw new BadInput(`${path} is no WARC file: it does not begin like one`);
    }
    const captures = newestAnswers(await listCaptures({ file, path, size, isPacked }));
    const hash = createHash("sha256").update(head).update(String(size)).digest("hex");
    return {
      name: `${basename(path)}@${hash.slice(0, 8)}`,
      size: captures.size,
      ...findersOf(captures),
      read: (capture) => readCapture({ file, isPacked }, capture),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    if ((await file.stat()).isFile()) return file;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : message;
    throw new BadInput(`cannot read ${path}: ${reason}`, { cause: error });
  }
  await file.close();
  throw new BadInput(`cannot read ${path}: it is no file`);
}

const partBytes = 64 * 1024;

async function readStart(file: FileHandle): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(partBytes), 0, partBytes, 0);
  return buffer.subarray(0, bytesRead);
}

/** A part of the file; read by position, so that many readers can share it. */
async function* readPart(file: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; ) {
    const wanted = Math.min(partBytes, end - at);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

const readerOf = (source: AsyncIterable<Uint8Array>, isPacked: boolean): AsyncIterReader =>
  new AsyncIterReader(source, isPacked ? "gzip" : null);

/** A record as the index first meets it: a revisit tells only what it is the same as. */
type Entry = Capture & {
  kind: "response" | "resource" | "revisit";
  id: string | undefined;
  digest: string | undefined;
  same: { id: string | undefined; url: string; at: number | undefined };
};

type OpenFile = { file: FileHandle; path: string; size: number; isPacked: boolean };

async function listCaptures({ file, path, size, isPacked }: OpenFile): Promise<Entry[]> {
  const refuse = (offset: number, problem: string): BadInput =>
    new BadInput(`${path} cannot be used: at byte ${offset} ${problem}`);
  const reader = readerOf(readPart(file, 0, size), isPacked);
  const parser = new WARCParser(reader, { parseHttp: false });
  const entries: Entry[] = [];
  let last: Entry | undefined;
  let before = -1;
  for (;;) {
    const record = await parser.parse();
    const { offset } = parser;
    // The library reads on as if nothing were packed where it cannot unpack.
    if (isPacked && !reader.compressed) throw refuse(Math.max(0, before), "a record is damaged");
    if (!record) break;
    if (offset === before || offset >= size) throw refuse(Math.max(0, before), sharedMember);
    before = offset;
    if (!/^WARC\/\d/.test(record.warcHeaders.statusline)) {
      throw refuse(offset, "there is something else than a WARC record");
    }
    const length = record.warcHeader("Content-Length") ?? "";
    if (!/^\d+$/.test(length)) throw refuse(offset, "a record does not tell its length");
    if ((await drain(record)) < Number(length))
      throw refuse(offset, "the last record is cut short");
    if (last) last.length = offset - last.offset;
    last = entryOf(record, offset);
    if (last) entries.push(last);
  }
  const end = reader.getRawOffset();
  if (end < size) throw refuse(end, "it is cut short or damaged");
  if (last) last.length = size - last.offset;
  return entries;
}

const sharedMember = "several records share a gzip member; pack the file anew, one member a record";

async function drain(record: WARCRecord): Promise<number> {
  let bytes = 0;
  for await (const chunk of record.reader) bytes += chunk.length;
  return bytes;
}

function entryOf(record: WARCRecord, offset: number): Entry | undefined {
  const header = (name: string): string | undefined => bare(record.warcHeader(name) ?? undefined);
  const url = webAddress(header("WARC-Target-URI"));
  const kind = record.warcType;
  if (!url || (kind !== "response" && kind !== "resource" && kind !== "revisit")) return undefined;
  return {
    url,
    kind,
    at: timeOf(header("WARC-Date")) ?? 0,
    offset,
    length: 0,
    isCut: header("WARC-Truncated") !== undefined || header("WARC-Segment-Number") !== undefined,
    id: header("WARC-Record-ID"),
    digest: header("WARC-Payload-Digest"),
    same: {
      id: header("WARC-Refers-To"),
      url: webAddress(header("WARC-Refers-To-Target-URI")) ?? url,
      at: timeOf(header("WARC-Refers-To-Date")),
    },
  };
}

/** Some tools put an address in angle brackets, as a record's id is. */
const bare = (text: string | undefined): string | undefined =>
  text?.trim().replace(/^<(.*)>$/, "$1");

function webAddress(text: string | undefined): string | undefined {
  if (!text || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  url.hash = "";
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
}

const timeOf = (text: string | undefined): number | undefined => {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? undefined : time;
};

/** For each address the newest answer that is in the file: of equally old ones the later in it. */
function newestAnswers(entries: Entry[]): Map<string, Capture> {
  const sameAs = findOriginals(entries);
  const newest = new Map<string, Capture>();
  for (const entry of entries) {
    const original = entry.kind === "revisit" ? sameAs(entry) : entry;
    const known = newest.get(entry.url);
    if (!original || (known && known.at > entry.at)) continue;
    const { offset, length, isCut } = original;
    newest.set(entry.url, { url: entry.url, at: entry.at, offset, length, isCut });
  }
  return newest;
}

/** What a revisit is the same as: by the record it names, else by address and date, else by what was in it. */
function findOriginals(entries: Entry[]): (revisit: Entry) => Entry | undefined {
  const byId = new Map<string, Entry>();
  const byMoment = new Map<string, Entry>();
  const byDigest = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.kind === "revisit") continue;
    if (entry.id) byId.set(entry.id, entry);
    byMoment.set(`${entry.url} ${entry.at}`, entry);
    if (entry.digest) byDigest.set(entry.digest, entry);
  }
  return ({ same, digest }) =>
    (same.id ? byId.get(same.id) : undefined) ??
    (same.at === undefined ? undefined : byMoment.get(`${same.url} ${same.at}`)) ??
    (digest ? byDigest.get(digest) : undefined);
}

function findersOf(captures: Map<string, Capture>) {
  const hosts = new Map<string, string[]>();
  // Undefined: several addresses share the key.
  const twins = new Map<string, Capture | undefined>();
  for (const capture of captures.values()) {
    const host = hostKey(capture.url);
    const addresses = hosts.get(host);
    if (addresses) addresses.push(capture.url);
    else hosts.set(host, [capture.url]);
    const key = twinKey(capture.url);
    twins.set(key, twins.has(key) ? undefined : capture);
  }
  return {
    find(url: string): Found | undefined {
      const address = webAddress(url);
      if (!address) return undefined;
      const exact = captures.get(address);
      if (exact) return { capture: exact, isTwin: false };
      const twin = twins.get(twinKey(address));
      return twin && { capture: twin, isTwin: true };
    },
    holdsHost: (url: string) => hosts.has(hostKey(url)),
    holdsIn: (scope: string[]) =>
      scope.some((entry) => {
        const addresses = URL.canParse(entry) ? hosts.get(hostKey(entry)) : undefined;
        return addresses?.some((url) => inScope([entry], url));
      }),
  };
}

const hostKey = (url: string): string => new URL(url).host.replace(/^www\./, "");

/** What an address shares with its twins: scheme, `www` and final slash aside. */
export function twinKey(url: string): string {
  const { pathname, search } = new URL(url);
  return `${hostKey(url)}${pathname.replace(/\/$/, "")}${search}`;
}

async function readCapture(
  { file, isPacked }: { file: FileHandle; isPacked: boolean },
  { offset, length }: Capture,
): Promise<StoredAnswer> {
  const reader = readerOf(readPart(file, offset, offset + length), isPacked);
  const record = await WARCParser.parse(reader, { parseHttp: false });
  if (!record) throw new Error(`the archive holds no record at byte ${offset} any more`);
  return readStoredAnswer(record);
}

import { gunzipSync } from "node:zlib";
import { BadInput, type Document, HttpUrl } from "@waymark/domain";
import { fetchForReading, type ReaderPool } from "@waymark/pipeline/worker";
import type { Config } from "./config.ts";
import { readBytes } from "./file.ts";
import { version } from "./version.ts";

/** A compressed file may not become more than this. */
const inflatedBytesMax = 50_000_000;

/** What kinds of file are read, and how a server would call them. */
const contentTypes: { [extension: string]: string } = {
  html: "text/html",
  htm: "text/html",
  xhtml: "application/xhtml+xml",
  pdf: "application/pdf",
  json: "application/json",
  xml: "application/xml",
  rss: "application/rss+xml",
  atom: "application/atom+xml",
};

/** Stands in where nobody knows a saved page's own address. */
const unknownHost = "page.invalid";

/** The page that the command line names: fetched, or read from a file under the address that is given. */
export async function loadDocument(
  config: Config,
  fileOrUrl: string,
  { url, signal }: { url: string | undefined; signal: AbortSignal },
): Promise<Document> {
  if (/^https?:\/\//i.test(fileOrUrl)) {
    const { contact, connectTo } = config;
    return fetchForReading(fileOrUrl, { version, contact, connectTo, signal });
  }
  const name = fileOrUrl.split(/[\\/]/).at(-1)!;
  const isZipped = /\.gz$/i.test(name);
  const extension = name.replace(/\.gz$/i, "").split(".").at(-1)!.toLowerCase();
  const stored = readBytes(config, fileOrUrl);
  return {
    url: url ?? `http://${unknownHost}/${encodeURIComponent(name)}`,
    bytes: isZipped ? inflate(stored, fileOrUrl) : stored,
    // A name without a known ending says nothing; then the bytes must.
    contentType: contentTypes[extension],
  };
}

function inflate(bytes: Uint8Array, file: string): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: inflatedBytesMax });
  } catch (error) {
    throw new BadInput(`${file} cannot be decompressed: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** A saved page often says itself where it came from. */
export async function withOwnAddress(document: Document, reader: ReaderPool): Promise<Document> {
  if (new URL(document.url).hostname !== unknownHost) return document;
  const { canonical } = await reader.skim(document);
  const isOwn = canonical && HttpUrl.safeParse(canonical).success;
  return isOwn && new URL(canonical).hostname !== unknownHost
    ? { ...document, url: canonical }
    : document;
}

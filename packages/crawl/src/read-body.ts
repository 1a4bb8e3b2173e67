import { pipeline as join, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";

export type BodyLimits = {
  /** Most bytes after decompression. */
  bodyBytesMax: number;
  /** Most bytes as they come over the wire. */
  wireBytesMax: number;
};

export type Body =
  | { kind: "read"; bytes: Uint8Array; wireBytes: number }
  | { kind: "too-large"; bytes: number };

/** The body's compression is not one we undo, or it has several layers. */
export class UnknownEncoding extends Error {
  readonly code = "UNKNOWN_ENCODING";
}

/**
 * Reads a body to its proper end, decompressing as it comes, and stops at the first limit. A stream that ends
 * before its compression does throws: a half page must never pass for a whole one. With `firstBytes`, that
 * many are kept and the rest is not read.
 */
export async function readBody(
  source: Readable,
  {
    encoding,
    limits,
    firstBytes,
  }: { encoding: string | undefined; limits: BodyLimits; firstBytes?: number | undefined },
): Promise<Body> {
  const chunks: Buffer[] = [];
  let wireBytes = 0;
  let bytes = 0;

  async function* count(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of stream) {
      wireBytes += chunk.length;
      if (wireBytes > limits.wireBytesMax) throw tooLarge;
      yield chunk;
    }
  }
  async function collect(stream: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (firstBytes === undefined && bytes > limits.bodyBytesMax) throw tooLarge;
      if (bytes > ratioFloorBytes && bytes > wireBytes * ratioMax) throw tooLarge;
      chunks.push(chunk);
      if (firstBytes !== undefined && bytes >= firstBytes) throw enough;
    }
  }

  try {
    const decoder = decoderOf(encoding);
    if (decoder) await pipeline(source, count, decoder, collect);
    else await collect(count(source));
  } catch (error) {
    if (error === tooLarge) return { kind: "too-large", bytes: Math.max(bytes, wireBytes) };
    if (error !== enough) throw error;
  }
  return { kind: "read", bytes: Buffer.concat(chunks).subarray(0, firstBytes), wireBytes };
}

/** Honest pages compress 5 to 50 times; a bomb does it a thousand times. Small bodies may be all spaces. */
const ratioMax = 250;
const ratioFloorBytes = 2_000_000;

const tooLarge = new Error("the body is larger than the limit");
const enough = new Error("enough of the body was read");

type Decoder = NodeJS.ReadWriteStream | ((stream: AsyncIterable<Buffer>) => AsyncIterable<Buffer>);

function decoderOf(encoding: string | undefined): Decoder | undefined {
  const layers = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((layer) => layer.trim())
    .filter((layer) => layer && layer !== "identity");
  if (layers.length === 0) return undefined;
  if (layers.length > 1) {
    throw new UnknownEncoding(`the body is compressed ${layers.length} times over: ${encoding}`);
  }
  switch (layers[0]) {
    case "gzip":
    case "x-gzip":
      return zlib.createGunzip();
    case "br":
      return zlib.createBrotliDecompress();
    case "zstd":
      return zlib.createZstdDecompress();
    case "deflate":
      return inflate;
    default:
      throw new UnknownEncoding(
        `the body is compressed with "${encoding}", which was not asked for`,
      );
  }
}

/** Servers disagree on "deflate": some send it with zlib's two-byte head, as they should, some bare. */
async function* inflate(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = stream[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const hasHead = (first.value[0]! & 0x0f) === 8 && first.value.readUInt16BE(0) % 31 === 0;
  async function* whole(): AsyncGenerator<Buffer> {
    yield first.value;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  // The callback is called with the error that the iteration below throws as well.
  yield* join(
    Readable.from(whole()),
    hasHead ? zlib.createInflate() : zlib.createInflateRaw(),
    () => {},
  );
}

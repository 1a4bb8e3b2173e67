import { Readable } from "node:stream";
import { TextDecoder } from "node:util";
import zlib from "node:zlib";

/** The text of a sitemap in pieces, unpacked where it is packed, so that no bomb stands in memory whole. */
export async function* textOf(bytes: Uint8Array): AsyncGenerator<string> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  let decoder: TextDecoder | undefined;
  for await (const chunk of isPacked ? unpack(bytes) : slices(bytes)) {
    decoder ??= decoderOf(chunk);
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder) yield decoder.decode();
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function unpack(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  return Readable.from([bytes]).pipe(zlib.createGunzip());
}

function decoderOf(head: Uint8Array): TextDecoder {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder("utf-16le");
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder("utf-16be");
  const declared = /^\s*<\?xml[^>]*encoding=["']([\w-]+)/i.exec(
    Buffer.from(head.subarray(0, 300)).toString("latin1"),
  )?.[1];
  try {
    return new TextDecoder(declared ?? "utf-8");
  } catch {
    // An encoding nobody knows: addresses are plain letters in nearly all of them.
    return new TextDecoder("utf-8");
  }
}

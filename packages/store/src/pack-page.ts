import { promisify } from "node:util";
import { constants, zstdCompress, zstdCompressSync } from "node:zlib";

/** A page's bytes made small, with its links and main text. */
export type PackedPage = {
  body: Uint8Array;
  bodyBytes: number;
  links: Uint8Array | undefined;
  text: Uint8Array | undefined;
};

/** Packs what is kept of a page: its bytes, its links as JSON, its main text. */
export async function packPage({
  bytes,
  links,
  text,
}: {
  bytes: Uint8Array;
  links?: string | undefined;
  text?: string | undefined;
}): Promise<PackedPage> {
  return {
    body: await compress(bytes),
    bodyBytes: bytes.length,
    links: links ? await compress(Buffer.from(links)) : undefined,
    text: text ? await compress(Buffer.from(text)) : undefined,
  };
}

const compressLarge = promisify(zstdCompress);
/** A page of usual size is packed in less time than it takes to hand it to another thread. */
const packedAtOnceMax = 256 * 1024;

async function compress(bytes: Uint8Array): Promise<Uint8Array> {
  const options = {
    // The next levels save a thirtieth of the size for ten times the working memory, which every page takes anew.
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
    pledgedSrcSize: bytes.length,
  };
  if (bytes.length > packedAtOnceMax) return compressLarge(bytes, options);
  // What the library gives is a short piece of a long buffer, all of which would be kept with it.
  return Uint8Array.from(zstdCompressSync(bytes, options));
}

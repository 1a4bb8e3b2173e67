import type { Context } from "hono";

/**
 * Whether a request's body is small enough. One that does not say how long it is, as programs send it in
 * pieces, is read as far as it may go, and put in place of what was read. (Hono's own limit builds the
 * request anew from the server's, which is none that Node's constructor knows.)
 */
export async function isWithinLimit(c: Context, bytesMax: number): Promise<boolean> {
  const { raw } = c.req;
  if (raw.method !== "POST" || !raw.body) return true;
  const length = raw.headers.get("content-length");
  if (length !== null && !raw.headers.has("transfer-encoding")) return Number(length) <= bytesMax;
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of raw.body) {
    bytes += piece.byteLength;
    if (bytes > bytesMax) return false;
    pieces.push(piece);
  }
  const { method, headers, url } = raw;
  c.req.raw = new Request(url, { method, headers, body: Buffer.concat(pieces) });
  return true;
}

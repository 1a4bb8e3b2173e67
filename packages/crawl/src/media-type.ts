/**
 * The media type a page's header names, when that alone says that nobody can read it as a text: then its
 * body is not even asked for. Types we do not know are judged by their first bytes.
 */
export function unreadableType(contentType: string | undefined, url: string): string | undefined {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!type || readable.test(type)) return undefined;
  if (gzipTypes.has(type)) return isPackedText(url) ? undefined : type;
  return unreadable.test(type) ? type : undefined;
}

/** What the first bytes are, when they are not a text, a PDF or a feed; whatever the header called them. */
export function unreadableBytes(bytes: Uint8Array, url: string): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024));
  const start = head.toString("latin1");
  if (start.includes("%PDF-")) return undefined;
  for (const [type, mark, offset = 0] of marks) if (start.startsWith(mark, offset)) return type;
  if (start.startsWith("\x1f\x8b")) return isPackedText(url) ? undefined : "application/gzip";
  if (start.startsWith("\xff\xfe") || start.startsWith("\xfe\xff")) return undefined;
  // A zero byte is in no text but UTF-16, which without its mark shows every other byte as zero.
  const zeros = head.filter((byte) => byte === 0).length;
  return zeros > 0 && zeros < head.length * 0.3 ? "application/octet-stream" : undefined;
}

/** Sitemaps may be kept compressed, as `sitemap.xml.gz`: compressed as a file, not for the journey. */
const isPackedText = (url: string): boolean =>
  /\.(xml|txt|rss|atom)\.gz$/i.test(new URL(url).pathname);

const readable =
  /^(text\/(?!css$|javascript$)|application\/(pdf|json|xml|xhtml\+xml)$|[^/]+\/[^/]+\+(xml|json)$)/;
const gzipTypes = new Set(["application/gzip", "application/x-gzip", "application/x-gunzip"]);
const unreadable =
  /^(image|video|audio|font|model)\/|^text\/(css|javascript)$|^application\/(javascript|wasm|zip|gzip|zstd|java-archive|epub\+zip|msword|rtf|postscript|ogg|x-(zip|7z|rar|tar|bzip|gzip|shockwave|font|msdownload|apple-diskimage|iso)[^/]*|vnd\.(ms-|openxmlformats|oasis|rar|android|adobe)[^/]*)/;

/** The bytes that kinds of files begin with, or hold at an offset. */
const marks: [type: string, mark: string, offset?: number][] = [
  ["image/png", "\x89PNG"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF87a"],
  ["image/gif", "GIF89a"],
  ["image/webp", "WEBP", 8],
  ["image/x-icon", "\0\0\x01\0"],
  ["audio/wav", "WAVE", 8],
  ["audio/mpeg", "ID3"],
  ["audio/ogg", "OggS"],
  ["video/mp4", "ftyp", 4],
  ["video/webm", "\x1aE\xdf\xa3"],
  ["application/zip", "PK\x03\x04"],
  ["application/zip", "PK\x05\x06"],
  ["application/vnd.rar", "Rar!\x1a"],
  ["application/x-7z-compressed", "7z\xbc\xaf"],
  ["application/x-bzip2", "BZh91AY"],
  ["application/x-xz", "\xfd7zXZ"],
  ["application/zstd", "\x28\xb5\x2f\xfd"],
  ["application/msword", "\xd0\xcf\x11\xe0"],
  ["font/woff", "wOFF"],
  ["font/woff", "wOF2"],
  ["application/x-executable", "\x7fELF"],
];

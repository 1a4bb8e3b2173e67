import { isAscii, isUtf8 } from "node:buffer";
import type { Document } from "@waymark/domain";
import { keptWith } from "@waymark/normalize";
import { getEncoding } from "encoding-sniffer";
import iconv from "iconv-lite";
import { layOutAnswer } from "../readers/api.ts";
import { parseJson } from "./guarded-parse.ts";

/** What kind of text the bytes hold; decides which reader they go to. */
export type SourceForm = "html" | "feed" | "json" | "pdf" | "text" | "other";

/**
 * The text that evidence offsets count in: the bytes decoded by their mark, header or meta element. What a
 * content system's API answers in JSON is laid out as the HTML it carries. A PDF holds no such text until
 * it is read: see `readPdfText`.
 */
export function decodeSource(document: Document): string {
  const text = decodeBytes(document);
  if (formOf(document) !== "json") return text;
  return layOutAnswer(text) ?? text;
}

/** The bytes as text, before anything is made of it; several readers ask for the same bytes in turn. */
const decodeBytes = (document: Document): string => decodeOnce(document.bytes, document);
const decodeOnce = keptWith((_bytes: Uint8Array, document: Document) => decode(document));

function decode({ bytes, contentType }: Document): string {
  if (startsWith(bytes, "%PDF-")) return "";
  const label = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? "")?.[1];
  const isUnicode = isUtf8(bytes);
  const encoding = getEncoding(bytes, {
    defaultEncoding: isUnicode ? "utf-8" : "windows-1252",
    // A server's word counts only where it names an encoding there is.
    ...(label && iconv.encodingExists(label) && { transportLayerEncodingLabel: label }),
  });
  // Pages that say Latin-1 and are UTF-8 are common; the reverse cannot pass the check.
  const chosen = encoding !== "utf-8" && isUnicode && !isAscii(bytes) ? "utf-8" : encoding;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The platform's own decoder is several times faster where it does the same.
  return chosen === "utf-8" && !startsWith(bytes, "\xef\xbb\xbf")
    ? buffer.toString("utf8")
    : iconv.decode(buffer, chosen);
}

/** Which reader the bytes belong to, by their first characters, then by the server's word. */
export function formOf(document: Document): SourceForm {
  const { bytes, contentType = "", url } = document;
  if (startsWith(bytes, "%PDF-")) return "pdf";
  const text = decodeBytes(document);
  const head = text.slice(0, 1000).trimStart();
  const type = contentType.toLowerCase();
  if (/^(<\?xml[^>]*\?>\s*)?(<!--(?:[^-]|-(?!->))*-->\s*)*<(rss|feed|rdf:RDF)[\s>]/i.test(head))
    return "feed";
  if (/^[[{]/.test(head) && (/json/.test(type) || parseJson(text) !== undefined)) return "json";
  if (/^<(!doctype html|html|head|body|\?xml|!--|div|p|table|main|h1)/i.test(head)) return "html";
  if (/html|xml/.test(type) || (type === "" && /<\w+[\s>]/.test(head))) return "html";
  if (/^text\/|markdown/.test(type) || (type === "" && /\.(txt|md)$/i.test(url))) return "text";
  if (type !== "" || hasManyControls(head)) return "other";
  return "text";
}

const startsWith = (bytes: Uint8Array, mark: string): boolean =>
  [...mark].every((character, index) => bytes[index] === character.charCodeAt(0));

const hasManyControls = (text: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  (text.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0) > 5;

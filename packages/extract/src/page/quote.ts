import { parseDocument } from "htmlparser2";
import { blank, isSpace, trimmedLength } from "./white-space.ts";

/**
 * One run of a block's text and where it stands in the source. In a plain run both have the same length
 * and agree character by character; otherwise the whole run stands for the whole piece of source (an
 * entity, or folded white space).
 */
export type Segment = { at: number; length: number; source: number; sourceLength: number };

/** A piece of text that knows where it came from. */
export type MappedText = { text: string; segments: readonly Segment[] };

/** Collects text nodes into folded text with its map. */
export class TextCollector {
  segments: Segment[] = [];
  /** How long the text is so far. */
  length = 0;
  /** Joined when it is asked for: looking into a text that still grows would copy it each time. */
  readonly #pieces: string[] = [];
  private space: { source: number; sourceLength: number } | undefined;

  get text(): string {
    return this.#pieces.join("");
  }

  /** How many pieces the text has so far: what is added later begins at this one. */
  get pieceCount(): number {
    return this.#pieces.length;
  }

  /** Whether a piece is the white space in front of a word. */
  isBlank(piece: number): boolean {
    return this.#pieces[piece] === " ";
  }

  /** Adds raw source text (entities undecoded) that stands at `source`. */
  add(raw: string, source: number): void {
    for (let at = 0; at < raw.length; ) {
      const code = raw.charCodeAt(at);
      if (code === lessThan) {
        // Titles and text areas may hold tags as letters; a quote has none.
        const behind = tagEnd(raw, at);
        if (behind !== undefined) {
          at = behind;
          continue;
        }
      }
      const end =
        code === ampersand
          ? entityEnd(raw, at)
          : isSpace(code)
            ? spaceEnd(raw, at)
            : wordsEnd(raw, at);
      if (isSpace(code)) {
        this.addSpace(source + at, end - at);
      } else {
        const token = raw.slice(at, end);
        const decoded = code === ampersand && token.length > 1 ? decodeEntity(token) : token;
        if (code === ampersand && trimmedLength(decoded) === 0)
          this.addSpace(source + at, end - at);
        else this.addWords(decoded, source + at, token);
      }
      at = end;
    }
  }

  /** White space is one blank, and counts once a word follows it. */
  private addSpace(source: number, sourceLength: number): void {
    if (this.length > 0) this.space ??= { source, sourceLength };
  }

  private addWords(decoded: string, source: number, token: string): void {
    if (this.space) this.append(" ", this.space.source, this.space.sourceLength);
    this.space = undefined;
    this.append(decoded, source, token.length, decoded === token);
  }

  private append(text: string, source: number, sourceLength: number, plain = false): void {
    const last = this.segments.at(-1);
    const isPlain = plain || (text.length === 1 && sourceLength === 1);
    const follows = last && last.source + last.sourceLength === source;
    if (isPlain && last && follows && last.length === last.sourceLength) {
      last.length += text.length;
      last.sourceLength += sourceLength;
    } else {
      this.segments.push({ at: this.length, length: text.length, source, sourceLength });
    }
    this.#pieces.push(text);
    this.length += text.length;
  }
}

const ampersand = 38;
const lessThan = 60;

function spaceEnd(raw: string, from: number): number {
  let at = from + 1;
  while (at < raw.length && isSpace(raw.charCodeAt(at))) at++;
  return at;
}

/** Words with single blanks between them stand in the text as they stand in the source, and are taken together. */
function wordsEnd(raw: string, from: number): number {
  let at = from + 1;
  for (; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code === ampersand || code === lessThan) break;
    if (!isSpace(code)) continue;
    const next = raw.charCodeAt(at + 1);
    if (code !== blank || !(next > 0) || next === ampersand || next === lessThan || isSpace(next))
      break;
  }
  return at;
}

const entity = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);?|&/iy;

function entityEnd(raw: string, at: number): number {
  entity.lastIndex = at;
  return at + (entity.exec(raw)?.[0].length ?? 1);
}

/** A raw piece of the source as mapped text, for values that stand in attributes and scripts. */
export function mapSource(source: string, start: number, end: number): MappedText {
  const collector = new TextCollector();
  collector.add(source.slice(start, end), start);
  return { text: collector.text, segments: collector.segments };
}

/** Where characters `from` to `to` of a mapped text stand in the source. */
export function sourceRange(
  { segments }: MappedText,
  from: number,
  to: number,
): { start: number; end: number } {
  const first = segmentAt(segments, from);
  const last = segmentAt(segments, to - 1);
  if (!first || !last) return { start: 0, end: 0 };
  const isPlain = (segment: Segment) => segment.length === segment.sourceLength;
  return {
    start: isPlain(first) ? first.source + (from - first.at) : first.source,
    end: isPlain(last) ? last.source + (to - last.at) : last.source + last.sourceLength,
  };
}

function segmentAt(segments: readonly Segment[], position: number): Segment | undefined {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segments[middle]!.at <= position) low = middle;
    else high = middle - 1;
  }
  return segments[low];
}

/**
 * What a reader sees of a piece of source: tags removed, entities decoded, white space folded.
 * Invariant: for every evidence, `quoteOf(source.slice(start, end))` is its quote.
 */
export function quoteOf(piece: string): string {
  const bare = piece
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, "");
  return decodeText(withoutTags(bare)).replace(/\s+/g, " ").trim();
}

function withoutTags(piece: string): string {
  let text = "";
  let at = 0;
  for (
    let open = piece.indexOf("<");
    open >= 0;
    open = piece.indexOf("<", Math.max(open + 1, at))
  ) {
    // Nothing behind the last ">" is a tag, however often one begins.
    if (piece.indexOf(">", open) < 0) break;
    const end = tagEnd(piece, open);
    if (end === undefined) continue;
    text += piece.slice(at, open);
    at = end;
  }
  return text + piece.slice(at);
}

/**
 * Where the tag that begins at a place ends, or what a browser takes for a comment; undefined where none
 * begins. As in browsers a `>` between the quotes of an attribute ends nothing, and what never ends is text.
 */
function tagEnd(piece: string, open: number): number | undefined {
  const first = piece.charAt(open + 1);
  if (!/[a-z/!?]/i.test(first)) return undefined;
  const simple = piece.indexOf(">", open) + 1;
  if (simple === 0) return undefined;
  if (!/[a-z]/i.test(first) || !/=\s*["']/.test(piece.slice(open, simple))) return simple;
  for (let at = open + 1; at < piece.length; at++) {
    const character = piece.charAt(at);
    if (character === ">") return at + 1;
    if (character !== "=") continue;
    while (/\s/.test(piece.charAt(at + 1))) at++;
    const quote = piece.charAt(at + 1);
    const isQuoted = quote === '"' || quote === "'";
    if (isQuoted) {
      at = piece.indexOf(quote, at + 2);
      if (at < 0) return undefined;
    } else while (at + 1 < piece.length && !/[\s>]/.test(piece.charAt(at + 1))) at++;
  }
  return undefined;
}

/** Text with its entities decoded. */
export const decodeText = (raw: string): string =>
  raw.includes("&") ? raw.replace(/&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);?/gi, decodeEntity) : raw;

const decodedEntities = new Map<string, string>([
  ["&amp;", "&"],
  ["&nbsp;", "\u00a0"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
]);

/** The parser knows all entities; each is asked for once. */
function decodeEntity(entity: string): string {
  const known = decodedEntities.get(entity);
  if (known !== undefined) return known;
  const node = parseDocument(entity, { decodeEntities: true }).children[0];
  const decoded = node && "data" in node && typeof node.data === "string" ? node.data : entity;
  if (decodedEntities.size < 5000) decodedEntities.set(entity, decoded);
  return decoded;
}

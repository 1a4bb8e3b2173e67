import type { Block, Span } from "../page/page.ts";

/** How much text blocks hold. */
export function lengthOf(blocks: Iterable<Block>): number {
  let length = 0;
  for (const { text } of blocks) length += text.length;
  return length;
}

/** How much of it is in sentences: what menus and cards of links do not have. */
export function proseOf(blocks: readonly Block[]): number {
  let length = 0;
  for (const { text, spans } of blocks)
    if (text.length >= 80 && linkedLength(spans) / text.length < 0.5) length += text.length;
  return length;
}

/** How much of a text is links. */
export function linkedLength(spans: readonly Span[]): number {
  let linked = 0;
  for (const { kind, from, to } of spans) if (kind === "link") linked += to - from;
  return linked;
}

/** Which part of it is links. */
export function linkedShare(blocks: readonly Block[]): number {
  let linked = 0;
  for (const { spans } of blocks) linked += linkedLength(spans);
  return linked / (lengthOf(blocks) || 1);
}

/** Whether a text has so many words or more. */
export function hasWords(text: string, count: number): boolean {
  let at = -1;
  for (let words = 1; words < count; words++) {
    at = text.indexOf(" ", at + 1);
    if (at < 0) return false;
  }
  return true;
}

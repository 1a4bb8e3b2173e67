/** A stretch of text; the lit ones are the quote somebody came to see. */
type TextRun = { text: string; isLit: boolean };

/** A piece of a page as people read it. */
export type TextBlock = {
  look: "heading" | "paragraph" | "entry";
  isAside: boolean;
  runs: TextRun[];
};

/**
 * A snapshot's bytes as text, or undefined when they hold none (a PDF, a picture). Follows the order the
 * readers decode by, since the offsets of evidence count in what they decoded.
 */
export function decodeSnapshot(bytes: Uint8Array, contentType = ""): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  if (head.startsWith("%PDF-") || /^(image|audio|video|font)\//.test(contentType)) return undefined;
  if (head.startsWith("\xff\xfe")) return new TextDecoder("utf-16le").decode(bytes);
  if (head.startsWith("\xfe\xff")) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const named = /charset\s*=\s*["']?([\w.:-]+)/i;
    const label = (named.exec(contentType) ?? named.exec(head))?.[1] ?? "windows-1252";
    return decoderFor(label).decode(bytes);
  }
}

function decoderFor(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder("windows-1252");
  }
}

export type Place = { start: number; end: number };

/** Whether a quote stands at its place in a decoded source; without a quote, whether there is such a place. */
export function verifyPlace(source: string, place: Place, quote: string | undefined): boolean {
  if (place.end <= place.start || place.end > source.length) return false;
  return (
    quote === undefined || fold(visibleText(source.slice(place.start, place.end))) === fold(quote)
  );
}

/**
 * A page as blocks of text: scripts and markup left out, navigation marked as aside, and the place lit.
 * Markup is never shown as markup, so whatever the page holds is only read.
 */
export function readBlocks(source: string, lit: Place | undefined): TextBlock[] {
  const blocks: TextBlock[] = [];
  let block: TextBlock = { look: "paragraph", isAside: false, runs: [] };
  let asideDepth = 0;
  const close = (look: TextBlock["look"]) => {
    const runs = foldRuns(block.runs);
    if (runs.length > 0) blocks.push({ ...block, runs });
    block = { look, isAside: asideDepth > 0, runs: [] };
  };
  const addText = (raw: string, start: number) => {
    const from = lit ? Math.min(Math.max(lit.start - start, 0), raw.length) : raw.length;
    const to = lit ? Math.min(Math.max(lit.end - start, from), raw.length) : raw.length;
    for (const [piece, isLit] of [
      [raw.slice(0, from), false],
      [raw.slice(from, to), true],
      [raw.slice(to), false],
    ] as const)
      if (piece) block.runs.push({ text: decodeEntities(piece), isLit });
  };
  if (!looksLikeMarkup(source)) {
    for (const line of source.matchAll(/[^\n]+/g)) {
      addText(line[0], line.index);
      close("paragraph");
    }
    return blocks;
  }
  for (const { 0: token, 1: name, index } of source.matchAll(tokens)) {
    if (name === undefined) {
      // A lone "<" is text; what is longer was left out on purpose: comments, scripts, the title.
      if (token === "<" || !token.startsWith("<")) addText(token, index);
      continue;
    }
    const tag = name.toLowerCase();
    const isEnd = token.startsWith("</");
    if (asides.has(tag)) asideDepth = Math.max(0, asideDepth + (isEnd ? -1 : 1));
    if (cells.has(tag) && isEnd) block.runs.push({ text: "   ", isLit: false });
    else if (breaks.has(tag))
      close(
        isEnd
          ? "paragraph"
          : /^h[1-6]$/.test(tag)
            ? "heading"
            : entries.has(tag)
              ? "entry"
              : "paragraph",
      );
  }
  close("paragraph");
  return blocks;
}

/** Lights a quote by its words, in the first block that holds it; false when none does. */
export function lightQuote(blocks: TextBlock[], quote: string): boolean {
  const wanted = fold(quote);
  if (wanted === "") return false;
  for (const block of blocks) {
    const text = block.runs.map((run) => run.text).join("");
    const at = text.toLowerCase().indexOf(wanted.toLowerCase());
    if (at < 0) continue;
    block.runs = [
      { text: text.slice(0, at), isLit: false },
      { text: text.slice(at, at + wanted.length), isLit: true },
      { text: text.slice(at + wanted.length), isLit: false },
    ].filter(({ text }) => text !== "");
    return true;
  }
  return false;
}

/** Invariant: every branch consumes each character once, so that no page makes this slow. */
const tokens =
  /<!--[\s\S]*?(?:-->|$)|<(?:script|style|template|svg|title|noscript)\b[\s\S]*?(?:<\/(?:script|style|template|svg|title|noscript)\s*>|$)|<\/?([a-z][a-z0-9-]*)[^>]*(?:>|$)|<[!?][^>]*(?:>|$)|[^<]+|</gi;

const asides = new Set(["nav", "footer", "aside"]);
const cells = new Set(["td", "th"]);
const entries = new Set(["li", "dt", "dd", "tr"]);
const breaks = new Set(
  "address article aside blockquote body br button caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section select summary table tbody tfoot thead tr ul".split(
    " ",
  ),
);

const looksLikeMarkup = (source: string): boolean => /<[a-z!?/]/i.test(source.slice(0, 5000));

/** Runs with white space folded across them; empty when nothing but space is left. */
function foldRuns(runs: TextRun[]): TextRun[] {
  const folded: TextRun[] = [];
  let endsInSpace = true;
  for (const { text, isLit } of runs) {
    let piece = text.replace(/\s+/g, " ");
    if (endsInSpace) piece = piece.trimStart();
    if (piece === "") continue;
    endsInSpace = piece.endsWith(" ");
    const last = folded.at(-1);
    if (last?.isLit === isLit) last.text += piece;
    else folded.push({ text: piece, isLit });
  }
  return folded;
}

const fold = (text: string): string => text.replace(/\s+/g, " ").trim();

const visibleText = (piece: string): string =>
  decodeEntities(
    piece
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, "")
      .replace(/<\/?[a-z][^>]*>/gi, ""),
  );

const named: Record<string, string> = Object.fromEntries(
  "amp& lt< gt> quot\" apos' nbsp\u00a0 ndash– mdash— lsquo‘ rsquo’ ldquo“ rdquo” sbquo‚ bdquo„ hellip… bull• middot· copy© reg® trade™ deg° times× laquo« raquo» lsaquo‹ rsaquo› euro€ pound£ sect§ para¶ frac12½ frac14¼ frac34¾ eacuteé egraveè ecircê aacuteá agraveà acircâ aumlä atildeã ccedilç iacuteí icircî iumlï ntildeñ oacuteó ocircô oumlö otildeõ uacuteú ucircû uumlü Eacuteé Aumlä Oumlö Uumlü szligß aringå aeligæ oslashø rarr→ larr← uarr↑ darr↓ minus− prime′ Prime″ zwj\u200d zwnj\u200c ensp\u2002 emsp\u2003 thinsp\u2009 shy\u00ad"
    .split(" ")
    .map((entry) => /^([a-zA-Z]+(?:12|14|34)?)(.+)$/su.exec(entry)!)
    .map(([, name, text]) => [name!, text!]),
);

const decodeEntities = (text: string): string =>
  text.includes("&")
    ? text.replace(
        /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]*));?/gi,
        (whole, decimal, hex, name) => {
          if (name) return named[name] ?? whole;
          const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
          return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
        },
      )
    : text;

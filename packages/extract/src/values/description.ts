import type { Block } from "../page/page.ts";
import { hasWords } from "../text/text-measure.ts";
import type { Stretch } from "./finding.ts";
import { within, wordsOf } from "./finding.ts";
import { namesAny, sentencesOf } from "./sentence.ts";

/** A description is one sentence, or as many as make this many characters. */
const enough = 80;
/** What no card shows: a sentence is cut here. */
const most = 1200;

/**
 * The words that describe a subject: of the first paragraphs the one that says its name, and of that one
 * the first sentence that does, with the next where it is short; else a later paragraph that begins with the
 * name; else the first paragraph. Nothing behind `endOf` a block counts.
 */
export function describingWords(
  prose: readonly Block[],
  names: readonly string[],
  endOf: (block: Block) => number,
): Stretch | undefined {
  const possible = describingBlocks(prose, 60);
  const opening = possible.slice(0, 6);
  const block =
    opening.find(({ text }) => namesAny(names, text)) ??
    possible.slice(6).find(({ text }) => beginsWith(names, text)) ??
    opening[0];
  if (!block) return undefined;
  const whole = { of: block, from: 0, to: block.text.length };
  const told = sentencesOf(block).filter(({ to }) => to < endOf(block));
  const sentences = told.length > 0 ? told : [whole];
  const at = sentences.slice(0, 4).findIndex((sentence) => namesAny(names, wordsOf(sentence)));
  return firstWords(sentences.slice(Math.max(0, at)));
}

const beginsWith = (names: readonly string[], text: string): boolean => {
  const opening = text.replace(/^(?:The|Our)\s+/, "");
  return names.some((name) => opening.startsWith(name.replace(/^The\s+/, "")));
};

/** The first of some sentences, with the next ones where it is short. */
export function firstWords(sentences: readonly Stretch[]): Stretch {
  const first = sentences[0]!;
  let to = first.to;
  for (const next of sentences.slice(1)) {
    if (to - first.from >= enough || next.to - first.from > 400) break;
    to = next.to;
  }
  return within({ ...first, to }, 0, Math.min(to - first.from, most));
}

/** The first of some paragraphs that may describe. */
export function describingBlocks(prose: readonly Block[], most: number): Block[] {
  const found: Block[] = [];
  for (const block of prose) {
    if (found.length === most) break;
    if (isDescribing(block)) found.push(block);
  }
  return found;
}

/** Long enough, no date line, no quotation. */
const isDescribing = (block: Block): boolean =>
  block.text.length >= 40 &&
  hasWords(block.text, 6) &&
  (block.place === "main" || block.place === "carousel") &&
  block.tag !== "figcaption" &&
  !isQuotation(block) &&
  !noDescription.test(block.text);

const noDescription =
  /^(?:by |posted |published |last updated|updated|photo|image|media contact|contact|source:|click|read more|\u00a9|copyright|an official website)/i;

function isQuotation(block: Block): boolean {
  for (
    let up = block.element as { name?: string; parent: unknown } | null, steps = 0;
    up && steps < 3;
    steps++
  ) {
    if (up.name === "blockquote") return true;
    up = up.parent as typeof up;
  }
  return /^["\u201c]/.test(block.text);
}

import type { Block } from "../page/page.ts";

/** How much text blocks hold. */
export const lengthOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + block.text.length, 0);

/** How much of it is in sentences: what menus and cards of links do not have. */
export const proseOf = (blocks: readonly Block[]): number =>
  lengthOf(blocks.filter((block) => block.text.length >= 80 && linkedShare([block]) < 0.5));

/** Which part of it is links. */
export function linkedShare(blocks: readonly Block[]): number {
  let linked = 0;
  for (const { spans } of blocks)
    for (const { kind, from, to } of spans) if (kind === "link") linked += to - from;
  return linked / (lengthOf(blocks) || 1);
}

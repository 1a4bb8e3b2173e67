import { type Element, isTag, type ParentNode } from "domhandler";
import type { Block } from "./page.ts";

/**
 * What elements alone do not tell: lines that are nothing but links are navigation; a header that holds
 * the page's title is its beginning; sections headed "Related" or "Latest news" tell of something else.
 */
export function settlePlaces(blocks: Block[]): void {
  const hasMainTitle = blocks.some((block) => block.level === 1 && block.place === "main");
  for (const block of blocks) {
    if (block.place === "header" && block.level === 1 && !hasMainTitle) block.place = "main";
    if (block.place === "main" && isLinkLine(block)) block.place = "navigation";
  }
  let open: Block | undefined;
  for (const block of blocks) {
    if (open && closesSection(open, block)) open = undefined;
    if (block.place !== "main") continue;
    if (block.level > 1 && relatedHeading.test(block.text)) open = block;
    if (open) block.place = "related";
  }
}

const relatedHeading =
  /^((explore )?(related|similar)( (content|posts|articles|links|pages|stories|resources|programs|projects|initiatives|items|products))?|recently viewed.{0,20}|customers? also .{3,20}|frequently bought together|(you (may|might) also (like|be interested in)|see also|read next|recommended( for you)?|explore more|more (news|stories|from .{2,30})|(latest|recent|upcoming|featured) (news|posts|articles|stories|events|updates|blog posts)|in the news|news( (&|and) (events|updates))?|share( this)?( page)?|follow us|stay connected|subscribe|sign up.{0,30}|contact( us)?|search|categories|tags|archives|recent comments|comments))\s*:?$/i;

function closesSection(open: Block, block: Block): boolean {
  if (block.level > 0 && block.level <= open.level && !relatedHeading.test(block.text)) return true;
  return block.place === "main" && !isTogether(open.element, block.element);
}

/** Whether a block stands in the element that holds the heading, or in the one around it. */
function isTogether(heading: Element, other: Element): boolean {
  let around: ParentNode | null = heading.parent;
  for (let steps = 0; around && isTag(around) && steps < 2; steps++) {
    if (isTag(around) && (around.name === "body" || around.name === "main")) break;
    around = around.parent;
  }
  for (let up: ParentNode | null = other; up; up = up.parent) if (up === around) return true;
  return false;
}

function isLinkLine({ text, spans, level }: Block): boolean {
  if (level > 0) return false;
  const links = spans.filter((span) => span.kind === "link");
  if (links.length < 3) return false;
  const linked = links.reduce((sum, link) => sum + link.to - link.from, 0);
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const linkLetters = links.reduce(
    (sum, link) => sum + (text.slice(link.from, link.to).match(/[\p{L}\p{N}]/gu)?.length ?? 0),
    0,
  );
  return letters > 0 && (letters - linkLetters) / letters < 0.3 && linked / links.length < 30;
}

import { judgeName } from "../names/effort-name.ts";
import type { Block, Span } from "../page/page.ts";
import { type Stretch, whole, within } from "../values/finding.ts";

/** The heading's text without what a site adds around a name. */
export function nameOf(block: Block): Stretch {
  const { text, spans } = block;
  const link = spans.find((span) => span.kind === "link");
  // A cell may hold a link and more after it; the link is the name.
  if (
    link &&
    link.from === 0 &&
    text.length - link.to > 2 &&
    judgeName(text.slice(0, link.to)).isName &&
    !/^\s*[(:\u2013-]/.test(text.slice(link.to))
  ) {
    return within(whole(block), 0, link.to);
  }
  const lead = beginning.exec(text)?.[0].length ?? 0;
  const tail = mayEnd.test(text) ? (ending.exec(text)?.[0].length ?? 0) : 0;
  return within(whole(block), lead, text.length - tail);
}

const beginning = /^(?:\d{1,2}[.)]\s+|[\u2022\u00b7*\u25ba\u2013-]\s+)/;
/** Arrows and remarks behind a name; most names end in a letter. */
const ending =
  /\s*(?:(?<![\u00bb\u203a\u2192>:])[\u00bb\u203a\u2192>:]+|\(link is external\)|\(opens? in .{3,20}\))$/i;
const mayEnd = /[\u00bb\u203a\u2192>:)]$/;

/** The link of the name, else the one that says "learn more", else the only one. */
export function hrefOf(blocks: readonly Block[], heading?: Block): string | undefined {
  const own = heading ?? blocks[0];
  const first = own?.spans.find(leadsOn);
  if (first) return first.href;
  const hrefs = new Set<string>();
  for (const { text, spans } of blocks) {
    for (const span of spans) {
      if (!leadsOn(span)) continue;
      if (saysMore.test(text.slice(span.from, span.to))) return span.href;
      hrefs.add(span.href!);
    }
  }
  const [only] = hrefs;
  return hrefs.size === 1 ? only : undefined;
}

/** Whether a span is a link to a page. */
const leadsOn = ({ kind, href }: Span): boolean =>
  kind === "link" && href !== undefined && href !== "" && !leadsNowhere.test(href);

const leadsNowhere = /^(?:#|mailto:|tel:|javascript:)/i;

const saysMore =
  /^(?:learn|read|find out|see|view|visit|more|explore|go to|website|details|program (?:page|website)|https?:|www\.)/i;

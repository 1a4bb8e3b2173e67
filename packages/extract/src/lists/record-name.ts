import { judgeName } from "../names/effort-name.ts";
import type { Block } from "../page/page.ts";
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
  const lead = /^(?:\d{1,2}[.)]\s+|[\u2022\u00b7*\u25ba\u2013-]\s+)/.exec(text)?.[0].length ?? 0;
  const tail =
    /\s*(?:(?<![\u00bb\u203a\u2192>:])[\u00bb\u203a\u2192>:]+|\(link is external\)|\(opens? in .{3,20}\))$/i.exec(
      text,
    )?.[0].length ?? 0;
  return within(whole(block), lead, text.length - tail);
}

/** The link of the name, else the one that says "learn more", else the only one. */
export function hrefOf(blocks: readonly Block[], heading?: Block): string | undefined {
  const linksOf = (block: Block) =>
    block.spans.filter(
      (span) =>
        span.kind === "link" && span.href && !/^(?:#|mailto:|tel:|javascript:)/i.test(span.href),
    );
  const own = heading ?? blocks[0];
  const first = own && linksOf(own)[0];
  if (first) return first.href;
  const all = blocks.flatMap((block) =>
    linksOf(block).map((span) => ({
      href: span.href!,
      text: block.text.slice(span.from, span.to),
    })),
  );
  const more = all.find(({ text }) =>
    /^(?:learn|read|find out|see|view|visit|more|explore|go to|website|details|program (?:page|website)|https?:|www\.)/i.test(
      text,
    ),
  );
  const distinct = new Set(all.map(({ href }) => href));
  return more?.href ?? (distinct.size === 1 ? all[0]!.href : undefined);
}

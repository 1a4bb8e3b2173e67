import { type ChildNode, type Element, isTag, isText, type ParentNode } from "domhandler";
import { ElementIndex } from "./element-index.ts";
import { parseGuarded } from "./guarded-parse.ts";
import { type Head, readHead } from "./head.ts";
import { levelOf } from "./level.ts";
import { controlledIds, openedPanels } from "./opened-panels.ts";
import {
  type Bulk,
  isHidden,
  measureBulk,
  type Place,
  placeOf,
  silentTags,
  toldByNames,
} from "./place.ts";
import { decodeText, type MappedText, TextCollector } from "./quote.ts";
import { settlePlaces } from "./settle-places.ts";
import { trimmedLength } from "./white-space.ts";

/** A stretch of a block's text that is bold, italic or a link. */
export type Span = { kind: "bold" | "italic" | "link"; from: number; to: number; href?: string };

/**
 * One line of a page as a reader sees it: a paragraph, heading, cell, list entry, or the text between two
 * line breaks. All readers work on blocks; elements only say which blocks belong together.
 */
export type Block = MappedText & {
  index: number;
  /** The nearest element that opens a line of its own. */
  element: Element;
  tag: string;
  /** 1–6 for headings, 7 for a line that is wholly bold, 0 for text. */
  level: number;
  place: Place;
  /** The element that opened the place; none in the main part and where the text itself tells. */
  placedBy: Element | undefined;
  spans: Span[];
  bold: boolean;
};

/** An image with a text in its place: `start` and `end` are where that text stands in the source. */
export type PageImage = {
  alt: string;
  start: number;
  end: number;
  blockIndex: number;
  place: Place;
};

/** A parsed page: what every reader is given. */
export type Page = {
  url: string;
  source: string;
  root: ParentNode;
  elements: ElementIndex;
  head: Head;
  bulk: Bulk;
  /** The ids of panels that a click opens. */
  opened: ReadonlySet<string>;
  blocks: Block[];
  images: PageImage[];
  /** Which blocks an element holds: from its first up to, not including, the second number. */
  extent: (element: Element) => { readonly from: number; readonly to: number };
};

/**
 * Parses a source once and lays it out as blocks that know their place and offsets. Throws PageRefused for
 * what would cost more than any page may.
 */
export function parsePage(url: string, source: string): Page {
  const { root, elements } = parseGuarded(source);
  return layOut(url, source, { root, elements }, readHead(elements));
}

/** Lays out a part of a parsed page as a page of its own, under another address. */
export const layOutPart = (url: string, source: string, root: ParentNode, head: Head): Page =>
  layOut(url, source, { root, elements: ElementIndex.within(root) }, head);

function layOut(
  url: string,
  source: string,
  { root, elements }: Pick<Page, "root" | "elements">,
  head: Head,
): Page {
  const bulk = measureBulk(root);
  const opened = openedPanels(elements.controls, bulk);
  const hasFonts = elements.named("font").length > 0;
  let layout = new Layout(source, { bulk, opened }, silentTags, hasFonts).run(root);
  // Some systems write the whole page for readers without scripts and let scripts build it again.
  if (layout.length < 300) {
    const withFallback = new Layout(
      source,
      { bulk, opened },
      new Set([...silentTags].filter((tag) => tag !== "noscript")),
      hasFonts,
    ).run(root);
    if (withFallback.length > 1000) layout = withFallback;
  }
  const { blocks, images, extents } = layout;
  settlePlaces(blocks);
  return {
    url,
    source,
    root,
    elements,
    head,
    bulk,
    opened,
    blocks,
    images,
    extent: (element) => extents.get(element) ?? noBlocks,
  };
}

const noBlocks = { from: 0, to: 0 };

/** Elements that open a line of their own. */
const lineTags: ReadonlySet<string> = new Set(
  "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead title tr ul caption br option marquee".split(
    " ",
  ),
);

/** Where the walk is, and what says so. */
type Whereabouts = { place: Place; placedBy: Element | undefined };

class Layout {
  blocks: Block[] = [];
  images: PageImage[] = [];
  extents = new Map<Element, { from: number; to: number }>();
  private collector = new TextCollector();
  private spans: Span[] = [];
  private line: { element: Element; place: Place; placedBy: Element | undefined } | undefined;
  private readonly source: string;
  private readonly bulk: Bulk;
  private readonly opened: ReadonlySet<string>;
  private readonly silent: ReadonlySet<string>;
  /** Whether the page sets the size of letters by elements, as old ones do. */
  private readonly hasFonts: boolean;

  constructor(
    source: string,
    { bulk, opened }: Pick<Page, "bulk" | "opened">,
    silent: ReadonlySet<string>,
    hasFonts: boolean,
  ) {
    this.source = source;
    this.bulk = bulk;
    this.opened = opened;
    this.silent = silent;
    this.hasFonts = hasFonts;
  }

  /** How much text the blocks hold. */
  get length(): number {
    return this.blocks.reduce((sum, block) => sum + block.text.length, 0);
  }

  run(root: ParentNode): this {
    this.walk(root.children, { place: "main", placedBy: undefined }, undefined);
    this.flush();
    return this;
  }

  walk(nodes: readonly ChildNode[], where: Whereabouts, line: Element | undefined): void {
    for (const node of nodes) {
      if (isText(node)) {
        if (!line || node.startIndex === null) continue;
        this.line ??= { element: line, place: where.place, placedBy: where.placedBy };
        this.collector.add(node.data, node.startIndex);
      } else if (isTag(node)) {
        this.enter(node, where, line);
      }
    }
  }

  private enter(element: Element, where: Whereabouts, line: Element | undefined): void {
    const { name } = element;
    const { place } = where;
    if (name === "img") {
      this.addImage(element, place);
      return;
    }
    const told = toldByNames(element);
    if (
      this.silent.has(name) ||
      (isHidden(element, this.opened, told) && !this.bulk.most.has(element)) ||
      isIdleButton(element)
    ) {
      // A quote must not run across words that a reader does not see; an icon has none.
      if (holdsWords(element)) this.flush();
      return;
    }
    const opensLine = lineTags.has(name) || isBlockByStyle(element);
    const opened =
      place === "main" || place === "notice" ? placeOf(element, place, this.bulk, told) : undefined;
    const own = opened === undefined ? where : { place: opened, placedBy: element };
    const opensPlace = own.place !== place;
    if (opensLine || opensPlace) this.flush();
    const from = this.blocks.length;
    const collector = this.collector;
    const { length: at, pieceCount } = collector;
    this.walk(element.children, own, opensLine ? element : (line ?? element));
    const kind = spanKind(element);
    if (kind) {
      const href = kind === "link" ? decodeText(element.attribs.href ?? "") : undefined;
      // White space before the element is added with its first word and is not part of it.
      const start = collector.isBlank(pieceCount) ? at + 1 : at;
      const to = this.collector.length;
      if (this.blocks.length > from) this.linkLines(from, start, href);
      else if (to > start) this.spans.push({ kind, from: start, to, ...(href && { href }) });
    }
    if (opensLine || opensPlace) this.flush();
    if (lineTags.has(name) || this.blocks.length > from) {
      this.extents.set(element, { from, to: Math.max(this.blocks.length, from) });
    }
  }

  /** A link around several lines, as around a card, is that of its first heading, or else of its first line. */
  private linkLines(from: number, start: number, href: string | undefined): void {
    if (!href) return;
    const lines = this.blocks.slice(from).flatMap((block, index) => {
      const begin = index === 0 ? start : 0;
      return begin < block.text.length ? [{ block, begin }] : [];
    });
    const named = lines.find(({ block }) => block.level > 0) ?? lines[0];
    if (!named || named.block.spans.some((span) => span.kind === "link")) return;
    const { block, begin } = named;
    block.spans.push({ kind: "link", from: begin, to: block.text.length, href });
  }

  private addImage(element: Element, place: Place): void {
    const alt = element.attribs.alt;
    if (!alt?.trim() || element.startIndex === null) return;
    const tag = this.source.slice(element.startIndex, (element.endIndex ?? 0) + 1);
    const written = /\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag);
    const raw = written?.[1] ?? written?.[2];
    if (!written || !raw) return;
    const start = element.startIndex + written.index + written[0].length - 1 - raw.length;
    const text = decodeText(alt).replace(/\s+/g, " ").trim();
    const blockIndex = this.blocks.length;
    this.images.push({ alt: text, start, end: start + raw.length, blockIndex, place });
  }

  flush(): void {
    if (this.collector.length > 0) this.closeLine();
    this.line = undefined;
  }

  private closeLine(): void {
    if (this.line) {
      const { text, segments } = this.collector;
      const { element, place, placedBy } = this.line;
      const bold = isWhole(this.spans, "bold", text);
      this.blocks.push({
        index: this.blocks.length,
        text,
        segments,
        element,
        tag: element.name,
        level: levelOf(element, text, bold, this.hasFonts),
        place,
        placedBy,
        spans: this.spans.sort((a, b) => a.from - b.from),
        bold,
      });
    }
    this.collector = new TextCollector();
    this.spans = [];
  }
}

/** Whether an element holds any text, seen or not. */
const holdsWords = ({ children }: Element): boolean =>
  children.some((child) =>
    isText(child) ? trimmedLength(child.data) > 0 : isTag(child) && holdsWords(child),
  );

const isBlockByStyle = ({ attribs: { style } }: Element): boolean =>
  style !== undefined && /display\s*:\s*block/.test(style);

const spanKind = ({ name }: Element): Span["kind"] | undefined =>
  name === "a"
    ? "link"
    : name === "b" || name === "strong"
      ? "bold"
      : name === "i" || name === "em"
        ? "italic"
        : undefined;

/** Buttons that only do something hold no content; those that open a panel are its heading. */
const isIdleButton = (element: Element): boolean =>
  element.name === "button" &&
  element.attribs["aria-expanded"] === undefined &&
  element.attribs["aria-controls"] === undefined &&
  controlledIds(element).length === 0 &&
  !(element.parent && isTag(element.parent) && /^h[1-6]$/.test(element.parent.name));

/** Whether spans of one kind cover all of a text but punctuation. */
function isWhole(spans: readonly Span[], kind: Span["kind"], text: string): boolean {
  const covered = spans
    .filter((span) => span.kind === kind)
    .reduce((sum, span) => sum + span.to - span.from, 0);
  return covered > 0 && text.length - covered <= 2;
}

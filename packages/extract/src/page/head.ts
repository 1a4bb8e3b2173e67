import { type Element, isText } from "domhandler";
import { type ElementIndex, standsIn } from "./element-index.ts";
import { decodeText } from "./quote.ts";

/** A value of the head or of any other attribute or script, with its place in the source. */
export type Placed = { value: string; start: number; end: number };

/** What a page says about itself outside its text. */
export type Head = {
  title: Placed | undefined;
  /** By name or property in small letters; the first of each. */
  meta: Map<string, Placed>;
  links: { rel: string; href: string; type: string }[];
  /** Raw JSON-LD with the offset at which it begins. */
  jsonLd: { text: string; start: number }[];
  base: string | undefined;
  language: string | undefined;
  refresh: string | undefined;
};

/** Collects title, meta, link and JSON-LD elements wherever they stand. */
export function readHead(elements: ElementIndex): Head {
  const head: Head = {
    title: undefined,
    meta: new Map(),
    links: [],
    jsonLd: [],
    base: undefined,
    language: undefined,
    refresh: undefined,
  };
  for (const [name, read] of Object.entries(readers)) {
    // A drawing has a title of its own.
    for (const element of elements.named(name)) if (!standsIn(element, "svg")) read(element, head);
  }
  return head;
}

const readers: Readonly<Record<string, (element: Element, head: Head) => void>> = {
  html: ({ attribs }, head) => {
    head.language = attribs.lang ?? attribs["xml:lang"];
  },
  title: (element, head) => {
    head.title ??= textContent(element);
  },
  meta: (element, head) => {
    const { attribs } = element;
    const name = (attribs.property ?? attribs.name ?? attribs.itemprop)?.toLowerCase();
    const content = attribs.content;
    if (content === undefined) return;
    if (attribs["http-equiv"]?.toLowerCase() === "refresh") head.refresh ??= decodeText(content);
    if (name && content !== "" && !head.meta.has(name))
      head.meta.set(name, placeAttribute(element, content));
  },
  link: ({ attribs }, head) => {
    const { rel, href, type } = attribs;
    if (rel && href)
      head.links.push({ rel: rel.toLowerCase(), href: decodeText(href), type: type ?? "" });
  },
  base: ({ attribs }, head) => {
    if (attribs.href) head.base ??= decodeText(attribs.href);
  },
  script: (element, head) => {
    const child = element.children[0];
    if (!/ld\+json/i.test(element.attribs.type ?? "") || !child || !isText(child)) return;
    head.jsonLd.push({ text: child.data, start: child.startIndex ?? 0 });
  },
};

/** The raw content of an attribute: the range covers the value as it is written, without its quotes. */
function placeAttribute(element: Element, raw: string): Placed {
  const value = decodeText(raw).replace(/\s+/g, " ").trim();
  const start = element.startIndex ?? 0;
  return { value, start, end: (element.endIndex ?? start) + 1 };
}

function textContent(element: Element): Placed | undefined {
  const child = element.children.find(isText);
  if (!child?.data.trim()) return undefined;
  const lead = child.data.length - child.data.trimStart().length;
  const start = (child.startIndex ?? 0) + lead;
  const value = decodeText(child.data).replace(/\s+/g, " ").trim();
  return { value, start, end: start + child.data.trim().length };
}

/** Where exactly a meta's value stands in the source, once somebody needs it as a quote. */
export function rangeOfValue(
  source: string,
  placed: Placed,
): { start: number; end: number } | undefined {
  const tag = source.slice(placed.start, placed.end);
  if (!tag.startsWith("<")) return { start: placed.start, end: placed.end };
  const written = /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag);
  const raw = written?.[1] ?? written?.[2];
  if (!written || raw === undefined) return undefined;
  const lead = raw.length - raw.trimStart().length;
  const start = placed.start + written.index + written[0].length - 1 - raw.length + lead;
  return { start, end: start + raw.trim().length };
}

import type { Issue, Document as PageDocument } from "@waymark/domain";
import { type ChildNode, type Document, DomHandler, isTag } from "domhandler";
import { Parser } from "htmlparser2";
import { ElementIndex } from "./element-index.ts";

/**
 * What a page may cost its reader; beyond it lie bombs, not pages. Of 1,800 real pages the largest had 5 million
 * characters, 750,000 of them text, 16,000 elements, 56 levels, and 185 attributes in one tag.
 */
const readingLimits = {
  bytesMax: 10 * 1024 * 1024,
  charactersMax: 10 * 1024 * 1024,
  textMax: 1_000_000,
  depthMax: 512,
  nodesMax: 200_000,
  attributesMax: 500,
};

/** The page is refused: the issue says why. */
export class PageRefused extends Error {
  readonly issue: Issue;
  constructor(why: string) {
    super(why);
    this.issue = { code: "page-refused", message: `The page was not read: ${why}.` };
  }
}

/** Why a document is too large to be even decoded, if it is. */
export const refuseLarge = ({ bytes }: PageDocument): PageRefused | undefined =>
  bytes.length > readingLimits.bytesMax
    ? new PageRefused(`${bytes.length} bytes, more than ${readingLimits.bytesMax}`)
    : undefined;

/**
 * Parses a source into a tree, with offsets and undecoded entities. Throws PageRefused as soon as depth, nodes,
 * text or attributes pass what any page has: the parser's cost grows with the square of the depth, and much
 * that walks the tree later is recursive.
 */
export function parseGuarded(source: string): { root: Document; elements: ElementIndex } {
  if (source.length > readingLimits.charactersMax) {
    throw new PageRefused(`${source.length} characters, more than ${readingLimits.charactersMax}`);
  }
  const handler = new GuardedHandler();
  const parser = new Parser(handler, { decodeEntities: false });
  parser.end(source);
  return { root: handler.root, elements: handler.elements };
}

/** Why XML is not to be read, if so: its parser's cost grows with the square of depth and of attributes. */
export function refuseXml(source: string): PageRefused | undefined {
  let depth = 0;
  let tags = 0;
  let attributes = 0;
  const parser = new Parser(
    {
      onopentagname: () => {
        attributes = 0;
        depth += 1;
        tags += 1;
        if (depth > xmlLimits.depthMax)
          throw new PageRefused(`elements nested more than ${xmlLimits.depthMax} deep`);
        if (tags > xmlLimits.tagsMax)
          throw new PageRefused(`more than ${xmlLimits.tagsMax} elements`);
      },
      onclosetag: () => {
        depth -= 1;
      },
      onattribute: () => {
        attributes += 1;
        if (attributes > readingLimits.attributesMax)
          throw new PageRefused(`a tag with more than ${readingLimits.attributesMax} attributes`);
      },
      onprocessinginstruction: (name, text) => {
        // What a feed declares for itself is made to grow; the five entities and the numbers need no word of it.
        if (/^!doctype$/i.test(name) && /<!ENTITY/i.test(text.slice(0, 5000)))
          throw new PageRefused("a feed that declares entities of its own");
      },
    },
    { xmlMode: true, decodeEntities: false },
  );
  try {
    parser.end(source);
  } catch (error) {
    if (error instanceof PageRefused) return error;
    throw error;
  }
  return undefined;
}

const xmlLimits = { depthMax: 64, tagsMax: 200_000 };

/** What a text says in JSON; undefined when it says nothing, or nests deeper than any answer does. */
export function parseJson(text: string): unknown {
  if (nestsDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The parser keeps a place for every bracket that is open: of some millions it fills the memory. */
function nestsDeep(text: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length && depth <= readingLimits.depthMax; at++) {
    const mark = text.charAt(at);
    if (mark === '"') isQuoted = !isQuoted;
    else if (mark === "\\") at += 1;
    else if (isQuoted) continue;
    else if (mark === "[" || mark === "{") depth += 1;
    else if (mark === "]" || mark === "}") depth -= 1;
  }
  return depth > readingLimits.depthMax;
}

class GuardedHandler extends DomHandler {
  readonly elements = new ElementIndex();
  private nodes = 0;
  private textLength = 0;
  private attributes = 0;

  private positions: { readonly endIndex: number | null } | undefined;

  constructor() {
    super(undefined, { withStartIndices: true, withEndIndices: true });
  }

  override onparserinit(parser: Parser): void {
    super.onparserinit(parser);
    this.positions = parser;
  }

  onattribute(): void {
    this.attributes += 1;
    if (this.attributes > readingLimits.attributesMax)
      throw new PageRefused(`a tag with more than ${readingLimits.attributesMax} attributes`);
  }

  override onopentag(name: string, attribs: Record<string, string>): void {
    this.attributes = 0;
    if (this.tagStack.length > readingLimits.depthMax)
      throw new PageRefused(`elements nested more than ${readingLimits.depthMax} deep`);
    super.onopentag(name, attribs);
    const opened = this.tagStack.at(-1);
    if (opened && isTag(opened)) this.elements.add(opened);
  }

  override ontext(text: string): void {
    const holder = this.tagStack.at(-1);
    if (!(holder && isTag(holder) && silent.has(holder.name))) this.textLength += text.length;
    if (this.textLength > readingLimits.textMax)
      throw new PageRefused(`more than ${readingLimits.textMax} characters of text`);
    // Nothing is decoded, so a text is as long as its piece of the source.
    const start = (this.positions?.endIndex ?? 0) - text.length + 1;
    // Where a tag that closes nothing stands between two texts, they are two: offsets count in the source.
    if (this.lastNode && this.lastNode.endIndex !== start - 1) this.lastNode = null;
    const goesOn = this.lastNode !== null;
    super.ontext(text);
    // The parser's own word for it is wrong behind an end tag with attributes.
    if (this.lastNode && !goesOn) this.lastNode.startIndex = start;
  }

  protected override addNode(node: ChildNode): void {
    this.nodes += 1;
    if (this.nodes > readingLimits.nodesMax)
      throw new PageRefused(`more than ${readingLimits.nodesMax} elements, texts and comments`);
    super.addNode(node);
  }
}

/** What these hold is no text of the page. */
const silent: ReadonlySet<string> = new Set(["script", "style"]);

import type { Issue, Document as PageDocument } from "@waymark/domain";
import {
  type ChildNode,
  Comment,
  Document,
  Element,
  isTag,
  ProcessingInstruction,
  Text,
} from "domhandler";
import { type Handler, Parser } from "htmlparser2";
import { addSign, ElementIndex } from "./element-index.ts";
import { elementNames } from "./element-names.ts";
import { SwiftTokenizer } from "./swift-tokenizer.ts";

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
  const tree = new TreeBuilder();
  new Parser(tree, { decodeEntities: false, Tokenizer: SwiftTokenizer }).end(source);
  return { root: tree.root, elements: tree.elements };
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

/**
 * The parser's events as a tree like that of DomHandler, whose callbacks and nodes these are: made for pages, it
 * counts what they cost, indexes elements as they come and knows where every text stands.
 */
class TreeBuilder implements Partial<Handler> {
  readonly root = new Document([]);
  readonly elements = new ElementIndex();
  private readonly open: (Document | Element)[] = [this.root];
  /** The text that the next piece of text belongs to, if it follows at once. */
  private text: Text | null = null;
  private parser: Pick<Parser, "startIndex" | "endIndex"> & OpenTag = nowhere;
  private nodes = 0;
  private textLength = 0;
  private attributes = 0;
  private signs = 0;

  onparserinit(parser: Parser): void {
    this.parser = parser as unknown as typeof this.parser;
  }

  onattribute(name: string): void {
    if (this.attributes === 0) this.parser.attribs = Object.create(null);
    this.signs = addSign(this.signs, name);
    this.attributes += 1;
    if (this.attributes > readingLimits.attributesMax)
      throw new PageRefused(`a tag with more than ${readingLimits.attributesMax} attributes`);
  }

  onopentag(written: string, attribs: Record<string, string>): void {
    this.attributes = 0;
    if (this.open.length > readingLimits.depthMax)
      throw new PageRefused(`elements nested more than ${readingLimits.depthMax} deep`);
    // A name cut from the page is slower to compare than one that everybody shares.
    const element = new Element(elementNames.get(written) ?? written, attribs, noChildren);
    this.add(element);
    this.open.push(element);
    this.elements.add(element, this.signs);
    this.signs = 0;
  }

  onclosetag(): void {
    this.text = null;
    const closed = this.open.pop();
    if (closed) closed.endIndex = this.parser.endIndex;
  }

  ontext(data: string): void {
    const holder = this.open[this.open.length - 1]!;
    if (!(isTag(holder) && silent.has(holder.name))) this.textLength += data.length;
    if (this.textLength > readingLimits.textMax)
      throw new PageRefused(`more than ${readingLimits.textMax} characters of text`);
    const { endIndex } = this.parser;
    // Nothing is decoded, so a text is as long as its piece of the source. (The parser's own word for where it
    // begins is wrong behind an end tag with attributes.)
    const startIndex = endIndex - data.length + 1;
    // Where a tag that closes nothing stands between two texts, they are two: offsets count in the source.
    if (this.text && this.text.endIndex === startIndex - 1) {
      this.text.data += data;
    } else {
      this.text = new Text(data);
      this.add(this.text);
      this.text.startIndex = startIndex;
    }
    this.text.endIndex = endIndex;
  }

  oncomment(data: string): void {
    this.add(new Comment(data));
    this.text = null;
  }

  onprocessinginstruction(name: string, data: string): void {
    this.add(new ProcessingInstruction(name, data));
    this.text = null;
  }

  private add(node: ChildNode): void {
    this.nodes += 1;
    if (this.nodes > readingLimits.nodesMax)
      throw new PageRefused(`more than ${readingLimits.nodesMax} elements, texts and comments`);
    const parent = this.open[this.open.length - 1]!;
    node.parent = parent;
    node.startIndex = this.parser.startIndex;
    node.endIndex = this.parser.endIndex;
    const { children } = parent;
    // Half of all elements hold one node; an array that is pushed to makes room for many.
    if (children.length === 0) {
      parent.children = [node];
      return;
    }
    const before = children[children.length - 1]!;
    node.prev = before;
    before.next = node;
    children.push(node);
  }
}

/**
 * What the parser keeps to itself of the tag that it reads. To V8 every set of names is a shape of its own, slow to fill
 * and slow to ask; an object without a prototype is a dictionary, and all of these are alike.
 */
type OpenTag = { attribs: { [name: string]: string } | null };

const nowhere = { startIndex: 0, endIndex: 0, attribs: null };

/** What an element begins with: nobody adds to it. */
const noChildren: ChildNode[] = [];

/** What these hold is no text of the page. */
const silent: ReadonlySet<string> = new Set(["script", "style"]);

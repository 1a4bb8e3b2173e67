import type { Issue } from "@waymark/domain";
import { type Document, DomHandler } from "domhandler";
import { Parser } from "htmlparser2";

/** What a page may cost its reader; beyond it lie bombs, not pages. */
const readingLimits = {
  charactersMax: 10 * 1024 * 1024,
  depthMax: 512,
  tagsMax: 200_000,
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

/**
 * Parses a source into a tree, with offsets and undecoded entities. Throws PageRefused as soon as depth, tags
 * or attributes pass what any page has: the parser's cost grows with the square of the depth, and much that
 * walks the tree later is recursive.
 */
export function parseGuarded(source: string): Document {
  if (source.length > readingLimits.charactersMax) {
    throw new PageRefused(`${source.length} characters, more than ${readingLimits.charactersMax}`);
  }
  const handler = new GuardedHandler();
  const parser = new Parser(handler, { decodeEntities: false });
  parser.end(source);
  return handler.root;
}

class GuardedHandler extends DomHandler {
  private tags = 0;
  private attributes = 0;

  constructor() {
    super(undefined, { withStartIndices: true, withEndIndices: true });
  }

  onattribute(): void {
    this.attributes += 1;
    if (this.attributes > readingLimits.attributesMax)
      throw new PageRefused(`a tag with more than ${readingLimits.attributesMax} attributes`);
  }

  override onopentag(name: string, attribs: Record<string, string>): void {
    this.attributes = 0;
    this.tags += 1;
    if (this.tags > readingLimits.tagsMax)
      throw new PageRefused(`more than ${readingLimits.tagsMax} tags`);
    if (this.tagStack.length > readingLimits.depthMax)
      throw new PageRefused(`elements nested more than ${readingLimits.depthMax} deep`);
    super.onopentag(name, attribs);
  }
}

import type { Issue } from "@waymark/domain";
import { Tokenizer } from "htmlparser2";

/** What a page may cost its reader; beyond it lie bombs, not pages. */
export const readingLimits = {
  bytesMax: 10 * 1024 * 1024,
  depthMax: 512,
  tagsMax: 200_000,
  attributesMax: 500,
};

const voidTags = new Set(
  "area base br col embed hr img input link meta param source track wbr".split(" "),
);
/** Elements that the next one of their kind closes, so that they cannot nest without end. */
const selfClosing = new Set("p li dt dd tr td th option thead tbody tfoot".split(" "));

/**
 * Counts depth, tags and attributes with the bare tokenizer before a tree is built: cheap where building
 * is not. Returns why the page is refused, or undefined.
 */
export function refuseSource(source: string): Issue | undefined {
  if (source.length > readingLimits.bytesMax) {
    return refusal(`${source.length} characters, more than ${readingLimits.bytesMax}`);
  }
  const scan = { depth: 0, deepest: 0, tags: 0, attributes: 0, mostAttributes: 0, name: "" };
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      onopentagname(start, end) {
        scan.tags++;
        scan.attributes = 0;
        scan.name = source.slice(start, end).toLowerCase();
      },
      onopentagend() {
        if (voidTags.has(scan.name) || selfClosing.has(scan.name)) return;
        scan.depth++;
        scan.deepest = Math.max(scan.deepest, scan.depth);
      },
      onclosetag(start, end) {
        if (!selfClosing.has(source.slice(start, end).toLowerCase())) {
          scan.depth = Math.max(0, scan.depth - 1);
        }
      },
      onattribname() {
        scan.attributes++;
        scan.mostAttributes = Math.max(scan.mostAttributes, scan.attributes);
      },
      onselfclosingtag() {},
      onattribdata() {},
      onattribend() {},
      onattribentity() {},
      oncdata() {},
      oncomment() {},
      ondeclaration() {},
      onend() {},
      onprocessinginstruction() {},
      ontext() {},
      ontextentity() {},
    },
  );
  for (let at = 0; at < source.length; at += 65_536) {
    tokenizer.write(source.slice(at, at + 65_536));
    if (scan.deepest > readingLimits.depthMax) {
      return refusal(`elements nested more than ${readingLimits.depthMax} deep`);
    }
    if (scan.tags > readingLimits.tagsMax) {
      return refusal(`more than ${readingLimits.tagsMax} tags`);
    }
    if (scan.mostAttributes > readingLimits.attributesMax) {
      return refusal(`a tag with more than ${readingLimits.attributesMax} attributes`);
    }
  }
  return undefined;
}

const refusal = (why: string): Issue => ({
  code: "page-refused",
  message: `The page was not read: ${why}.`,
});

import type { Document } from "@waymark/domain";
import { keptWith } from "@waymark/normalize";
import { type Page, parsePage } from "./page.ts";
import { decodeSource } from "./source.ts";

/**
 * The page that a document holds, parsed once for all that is asked of the same document: the first look, the
 * reading, recipes. Throws PageRefused as `parsePage` does.
 */
export const pageOf: (document: Document) => Page = keptWith((document: Document) =>
  parsePage(document.url, decodeSource(document)),
);

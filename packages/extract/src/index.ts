/**
 * A page becomes what it says: in come its bytes, address and what we know, out come mentions with proof,
 * typed dates and main text; or, for the crawler, its links and whether it is a page at all. Nothing here
 * fetches, keeps anything, or decides whether a mention is an entry of the catalog.
 */
/** A recipe for the list of efforts on a page, as a first draft for a person. */

/** Removes tags, decodes entities and folds white space: what evidence must say about its range. */
export { quoteOf } from "./page/quote.ts";
/** The decoded text that evidence offsets count in. */
export { decodeSource } from "./page/source.ts";
/** Everything a page says about efforts, each value with its proof. */
export { readDocument } from "./read-document.ts";
export { readerVersion } from "./reader-version.ts";
/** The text of a PDF, in which the offsets of its evidence count, and where on the paper each stands. */
export { type PdfText, placeInPdf, readPdfText } from "./readers/pdf.ts";
export { proposeRecipe } from "./recipes/propose-recipe.ts";
/** Where what a recipe's lost selectors used to find stands now, for a person to approve. */
export { fingerprintRecipe, type Relocation, relocateRecipe } from "./recipes/relocate-recipe.ts";
/** The first, cheap look at a page: links, robots, hash of its text, verdict. */
export { skimPage } from "./skim-page.ts";
/** Whether words tell of learning and work, and of what else; every mention carries it. */
export { type Relevance, relevanceOf } from "./values/scope.ts";

import type {
  Document,
  Issue,
  Knowledge,
  Mention,
  ReadingFigures,
  Recipe,
  RecipeField,
  SourceId,
} from "@waymark/domain";
import { isRecipeFor } from "@waymark/extract/recipe";
import { canonicalAddress, foldName } from "@waymark/normalize";
import { figuresOf, watchedFields } from "@waymark/review";
import { type Db, findPageByUrl, findSnapshot, listPages, type Page } from "@waymark/store";
import type { ReaderPool } from "./reader-pool.ts";

/** How a recipe reads some pages, beside how the general readers read them. */
export type RecipeTrial = {
  pages: TriedPage[];
  /** Entries that the recipe found on all of them. */
  entries: number;
  /** In how many of these it found each of its fields. */
  fields: { field: RecipeField; found: number; required: boolean }[];
  /** Why it is not good enough; empty when it is. */
  faults: string[];
};

export type TriedPage = {
  url: string;
  mentions: Mention[];
  figures: ReadingFigures;
  /** Efforts that the general readers find there. */
  general: number;
  differences: Difference[];
  issues: Issue[];
};

/** Where both ways to read say something else of one effort; null where one says nothing. */
export type Difference = {
  name: string;
  field: string;
  general: string | null;
  own: string | null;
};

/** A required field may be missing in one entry of five: pages have gaps. */
const missingMax = 0.2;

/** Reads pages by a recipe and without it. Writes nothing. */
export async function tryRecipe(
  documents: readonly Document[],
  recipe: Recipe,
  { reader, knowledge }: { reader: ReaderPool; knowledge: Knowledge },
): Promise<RecipeTrial> {
  const pages: TriedPage[] = [];
  for (const document of documents.filter(({ url }) => isRecipeFor(recipe, url))) {
    const own = await reader.read(document, knowledge, { version: 1, recipe });
    const general = await reader.read(document, knowledge);
    const mentions = own.mentions.filter(isByRecipe);
    pages.push({
      url: document.url,
      mentions,
      figures: figuresOf(mentions),
      general: general.mentions.length,
      differences: differencesOf(own.mentions, general.mentions),
      issues: own.issues.filter(({ code }) => code.startsWith("recipe-")),
    });
  }
  const entries = pages.reduce((sum, page) => sum + page.figures.records, 0);
  const fields = Object.entries(recipe.fields).map(([name, rule]) => ({
    field: name as RecipeField,
    found: pages.reduce((sum, page) => sum + (page.figures.byRecipe[name] ?? 0), 0),
    required: rule.required === true,
  }));
  return { pages, entries, fields, faults: faultsOf(recipe, { pages, entries, fields }) };
}

const isByRecipe = ({ evidence }: Mention): boolean =>
  evidence.some(({ method }) => method === "recipe");

function faultsOf(
  recipe: Recipe,
  { pages, entries, fields }: Omit<RecipeTrial, "faults">,
): string[] {
  if (pages.length === 0) return ['it is meant for none of these pages: look at its "match"'];
  if (entries === 0) return ["it finds nothing on any of these pages: look at its selectors"];
  const least = recipe.expectations?.recordsMin;
  return [
    ...fields
      .filter(({ required, found }) => required && entries - found > entries * missingMax)
      .map(
        ({ field, found }) => `it requires ${field} and finds it in ${found} of ${entries} entries`,
      ),
    ...(least !== undefined && entries < least
      ? [`it expects ${least} entries and finds ${entries}`]
      : []),
  ];
}

function differencesOf(own: readonly Mention[], general: readonly Mention[]): Difference[] {
  const others = new Map(general.map((mention) => [foldName(mention.name), mention]));
  const left = new Set(own.map(({ name }) => foldName(name)));
  return [
    ...own.flatMap((mention): Difference[] => {
      const other = others.get(foldName(mention.name));
      if (!other) return [{ name: mention.name, field: "name", general: null, own: mention.name }];
      return watchedFields.flatMap((field) => {
        const values = { general: written(other[field]), own: written(mention[field]) };
        return values.general === values.own ? [] : [{ name: mention.name, field, ...values }];
      });
    }),
    ...general
      .filter(({ name }) => !left.has(foldName(name)))
      .map(({ name }) => ({ name, field: "name", general: name, own: null })),
  ];
}

const written = (value: string | string[] | null | undefined): string | null =>
  Array.isArray(value) ? value.join(" | ") : (value ?? null);

const pagesMax = 200;

/** The stored pages of a source that a recipe is meant for, as they were when they were last fetched. */
export async function listStoredDocuments(
  db: Db,
  sourceId: SourceId,
  recipe: Recipe,
): Promise<Document[]> {
  const pages = (await listPages(db, sourceId, 100_000)).filter(
    ({ purpose, url }) => purpose === "page" && isRecipeFor(recipe, url),
  );
  const documents: Document[] = [];
  for (const page of pages) {
    const document = documents.length < pagesMax && (await documentOf(db, page));
    if (document) documents.push(document);
  }
  return documents;
}

/** The stored page of a source at an address, if there is one. */
export async function findStoredDocument(
  db: Db,
  sourceId: SourceId,
  url: string,
): Promise<Document | undefined> {
  const page = await findPageByUrl(db, canonicalAddress(url) ?? url);
  return page?.sourceId === sourceId ? documentOf(db, page) : undefined;
}

async function documentOf(db: Db, { url, snapshotId }: Page): Promise<Document | undefined> {
  const snapshot = snapshotId && (await findSnapshot(db, snapshotId));
  return snapshot ? { url, bytes: snapshot.bytes, contentType: snapshot.contentType } : undefined;
}

import {
  BadInput,
  type Document,
  type Fingerprints,
  type Recipe,
  type SourceId,
} from "@waymark/domain";
import { isRecipeFor } from "@waymark/extract/recipe";
import {
  activateRecipe,
  addRecipe,
  closeIncident,
  type Db,
  listPages,
  listRecipes,
  type Pool,
  type StoredRecipe,
  transaction,
} from "@waymark/store";
import type { ReaderPool, RelocatedRecipe } from "./reader-pool.ts";
import { listStoredDocuments } from "./try-recipe.ts";

/** What making a recipe hold came to. */
export type ActivatedRecipe = { version: number | undefined; pagesToRead: number };

/**
 * Keeps a recipe as the newest version of a source's and makes it hold: its stored pages are to be read again,
 * without the web, and what was held back is read by it.
 */
export async function setRecipe(
  pool: Pool,
  sourceId: SourceId,
  {
    recipe,
    documents,
    reader,
    who,
    note,
    now,
  }: {
    recipe: Recipe;
    /** Pages to remember its selectors by. */
    documents: readonly Document[];
    reader: ReaderPool;
    who: string;
    note: string | undefined;
    now: Date;
  },
): Promise<ActivatedRecipe> {
  const fingerprints = await fingerprintsOn(documents, recipe, reader);
  return transaction(pool, async (db) => {
    const version = await addRecipe(db, sourceId, { recipe, fingerprints, who, note, now });
    return activate(db, sourceId, version, now);
  });
}

/** Makes an earlier version hold again, or none. Throws BadInput where there is no such version. */
export async function activateVersion(
  pool: Pool,
  sourceId: SourceId,
  version: number | undefined,
  now: Date,
): Promise<ActivatedRecipe> {
  const versions = (await listRecipes(pool, sourceId)).map((one) => one.version);
  if (version !== undefined && !versions.includes(version)) {
    throw new BadInput(
      versions.length === 0
        ? `source "${sourceId}" has no recipe; \`waymark recipe set ${sourceId} FILE\` gives it one`
        : `source "${sourceId}" has no version ${version} of its recipe; it has ${versions.toReversed().join(", ")}`,
    );
  }
  return transaction(pool, (db) => activate(db, sourceId, version, now));
}

async function activate(
  db: Db,
  sourceId: SourceId,
  version: number | undefined,
  now: Date,
): Promise<ActivatedRecipe> {
  const recipes = (await listRecipes(db, sourceId))
    .filter((one) => one.active || one.version === version)
    .map(({ recipe }) => recipe);
  const pageIds = (await listPages(db, sourceId, 1_000_000))
    .filter(({ url }) => recipes.some((recipe) => isRecipeFor(recipe, url)))
    .map(({ id }) => id);
  const pagesToRead = await activateRecipe(db, sourceId, { version, pageIds });
  await closeIncident(db, sourceId, "drift", now);
  return { version, pagesToRead };
}

/** The recipe that holds for a source. Throws BadInput where it has none. */
export async function loadActiveRecipe(db: Db, sourceId: SourceId): Promise<StoredRecipe> {
  const found = (await listRecipes(db, sourceId)).find(({ active }) => active);
  if (found) return found;
  throw new BadInput(
    `source "${sourceId}" has no recipe; \`waymark recipe propose URL --out FILE\` drafts one, \`waymark recipe set ${sourceId} FILE\` gives it to the source`,
  );
}

/**
 * The recipe of a source with its lost selectors found again on the stored pages as they are now: on the first
 * page on which something is found. Undefined where nothing is lost, or nothing is like enough.
 */
export async function relocateSource(
  db: Db,
  sourceId: SourceId,
  reader: ReaderPool,
): Promise<(RelocatedRecipe & { url: string }) | undefined> {
  const { recipe, fingerprints } = await loadActiveRecipe(db, sourceId);
  for (const document of await listStoredDocuments(db, sourceId, recipe)) {
    const found = await reader.relocate(document, recipe, fingerprints);
    if (found.relocations.length > 0) return { ...found, url: document.url };
  }
  return undefined;
}

/** What the selectors find on the page on which most of them find something. */
async function fingerprintsOn(
  documents: readonly Document[],
  recipe: Recipe,
  reader: ReaderPool,
): Promise<Fingerprints> {
  let best: Fingerprints = {};
  for (const document of documents.slice(0, 20)) {
    const prints = await reader.fingerprint(document, recipe);
    if (prints && weightOf(prints) > weightOf(best)) best = prints;
  }
  return best;
}

const weightOf = (prints: Fingerprints): number =>
  Object.keys(prints).length * 1000 + (prints.name?.found ?? 0);

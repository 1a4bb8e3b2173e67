import { Fingerprints, type PageId, Recipe, type SourceId, VersionedRecipe } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";

/** A version of a source's recipe, as it is kept. */
export type StoredRecipe = VersionedRecipe & {
  sourceId: SourceId;
  fingerprints: Fingerprints;
  createdAt: Date;
  who: string | undefined;
  note: string | undefined;
  /** Whether it is the one that holds. */
  active: boolean;
};

const activeRecipe = sql`
  select recipe.version, recipe.body from source
  join recipe on recipe.source_id = source.id and recipe.version = source.recipe_version
  where source.id = $1
`;

/** The recipe that a source's pages are read by, if it has one. */
export async function findRecipe(db: Db, sourceId: SourceId): Promise<VersionedRecipe | undefined> {
  const { rows } = await db.query<{ version: number; body: unknown }>(activeRecipe, [sourceId]);
  return rows[0] && VersionedRecipe.parse({ version: rows[0].version, recipe: rows[0].body });
}

const recipesOfSource = sql`
  select recipe.*, source.recipe_version is not distinct from recipe.version as active
  from recipe join source on source.id = recipe.source_id
  where $1::text is null or recipe.source_id = $1 order by recipe.source_id, recipe.version desc
`;

/** Every version of a source's recipe, or of all sources', the newest first. */
export async function listRecipes(db: Db, sourceId?: SourceId): Promise<StoredRecipe[]> {
  const { rows } = await db.query<RecipeRow>(recipesOfSource, [sourceId ?? null]);
  return rows.map((row) => ({
    sourceId: row.source_id as SourceId,
    version: row.version,
    recipe: Recipe.parse(row.body),
    fingerprints: Fingerprints.parse(row.fingerprints),
    createdAt: row.created_at,
    who: row.who ?? undefined,
    note: row.note ?? undefined,
    active: row.active,
  }));
}

const insertRecipe = sql`
  insert into recipe (source_id, version, body, fingerprints, created_at, who, note)
  select source.id, coalesce((select max(version) from recipe where source_id = source.id), 0) + 1, $2, $3, $4, $5, $6
  from source where source.id = $1
  returning version
`;

/** Keeps a new version of a source's recipe; returns its number. It does not hold yet. */
export async function addRecipe(
  db: Db,
  sourceId: SourceId,
  {
    recipe,
    fingerprints,
    who,
    note,
    now,
  }: {
    recipe: Recipe;
    fingerprints: Fingerprints;
    who: string | undefined;
    note: string | undefined;
    now: Date;
  },
): Promise<number> {
  const { rows } = await db.query<{ version: number }>(insertRecipe, [
    sourceId,
    toJson(recipe),
    toJson(fingerprints),
    now,
    who ?? null,
    note ?? null,
  ]);
  return rows[0]!.version;
}

const activate = sql`update source set recipe_version = $2 where id = $1`;
const readTheSame = sql`
  update page set recipe_version = $2
  where source_id = $1 and read_snapshot_id is not null and recipe_version is distinct from $2 and id <> all($3::text[])
`;
const askToReadAgain = sql`
  update page set read_again = true, held_snapshot_id = null
  where source_id = $1 and purpose = 'page' and same_as is null and read_snapshot_id is not null
    and (held_snapshot_id is not null or (id = any($3::text[]) and recipe_version is distinct from $2))
`;

/**
 * Makes a version the one that holds, or none. The stored pages that it, or the one before it, is meant for
 * are to be read again, without the web, and what was held back as well. Returns how many pages those are.
 */
export async function activateRecipe(
  db: Db,
  sourceId: SourceId,
  { version, pageIds }: { version: number | undefined; pageIds: PageId[] },
): Promise<number> {
  await db.query(activate, [sourceId, version ?? null]);
  const { rowCount } = await db.query(askToReadAgain, [sourceId, version ?? null, pageIds]);
  await db.query(readTheSame, [sourceId, version ?? null, pageIds]);
  return rowCount ?? 0;
}

type RecipeRow = {
  source_id: string;
  version: number;
  body: unknown;
  fingerprints: unknown;
  created_at: Date;
  who: string | null;
  note: string | null;
  active: boolean;
};

import { BadInput, type Recipe, type SourceId } from "@waymark/domain";
import { acceptDrift } from "@waymark/pipeline";
import {
  activateVersion,
  currentKnowledge,
  listStoredDocuments,
  type ReaderPool,
  setRecipe,
  tryRecipe,
} from "@waymark/pipeline/worker";
import { listReadingStats, listRecipes, type Pool } from "@waymark/store";
import { printStats, printTrial, printVersions } from "./print-recipe.ts";
import { assertSource, readRecipe, withReader } from "./recipe-input.ts";
import { openSession, withDatabase, withHome } from "./session.ts";
import { clockOf } from "./setting.ts";
import { count, note, print, printJson, strong } from "./terminal.ts";

/** Prints the recipe of a source, or which sources have one. */
export const showRecipe = (id: string | undefined, { json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    if (id === undefined) {
      const all = (await listRecipes(db)).filter(({ active }) => active);
      if (json) printJson(all);
      else if (all.length === 0)
        print("No source has a recipe: the general readers read them all.");
      else printVersions(all);
      return;
    }
    const sourceId = await assertSource(db, id);
    const versions = await listRecipes(db, sourceId);
    const stats = await listReadingStats(db, sourceId, 8);
    if (json) {
      printJson({ versions, stats });
      return;
    }
    const active = versions.find((one) => one.active);
    print(
      active ? JSON.stringify(active.recipe, null, 2) : `${strong(id)} is read without a recipe.`,
    );
    if (versions.length > 0) {
      print();
      printVersions(versions);
    }
    printStats(stats, active?.recipe);
  });

type SetOptions = { to?: number; none?: true; note?: string; as: string };

/** Gives a source a recipe, or one of its earlier ones back. */
export async function keepRecipe(
  id: string,
  file: string | undefined,
  { to, none, note: why, as: who }: SetOptions,
): Promise<void> {
  if ([file, to, none].filter((one) => one !== undefined).length !== 1) {
    throw new BadInput("name one of: a recipe's file, --to N, --none");
  }
  const session = openSession();
  const recipe = file === undefined ? undefined : readRecipe(session, file);
  await withHome(session, async ({ db }) => {
    const sourceId = await assertSource(db, id);
    const now = (await clockOf(session, db))();
    const { version: held, pagesToRead } = recipe
      ? await withReader((reader) =>
          setNew(db, sourceId, { recipe, file: file!, reader, who, why, now }),
        )
      : await activateVersion(db, sourceId, to, now);
    print(
      held === undefined
        ? `${id} is read without a recipe`
        : `version ${held} of the recipe of ${id} holds`,
    );
    if (pagesToRead > 0)
      note(
        `${count(pagesToRead, "stored page")} will be read again by the next worker, without the web.`,
      );
  });
}

async function setNew(
  db: Pool,
  sourceId: SourceId,
  {
    recipe,
    file,
    reader,
    who,
    why,
    now,
  }: {
    recipe: Recipe;
    file: string;
    reader: ReaderPool;
    who: string;
    why: string | undefined;
    now: Date;
  },
) {
  const documents = await listStoredDocuments(db, sourceId, recipe);
  if (documents.length > 0) {
    const trial = await tryRecipe(documents, recipe, {
      reader,
      knowledge: await currentKnowledge(db),
    });
    printTrial(trial, { mentions: false });
    if (trial.faults.length > 0) {
      throw new BadInput(
        `${file} is not kept: ${trial.faults[0]}; \`waymark recipe test ${file} --source ${sourceId}\` shows more`,
      );
    }
  } else {
    note("No page that it is meant for has been crawled yet, so it was not tried.");
  }
  return setRecipe(db, sourceId, { recipe, documents, reader, who, note: why, now });
}

/** Takes the new shape of a source whose run was held back. */
export const acceptShape = (id: string, { as: who }: { as: string }): Promise<void> =>
  withDatabase(async (db, session) => {
    const sourceId = await assertSource(db, id);
    const pages = await acceptDrift(db, sourceId, { who, now: (await clockOf(session, db))() });
    if (pages === 0) {
      print(`Nothing of ${id} is held back.`);
      return;
    }
    print(`the new shape of ${id} is accepted`);
    note(`${count(pages, "page")} will be read by the next worker, without the web.`);
  });

import { BadInput, type Document, type Knowledge, type Recipe } from "@waymark/domain";
import {
  currentKnowledge,
  findStoredDocument,
  listStoredDocuments,
  loadActiveRecipe,
  type ReaderPool,
  type RecipeTrial,
  relocateSource,
  tryRecipe,
} from "@waymark/pipeline/worker";
import type { Pool } from "@waymark/store";
import { writeText } from "./file.ts";
import { printRelocations, printTrial } from "./print-recipe.ts";
import { assertSource, knowledgeHere, loadPage, readRecipe, withReader } from "./recipe-input.ts";
import { openSession, withDatabase, withHome } from "./session.ts";
import { note, print, printJson } from "./terminal.ts";

/** Drafts a recipe from a page and prints what it would read. */
export async function proposeRecipe(
  name: string,
  { source: id, url, out, json }: { source?: string; url?: string; out?: string; json?: true },
): Promise<void> {
  const session = openSession();
  await withReader(async (reader) => {
    const { document, knowledge } =
      id === undefined
        ? {
            document: await loadPage(session, name, { url, reader }),
            knowledge: await knowledgeHere(session),
          }
        : await withHome(session, ({ db }) => loadStored(db, id, name));
    const recipe = await reader.propose(document, knowledge);
    if (!recipe) {
      throw new BadInput(
        `${name} shows no list of efforts; write a recipe by hand (\`waymark recipe propose --help\` shows how) and try it with \`waymark recipe test\``,
      );
    }
    const text = `${JSON.stringify(recipe, null, 2)}\n`;
    if (out !== undefined) writeText(session.config, out, text);
    print(text.trimEnd());
    if (json) return;
    const trial = await tryRecipe([document], recipe, { reader, knowledge });
    print();
    printTrial(trial, { mentions: true });
    const file = out ?? "FILE";
    const whose = id ?? "ID";
    note(
      `Try it on more pages: waymark recipe test ${file} --source ${whose}; use it: waymark recipe set ${whose} ${file}`,
    );
  });
}

async function loadStored(
  db: Pool,
  id: string,
  url: string,
): Promise<{ document: Document; knowledge: Knowledge }> {
  const document = await findStoredDocument(db, await assertSource(db, id), url);
  if (document) return { document, knowledge: await currentKnowledge(db) };
  throw new BadInput(
    `source "${id}" has no stored page ${url}; leave --source out to fetch it, or crawl the source first`,
  );
}

/** Tries a recipe on pages; one that is not good enough exits with 1. */
export async function testRecipe(
  file: string | undefined,
  names: string[],
  { source: id, url, json }: { source?: string; url?: string; json?: true },
): Promise<void> {
  if (file === undefined && id === undefined) {
    throw new BadInput(
      "name a recipe's file, or --source with a recipe: waymark recipe test FILE --source ID",
    );
  }
  if (names.length === 0 && id === undefined) {
    throw new BadInput("name saved pages, or --source whose stored pages are to be read");
  }
  const session = openSession();
  await withReader(async (reader) => {
    const recipe = file === undefined ? undefined : readRecipe(session, file);
    const pages: Document[] = [];
    for (const name of names) pages.push(await loadPage(session, name, { url, reader }));
    const trial =
      id === undefined
        ? await tryRecipe(pages, recipe!, { reader, knowledge: await knowledgeHere(session) })
        : await withHome(session, ({ db }) => tryOnSource(db, id, { recipe, pages, reader }));
    if (json) printJson(trial);
    else printTrial(trial, { mentions: names.length > 0 });
    if (trial.faults.length > 0) process.exitCode = 1;
  });
}

async function tryOnSource(
  db: Pool,
  id: string,
  { recipe, pages, reader }: { recipe: Recipe | undefined; pages: Document[]; reader: ReaderPool },
): Promise<RecipeTrial> {
  const sourceId = await assertSource(db, id);
  const tried = recipe ?? (await loadActiveRecipe(db, sourceId)).recipe;
  const documents = pages.length > 0 ? pages : await listStoredDocuments(db, sourceId, tried);
  return tryRecipe(documents, tried, { reader, knowledge: await currentKnowledge(db) });
}

/** Prints the recipe of a source with its lost selectors found again. */
export const relocateRecipe = (
  id: string,
  { out, json }: { out?: string; json?: true },
): Promise<void> =>
  withDatabase(async (db, session) => {
    const sourceId = await assertSource(db, id);
    const found = await withReader((reader) => relocateSource(db, sourceId, reader));
    if (json) {
      printJson(found ?? null);
      return;
    }
    if (!found) {
      print(
        "Nothing to relocate: no selector is lost, or nothing on its pages is like what it found.",
      );
      return;
    }
    const text = `${JSON.stringify(found.recipe, null, 2)}\n`;
    if (out !== undefined) writeText(session.config, out, text);
    print(text.trimEnd());
    print();
    printRelocations(found);
    note(`Look at it, then: waymark recipe set ${id} ${out ?? "FILE"}`);
  });

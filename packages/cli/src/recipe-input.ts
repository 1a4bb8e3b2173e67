import {
  BadInput,
  type Document,
  emptyKnowledge,
  HttpUrl,
  type Knowledge,
  type Recipe,
  type SourceId,
} from "@waymark/domain";
import { checkRecipe, currentKnowledge, ReaderPool } from "@waymark/pipeline/worker";
import { findSource, type Pool } from "@waymark/store";
import { readText } from "./file.ts";
import { findCatalog } from "./find-catalog.ts";
import { loadDocument, withOwnAddress } from "./load-document.ts";
import type { Session } from "./session.ts";

/** The recipe in a file. Throws BadInput that names what is wrong with it. */
export function readRecipe(session: Session, file: string): Recipe {
  const text = readText(session.config, file);
  try {
    return checkRecipe(JSON.parse(text), file);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(`${file} is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** The id of a source that there is. */
export async function assertSource(db: Pool, id: string): Promise<SourceId> {
  if (await findSource(db, id)) return id as SourceId;
  throw new BadInput(`there is no source "${id}"; \`waymark sources list\` shows them all`);
}

/** A page to try a recipe on, under its own address. */
export async function loadPage(
  session: Session,
  name: string,
  { url, reader }: { url: string | undefined; reader: ReaderPool },
): Promise<Document> {
  if (url !== undefined && !HttpUrl.safeParse(url).success) {
    throw new BadInput(`--url "${url}" is not an http or https address`);
  }
  const signal = session.interrupts.patiently();
  return withOwnAddress(await loadDocument(session.config, name, { url, signal }), reader);
}

/** What the catalog here knows; nothing where there is none. */
export async function knowledgeHere(session: Session): Promise<Knowledge> {
  const catalog = await findCatalog(session);
  try {
    return catalog ? await currentKnowledge(catalog.db) : emptyKnowledge;
  } finally {
    await catalog?.release();
  }
}

/** Runs the work with a reader, and ends it however the work ends. */
export async function withReader<T>(work: (reader: ReaderPool) => Promise<T>): Promise<T> {
  const reader = new ReaderPool(1);
  try {
    return await work(reader);
  } finally {
    await reader.close();
  }
}

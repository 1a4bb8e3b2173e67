import { BadInput, type Document, HttpUrl } from "@waymark/domain";
import { ReaderPool, readPageDry } from "@waymark/pipeline/worker";
import { listInitiatives, type Pool } from "@waymark/store";
import type { Command } from "commander";
import { exportReading } from "../exported-reading.ts";
import { findHome } from "../home.ts";
import { loadDocument, unknownHost } from "../load-document.ts";
import { printReading } from "../print-reading.ts";
import { openSession, type Session } from "../session.ts";
import { note, printJson } from "../terminal.ts";

export function addRead(program: Command): void {
  program
    .command("read")
    .argument("<file-or-url...>", "saved pages (.html .pdf .json .xml, also .gz), or addresses")
    .summary("the whole journey on one page, printed step by step, saving nothing")
    .description(
      "Reads pages as a crawl would and prints every step. Writes nothing and needs no database; where there " +
        "is a catalog, the page is held against it. Several pages print one line of JSON each.",
    )
    .option("--url <url>", "the address a saved page came from; by default what it calls canonical")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExample:\n  waymark read page.html --url https://www.example.org/grants/\n  waymark read https://www.example.org/ --json",
    )
    .action(read);
}

async function read(names: string[], { url, json }: { url?: string; json?: true }): Promise<void> {
  if (url !== undefined && !HttpUrl.safeParse(url).success) {
    throw new BadInput(`--url "${url}" is not an http or https address`);
  }
  if (url !== undefined && names.length > 1) throw new BadInput("--url goes with one file");
  const session = openSession();
  const signal = session.interrupts.patiently();
  const catalog = await findCatalog(session);
  const reader = new ReaderPool(1);
  try {
    for (const name of names) {
      if (signal.aborted) break;
      try {
        const loaded = await loadDocument(session.config, name, { url, signal });
        const document = await withOwnAddress(loaded, reader);
        const read = await readPageDry(document, { db: catalog?.db, now: session.now(), reader });
        if (json || names.length > 1) printJson(exportReading(name, read));
        else printReading(document.url, document.bytes.length, read);
      } catch (error) {
        // One page that cannot be read must not hide the others.
        if (names.length === 1) throw error;
        note(`waymark: ${name}: ${(error as Error).message}`);
        process.exitCode = 1;
      }
    }
  } finally {
    await reader.close();
    await catalog?.release();
  }
}

/** The catalog to hold pages against, where there is one with anything in it. */
async function findCatalog({
  config,
  log,
}: Session): Promise<{ db: Pool; release(): Promise<void> } | undefined> {
  const home = await findHome(config, log);
  if (home && (await hasEntries(home.db))) return home;
  await home?.release();
  note("There is no catalog to hold pages against, so no changes are proposed.");
  return undefined;
}

async function hasEntries(db: Pool): Promise<boolean> {
  try {
    return (await listInitiatives(db)).length > 0;
  } catch (error) {
    // A database that was never migrated has no table yet, and reading must not make one.
    if ((error as { code?: string }).code === "42P01") return false;
    throw error;
  }
}

/** A saved page often says itself where it came from. */
async function withOwnAddress(document: Document, reader: ReaderPool): Promise<Document> {
  if (new URL(document.url).hostname !== unknownHost) return document;
  const { canonical } = await reader.skim(document);
  const isOwn = canonical && HttpUrl.safeParse(canonical).success;
  return isOwn && new URL(canonical).hostname !== unknownHost
    ? { ...document, url: canonical }
    : document;
}

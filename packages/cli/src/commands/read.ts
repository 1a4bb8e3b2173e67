import { BadInput, HttpUrl } from "@waymark/domain";
import { ReaderPool, readPageDry } from "@waymark/pipeline/worker";
import type { Command } from "commander";
import { exportReading } from "../exported-reading.ts";
import { findCatalog } from "../find-catalog.ts";
import { loadDocument, withOwnAddress } from "../load-document.ts";
import { printReading } from "../print-reading.ts";
import { openSession } from "../session.ts";
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
  if (!catalog) note("There is no catalog to hold pages against, so no changes are proposed.");
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

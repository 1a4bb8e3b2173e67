import { join } from "node:path";
import { BadInput, HttpUrl } from "@waymark/domain";
import { type DryFetch, fetchDry } from "@waymark/pipeline/worker";
import type { Command } from "commander";
import { printFetch } from "../print-fetch.ts";
import { openSession } from "../session.ts";
import { note, printJson } from "../terminal.ts";
import { version } from "../version.ts";

export function addFetch(program: Command): void {
  program
    .command("fetch")
    .argument("<url>", "the address, with http:// or https://")
    .summary("one visit as a crawl would make it, printed step by step, saving nothing")
    .description(
      "Visits one page as a crawl would and prints every step: address, robots.txt, redirects, answer, a first " +
        "look, and what a crawl would make of it. Writes nothing and needs no database. Ends with 1 where no " +
        "page can be had.",
    )
    .option("--etag <etag>", "ask whether the page differs from the one with this ETag")
    .option("--last-modified <date>", "ask whether it changed since, as the server wrote the date")
    .option("--once", "leave out the second request, which tries the validators")
    .option("--render", "also show the page in a browser, whether it needs one or not")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExample:\n  waymark fetch https://www.example.org/grants/\n  waymark fetch https://www.example.org/ --once --json\n" +
        "  waymark fetch https://www.example.org/ --etag '\"5f3e\"'\n  waymark fetch https://www.example.org/map --render",
    )
    .action(fetch);
}

type FetchOptions = {
  etag?: string;
  lastModified?: string;
  once?: true;
  render?: true;
  json?: true;
};

async function fetch(url: string, options: FetchOptions): Promise<void> {
  const { etag, lastModified, once, render, json } = options;
  if (!HttpUrl.safeParse(url).success) {
    throw new BadInput(`"${url}" is not an http or https address`);
  }
  const session = openSession();
  const { contact, connectTo, chromiumPath, home } = session.config;
  const browser = render && { chromiumPath, cacheFolder: join(home, "browser") };
  const signal = session.interrupts.patiently();
  const now = session.now();
  let fetched: DryFetch;
  try {
    const asked = { version, contact, connectTo, now, etag, lastModified, once, browser, signal };
    fetched = await fetchDry(url, asked);
  } catch (error) {
    if (!signal.aborted) throw error;
    note("Stopped half-way.");
    process.exitCode = 130;
    return;
  }
  if (json) printJson(fetched);
  else printFetch(fetched);
  const { outcome, because } = fetched.crawl;
  // A shell is a page all the same, to a browser.
  if (because && outcome !== "shell") throw new BadInput(`no page at ${url}: ${because}`);
}

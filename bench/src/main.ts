/** `pnpm bench …`: what Waymark is measured on, one command a bench. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { BadInput } from "@waymark/domain";
import { Command, InvalidArgumentError } from "commander";
import { benchCrawl, crawlParts } from "./crawl-bench.ts";
import { benchDrift } from "./drift-bench.ts";
import { benchExtract } from "./extract-bench.ts";
import { type Figure, formatFigures } from "./figure.ts";
import { benchGather } from "./gather-bench.ts";
import { benchHostile } from "./hostile-bench.ts";
import { benchLearn } from "./learn-bench.ts";
import { benchLearnTables } from "./learn-tables.ts";
import { benchMatch } from "./match-bench.ts";
import { findPairSets } from "./match-tables.ts";
import { benchOrganizations } from "./organizations-bench.ts";
import { benchRead, describePages } from "./read-bench.ts";
import { benchResolve } from "./resolve-bench.ts";
import { benchScope } from "./scope-bench.ts";
import { benchWeb } from "./web-bench.ts";

const program = new Command("bench")
  .description("Measures Waymark on data that lies outside the project.")
  .showHelpAfterError();

program
  .command("web")
  .description("All nights of a simulated web, with an oracle deciding in between")
  .requiredOption("--world <folder>", "the unpacked folder of a world", folder)
  .option("--tools <folder>", "where its serve.mjs and score.mjs are (default: beside it)", folder)
  .option("--nights <number>", "how many nights (default: all)", wholeNumber)
  .option("--keep <folder>", "where queues, scores and readable reports are kept", folder)
  .option("--delay <ms>", "pause between two requests to a host", wholeNumber, 0)
  .option("--night-minutes <number>", "the longest a night may take", wholeNumber, 20)
  .option("--json", "figures as one JSON a line")
  .action(async ({ world, tools, nights, keep, delay, nightMinutes, json }) => {
    const request = { world, tools, nights, keep, delayMs: delay, nightMinutesMax: nightMinutes };
    print(await benchWeb({ ...request, say }), json);
  });

program
  .command("read")
  .description("Labelled pages: efforts found, missed and invented; evidence; dates")
  .requiredOption("--pages <folder>", "the folder that the labels' file names count from", folder)
  .requiredOption("--labels <file>", "labels, one JSON a line", folder)
  .option("--details", "print what was found, missed and invented page by page")
  .option("--json", "figures as one JSON a line")
  .action(async ({ pages, labels, details, json }) => {
    const { figures, results } = await benchRead(pages, labels);
    if (details) say(`${describePages(results)}\n\n`);
    print(figures, json);
  });

program
  .command("drift")
  .description("Listing pages changed overnight: losses noticed, lost selectors found again")
  .option("--pages <folder>", "the folder that the labels' file names count from", folder)
  .option("--labels <file>", "labels, one JSON a line", folder)
  .option("--world <folder...>", "worlds, whose pages of the first night are changed", folders, [])
  .option("--details", "print every case")
  .option("--json", "figures as one JSON a line")
  .action(async ({ pages, labels, world: worlds, details: isWanted, json }) => {
    const { figures, details } = await benchDrift({ pages, labels, worlds });
    if (isWanted) say(`${details.join("\n")}\n\n`);
    print(figures, json);
  });

program
  .command("hostile")
  .description(
    "Pages with faults put in by chance: readers that die, take long, or tell what is not there",
  )
  .requiredOption("--pages <folder>", "a folder of pages, looked through to the bottom", folder)
  .option("--mutate <number>", "how many pages are read", wholeNumber, 10_000)
  .option("--seed <number>", "another seed, other faults", wholeNumber, 1)
  .option("--json", "figures as one JSON a line")
  .action(async ({ pages, mutate, seed, json }) =>
    print(await benchHostile({ pages, mutations: mutate, seed, say }), json),
  );

program
  .command("extract")
  .description("Main text, title and dates of every page of a folder, for a scorer")
  .requiredOption("--html <folder>", "pages as <id>.html or <id>.html.gz", folder)
  .requiredOption("--out <file>", "where the JSON goes", folder)
  .option("--truth <folder>", "WCXB's ground truth of the same pages: <id>.json", folder)
  .option("--rivals", "let Readability and Defuddle take the same pages")
  .option("--sample <number>", "every n-th page only", wholeNumber, 1)
  .option("--json", "figures as one JSON a line")
  .action(async ({ json, ...request }) => print(await benchExtract(request), json));

program
  .command("crawl")
  .description("Full crawls, quiet nights, politeness, killed workers: on sites served from here")
  .option("--only <part...>", `parts: ${crawlParts.map((part) => part.name).join(", ")}`)
  .option("--rounds <number>", "how often ours and the rival take turns", wholeNumber, 1)
  .option("--small", "few hosts and pages, to see that it runs")
  .option("--json", "figures as one JSON a line")
  .action(async ({ only, rounds, small, json }) =>
    print(await benchCrawl({ only, rounds, small, say }), json),
  );

program
  .command("match")
  .description("Public sets of two tables (DeepMatcher layout), and our own pairs of names")
  .requiredOption("--data <folder>", "one set, or a folder of sets", folder)
  .option("--cross-validate", "also judge by folds of train and valid together")
  .option("--details", "print our own pairs that were missed, and what look-alikes were called")
  .option("--json", "figures as one JSON a line")
  .action(({ data, crossValidate, details: isWanted, json }) => {
    const { figures, details } = benchMatch({ folder: data, crossValidated: crossValidate, say });
    if (isWanted) say(`${details.join("\n")}\n\n`);
    print(figures, json);
  });

program
  .command("resolve")
  .description("One mention against a large catalog in Postgres: time, recall, beside trigrams")
  .option("--catalog <number>", "how many entries are made up and loaded", wholeNumber)
  .option("--mentions <number>", "how many mentions are resolved", wholeNumber, 1_100)
  .option("--data <folder>", "recall of candidates on a set, or a folder of sets", folder)
  .option("--details", "print recall by kind of mention, and what was missed or called wrongly")
  .option("--json", "figures as one JSON a line")
  .action(async ({ catalog, mentions, data, details: isWanted, json }) => {
    const { figures, details } = await benchResolve({ catalog, mentions, data, say });
    if (isWanted) say(`${details.join("\n")}\n\n`);
    print(figures, json);
  });

program
  .command("gather")
  .description("Mentions of unseen efforts clustered in Postgres: all at once, and night by night")
  .option("--mentions <number>", "how many mentions are made up", wholeNumber, 5_000)
  .option("--json", "figures as one JSON a line")
  .action(async ({ mentions, json }) => {
    print(await benchGather({ mentions }), json);
  });

program
  .command("learn")
  .description(
    "What judgements are worth: efforts not judged before, matched with and without them",
  )
  .requiredOption("--data <folder>", "our own pairs, one public set, or a folder of sets", folder)
  .option("--json", "figures as one JSON a line")
  .action(({ data, json }) => {
    const isOwn = existsSync(join(data, "initiatives.jsonl"));
    const sets = isOwn ? [] : findPairSets(data);
    const told = isOwn ? benchLearn(data, say) : sets.flatMap((set) => benchLearnTables(set, say));
    print(told, json);
  });

program
  .command("organizations")
  .description("How fast the names of a catalog's organizations are found in running text")
  .option("--names <number>", "how many are known", wholeNumber, 20_000)
  .option("--json", "figures as one JSON a line")
  .action(({ names, json }) => print(benchOrganizations(names), json));

program
  .command("scope")
  .description("Learning and work told from everything else: our own sentences, and what is given")
  .option("--initiatives <folder>", "a folder whose initiatives.jsonl all belong", folder)
  .option("--pages <folder>", "the folder that the labels' file names count from", folder)
  .option("--labels <file>", "labels, one JSON a line", folder)
  .option("--others <word...>", "pages with such a word in their file's name are of other fields")
  .option("--details", "print what was called wrongly, with the reasons")
  .option("--json", "figures as one JSON a line")
  .action(async ({ initiatives, pages, labels, others, details: isWanted, json }) => {
    const isWhole = pages && labels && others;
    if (!isWhole && (pages || labels || others))
      throw new BadInput("--pages, --labels and --others go together");
    const given = isWhole ? { folder: pages, labels, others } : undefined;
    const { figures, details } = await benchScope({ initiatives, pages: given });
    if (isWanted) say(`${details.join("\n")}\n\n`);
    print(figures, json);
  });

// An exit, unlike a signal's death, stops the database and the world's server that a bench has started.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

/** Progress goes beside the figures, so that `--json` stays clean. */
function say(text: string): void {
  process.stderr.write(text);
}

function print(figures: Figure[], json: boolean | undefined): void {
  process.stdout.write(formatFigures(figures, json ? "json" : "table"));
}

/** A folder or file as the person typed it: `pnpm` runs us in the root of the project. */
function folder(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

function folders(path: string, before: string[]): string[] {
  return [...before, folder(path)];
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("write a whole number");
  return Number(text);
}

import { BadInput, Vocabulary, type VocabularyTerm } from "@waymark/domain";
import { importVocabularies } from "@waymark/pipeline";
import { listVocabularyTerms } from "@waymark/store";
import { Argument, type Command, Option } from "commander";
import { readText, writeText } from "../file.ts";
import { openSession, withDatabase, withHome } from "../session.ts";
import { clockOf } from "../setting.ts";
import { count, faint, note, print, printJson, printTable, strong } from "../terminal.ts";
import { parseVocabularies, vocabularyColumns, writeVocabularies } from "../vocabulary-csv.ts";

export function addVocabulary(program: Command): void {
  const vocabulary = program
    .command("vocabulary")
    .summary("the word lists that topics and relevance are told by")
    .description(
      "The word lists that readers go by: topics, effort areas, building blocks, goals and features with " +
        "the phrases that tell them, and words that speak for or against learning and work.",
    );
  vocabulary
    .command("list")
    .summary("every vocabulary with its edition, source and size")
    .option("--json", "print every term as JSON, one a line")
    .addHelpText("after", "\nExample:\n  waymark vocabulary list")
    .action(list);
  vocabulary
    .command("show")
    .addArgument(new Argument("<vocabulary>", "which one").choices(Vocabulary.options))
    .argument("[key]", "one term only")
    .summary("the terms of a vocabulary, or one term with its phrases")
    .option("--json", "print JSON, one term a line")
    .addHelpText("after", "\nExample:\n  waymark vocabulary show effort-area")
    .action(show);
  vocabulary
    .command("export")
    .summary("write the vocabularies as CSV")
    .addOption(onlyOption())
    .option("--output <file>", "write to a file instead of stdout")
    .addHelpText("after", "\nExample:\n  waymark vocabulary export --output vocabularies.csv")
    .action(exportFile);
  vocabulary
    .command("import")
    .argument("<file>", "a CSV file")
    .summary("make the vocabularies what a CSV file says")
    .description(
      `Makes the vocabularies exactly what a file says: terms it does not hold are removed. Its first line names the columns, in any order: ${vocabularyColumns.join(",")}. ` +
        'Phrases stand between " | ". Export first: bringing that file in takes the edit back.',
    )
    .addOption(onlyOption())
    .option("--json", "print the counts as JSON")
    .addHelpText("after", "\nExample:\n  waymark vocabulary import vocabularies.csv")
    .action(importFile);
}

const onlyOption = (): Option =>
  new Option("--only <vocabulary>", "this one alone; the others stay").choices(Vocabulary.options);

const list = ({ json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    const terms = await listVocabularyTerms(db);
    if (json) {
      for (const term of terms) printJson(term);
      return;
    }
    const groups = Map.groupBy(terms, ({ vocabulary, edition }) => `${vocabulary}\n${edition}`);
    printTable(
      ["vocabulary", "edition", "terms", "phrases", "source"],
      [...groups.values()].map((group) => [
        group[0]!.vocabulary,
        group[0]!.edition || "–",
        String(group.length),
        String(group.reduce((sum, { phrases }) => sum + phrases.length, 0)),
        [...new Set(group.map(({ source }) => source))].join("; "),
      ]),
    );
  });

const show = (vocabulary: Vocabulary, key: string | undefined, { json }: { json?: true }) =>
  withDatabase(async (db) => {
    const all = (await listVocabularyTerms(db)).filter((term) => term.vocabulary === vocabulary);
    const terms = all.filter((term) => key === undefined || term.key === key);
    if (key !== undefined && terms.length === 0) {
      throw new BadInput(
        `${vocabulary} has no term "${key}"; \`waymark vocabulary show ${vocabulary}\` shows them all`,
      );
    }
    if (json) {
      for (const term of terms) printJson(term);
    } else if (key === undefined) {
      printTable(
        ["key", "label", "phrases"],
        terms.map((term) => [term.key, term.label, term.phrases.join(" | ")]),
      );
    } else for (const term of terms) printTerm(term);
  });

function printTerm({ vocabulary, edition, key, label, source, phrases }: VocabularyTerm): void {
  print(`${strong(label)} ${faint(key)}`);
  print(`  ${[vocabulary, edition, source].filter((word) => word !== "").join(", ")}`);
  for (const phrase of phrases) print(`  “${phrase}”`);
}

async function exportFile({ only, output }: { only?: Vocabulary; output?: string }): Promise<void> {
  const session = openSession();
  await withHome(session, async ({ db }) => {
    const terms = (await listVocabularyTerms(db)).filter(
      ({ vocabulary }) => only === undefined || vocabulary === only,
    );
    const text = writeVocabularies(terms);
    if (output === undefined) {
      process.stdout.write(text);
      return;
    }
    writeText(session.config, output, text);
    note(`${count(terms.length, "term")} written to ${output}`);
  });
}

async function importFile(
  file: string,
  { only, json }: { only?: Vocabulary; json?: true },
): Promise<void> {
  const session = openSession();
  const terms = parseVocabularies(readText(session.config, file), file);
  const other = terms.find(({ vocabulary }) => only !== undefined && vocabulary !== only);
  if (other) {
    throw new BadInput(
      `${file} holds terms of ${other.vocabulary}, and --only ${only} leaves those alone: take them out, or leave --only out`,
    );
  }
  if (terms.length === 0) {
    throw new BadInput(
      `${file} holds no term, and bringing it in would remove them all: add a line`,
    );
  }
  await withHome(session, async ({ db }) => {
    const now = (await clockOf(session, db))();
    const counts = await importVocabularies(db, terms, { only, now });
    if (json) printJson(counts);
    else {
      print(
        `${count(terms.length, "term")}: ${counts.added} added, ${counts.changed} changed, ${counts.removed} removed, ${counts.unchanged} as they were`,
      );
    }
  });
}

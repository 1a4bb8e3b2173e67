import type { Recipe } from "@waymark/domain";
import type { RecipeTrial, RelocatedRecipe, TriedPage } from "@waymark/pipeline/worker";
import type { ReadingStat, StoredRecipe } from "@waymark/store";
import { count, cut, faint, print, printTable, strong, when } from "./terminal.ts";

const differencesMax = 20;

/** Prints what a recipe reads, how full its fields are, and where the general readers read otherwise. */
export function printTrial(trial: RecipeTrial, { mentions }: { mentions: boolean }): void {
  print(
    `${strong("Reads")} ${count(trial.entries, "entry", "entries")} on ${count(trial.pages.length, "page")}`,
  );
  if (mentions) for (const page of trial.pages) printMentions(page);
  else printPages(trial.pages);
  if (trial.entries > 0) {
    print();
    printTable(
      ["field", "found", "share", ""],
      trial.fields.map(({ field, found, required }) => [
        field,
        `${found} of ${trial.entries}`,
        percent(found, trial.entries),
        required ? "required" : "",
      ]),
    );
  }
  printDifferences(trial.pages);
  for (const fault of trial.faults) print(`${strong("Not good enough:")} ${fault}`);
}

function printMentions({ mentions, url, issues }: TriedPage): void {
  print(faint(url));
  for (const mention of mentions) {
    const told = [
      mention.leadOrganization,
      mention.states?.join(" "),
      mention.start,
      mention.end,
      mention.url,
    ];
    print(`  ${strong(cut(mention.name, 60))}  ${faint(told.filter(Boolean).join(" · "))}`);
    if (mention.description) print(`    ${cut(mention.description, 100)}`);
  }
  for (const { message } of issues) print(`  ${message}`);
}

function printPages(pages: readonly TriedPage[]): void {
  if (pages.length === 0) return;
  print();
  printTable(
    ["recipe", "general", "page"],
    pages.map(({ figures, general, url }) => [String(figures.records), String(general), url]),
  );
}

function printDifferences(pages: readonly TriedPage[]): void {
  const all = pages.flatMap(({ differences }) => differences);
  if (all.length === 0) return;
  print();
  printTable(
    ["effort", "field", "general readers", "recipe"],
    all
      .slice(0, differencesMax)
      .map(({ name, field, general, own }) => [
        cut(name, 40),
        field,
        cut(general ?? "–", 50),
        cut(own ?? "–", 50),
      ]),
  );
  if (all.length > differencesMax)
    print(faint(`and ${all.length - differencesMax} more differences; --json lists them`));
}

/** Prints versions of recipes in a table. */
export function printVersions(versions: readonly StoredRecipe[]): void {
  printTable(
    ["source", "version", "holds", "made", "by", "fields", "note"],
    versions.map(({ sourceId, version, active, createdAt, who, recipe, note }) => [
      sourceId,
      String(version),
      active ? "yes" : "",
      when(createdAt),
      who ?? "–",
      Object.keys(recipe.fields).join(" "),
      note ?? "",
    ]),
  );
}

/** Prints how full the last runs of a source were that read something new, and which were held back. */
export function printStats(stats: readonly ReadingStat[], recipe: Recipe | undefined): void {
  if (stats.length === 0) return;
  const named = Object.keys(recipe?.fields ?? {}).filter((field) => field !== "name");
  const fields = named.length > 0 ? named : ["url", "description", "leadOrganization"];
  print();
  printTable(
    ["run", "recipe", "efforts", ...fields, "readings"],
    stats.map(({ at, recipeVersion, figures, drifts, acceptedAt }) => [
      when(at),
      recipeVersion === undefined ? "–" : String(recipeVersion),
      String(figures.records),
      ...fields.map((field) => percent(figures.filled[field] ?? 0, figures.records)),
      drifts.length === 0 ? "taken" : acceptedAt ? "accepted" : `held back: ${drifts[0]!.message}`,
    ]),
  );
}

/** Prints which selectors were found again, and how like what they find is to what was lost. */
export function printRelocations({ relocations, url }: RelocatedRecipe & { url: string }): void {
  print(faint(url));
  printTable(
    ["what", "likeness", "was", "is"],
    relocations.map(({ place, likeness, from, to }) => [place, likeness.toFixed(2), from, to]),
  );
}

const percent = (n: number, of: number): string =>
  of === 0 ? "–" : `${Math.round((100 * n) / of)} %`;

import { findPairs } from "@waymark/pipeline";
import { reviewEffort } from "@waymark/pipeline/worker";
import {
  countChanges,
  countPairs,
  countUncompared,
  listPairs,
  markAllUncompared,
  type PairVerdict,
  type Pool,
  pairVerdicts,
  type StoredPair,
} from "@waymark/store";
import { type Command, InvalidArgumentError, Option } from "commander";
import { showCount } from "../count-progress.ts";
import { withDatabase } from "../session.ts";
import { clockOf } from "../setting.ts";
import { count, faint, note, print, printJson, printTable, strong } from "../terminal.ts";

/** The commands about pairs that may be one effort, in the group `match`. */
export function addPairs(match: Command): void {
  match
    .command("sweep")
    .summary("find entries of the catalog that may be one effort")
    .description(
      "Compares the entries that were touched since the last sweep with all that come near them. Those called the same are proposed as duplicates; unsure and related ones are listed by `waymark match pairs`. Workers do this by themselves.",
    )
    .option("--all", "compare every entry again, touched or not")
    .option("--json", "print the counts as JSON")
    .addHelpText("after", "\nExample:\n  waymark match sweep --all")
    .action(sweep);
  match
    .command("pairs")
    .summary("pairs that may be one effort and wait for a judgement")
    .description(
      "Lists the pairs that wait for a judgement, the most doubtful and most important first: two entries, or a mention of a page and the entry that it may be about.",
    )
    .addOption(new Option("--verdict <verdict>", "of one verdict only").choices(pairVerdicts))
    .addOption(
      new Option("--of <what>", "pairs of entries, or of mentions").choices(["entry", "mention"]),
    )
    .option("--name <text>", "where a name of the two holds this")
    .option("--limit <number>", "at most so many", wholeNumber, 50)
    .option("--json", "print JSON, one pair a line")
    .addHelpText("after", "\nExample:\n  waymark match pairs --verdict unsure --limit 10")
    .action(list);
}

const sweep = ({ all, json }: { all?: true; json?: true }): Promise<void> =>
  withDatabase(async (db, session) => {
    const now = (await clockOf(session, db))();
    if (all) await markAllUncompared(db);
    const { entries, toReview } = await compareAll(db, now);
    for (const initiativeId of toReview) await reviewEffort(db, { initiativeId }, now);
    const pairs = await countPairs(db);
    const duplicates = await countDuplicates(db);
    if (json) {
      printJson({ compared: entries, waiting: pairs, duplicates });
      return;
    }
    print(
      entries === 0
        ? "No entry was touched since the last sweep."
        : `${count(entries, "entry", "entries")} compared.`,
    );
    printTable(
      ["verdict", "pairs that wait"],
      pairVerdicts.map((verdict) => [verdict, String(pairs[verdict])]),
    );
    print("`waymark match pairs` lists them.");
    print(
      `${count(duplicates, "duplicate")} ${duplicates === 1 ? "waits" : "wait"} for a decision: \`waymark changes list --kind duplicate\``,
    );
  });

async function compareAll(db: Pool, now: Date): ReturnType<typeof findPairs> {
  const progress = showCount("entries compared", await countUncompared(db));
  try {
    return await findPairs(db, { now, onBatch: progress.show });
  } finally {
    progress.end();
  }
}

const countDuplicates = async (db: Pool): Promise<number> =>
  (await countChanges(db)).find(({ kind, state }) => kind === "duplicate" && state === "open")?.n ??
  0;

type ListOptions = {
  verdict?: PairVerdict;
  of?: "entry" | "mention";
  name?: string;
  limit: number;
  json?: true;
};

const list = ({ json, ...asked }: ListOptions): Promise<void> =>
  withDatabase(async (db) => {
    const { pairs, total } = await listPairs(db, asked);
    if (json) {
      for (const pair of pairs) printJson(exportPair(pair));
      return;
    }
    if (pairs.length === 0) {
      const due = await countUncompared(db);
      const { verdict, of, name } = asked;
      print(verdict || of || name ? "No such pair waits." : "No pair waits.");
      if (due > 0)
        note(`${count(due, "entry", "entries")} not compared yet: run \`waymark match sweep\``);
      return;
    }
    for (const pair of pairs) printPair(pair);
    print(
      total > pairs.length
        ? `${pairs.length} of ${total} pairs; --limit shows more`
        : count(total, "pair"),
    );
    note("say what two are with `waymark match judge A B same|different|unsure`");
  });

function printPair({ id, entry, other, match, mentions }: StoredPair): void {
  const name = "mention" in other ? other.mention.name : other.values.name;
  const relation = match.relation ? ` (${match.relation.replaceAll("_", " ")})` : "";
  print(`${strong(entry.values.name)} ${faint(entry.id)}`);
  print(`${strong(name)} ${faint("mention" in other ? `${other.id} ${other.url}` : other.id)}`);
  print(
    `  ${match.verdict}${relation}, ${Math.round(match.score * 100)} % the same, ${count(mentions, "mention")} of it ${faint(id)}`,
  );
  const telling = match.reasons.filter(({ feature }) => feature !== "prior");
  const [pro, contra] = [
    telling.filter(({ weight }) => weight > 0),
    telling.filter(({ weight }) => weight < 0),
  ];
  if (pro.length > 0) print(`  for: ${pro.map(({ text }) => text).join("; ")}`);
  if (contra.length > 0) print(`  against: ${contra.map(({ text }) => text).join("; ")}`);
  print();
}

/** A pair as one line of JSON tells it. */
const exportPair = ({ id, entry, other, match, firstSeenAt, mentions }: StoredPair) => ({
  id,
  verdict: match.verdict,
  relation: match.relation ?? null,
  score: match.score,
  initiative: { id: entry.id, name: entry.values.name },
  other:
    "mention" in other
      ? { mention: other.id, name: other.mention.name, url: other.url }
      : { id: other.id, name: other.values.name },
  reasons: match.reasons,
  mentions,
  first: firstSeenAt.toISOString(),
});

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new InvalidArgumentError("write a whole number from 1 on.");
  return Number(text);
}

import { BadInput, type InitiativeId, type MentionId } from "@waymark/domain";
import { foreseeUnmerge, mergeEntries, splitEntry, unmergeEntry } from "@waymark/pipeline";
import { findInitiative, listMentionsOfInitiative, type Pool } from "@waymark/store";
import type { Command } from "commander";
import { loadNamedEntry } from "../named-entry.ts";
import { withDatabase } from "../session.ts";
import { clockOf } from "../setting.ts";
import { count, print, printJson, printTable } from "../terminal.ts";

/** Merging, un-merging and splitting by hand, in the group `catalog`. */
export function addCatalogMerge(catalog: Command): void {
  catalog
    .command("merge")
    .argument("<from>", "id or name of the entry that goes")
    .argument("<into>", "id or name of the entry that stays")
    .summary("merge one entry into another by hand")
    .description(
      "Merges one entry into another: the one that stays keeps its values, gains what it lacks and the other's names " +
        "and mentions. It is a decision like any other, and `catalog unmerge` takes it back. Where somebody said that the " +
        "two are different, it is refused.",
    )
    .option("--why <text>", "the reason, for the audit")
    .option("--as <name>", "who decides")
    .option("--json", "print JSON")
    .addHelpText("after", '\nExample:\n  waymark catalog merge CA-48 CA-12 --why "renamed in 2024"')
    .action(merge);
  catalog
    .command("unmerge")
    .argument("<id>", "id of an entry that was merged into another")
    .summary("let a merged entry stand for itself again")
    .description(
      "Takes a merge back, also where the entry that stayed was merged on. What stands in the way is named.",
    )
    .option("--dry-run", "show what would happen, write nothing")
    .option("--as <name>", "who decides")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark catalog unmerge CA-48 --dry-run")
    .action(unmerge);
  catalog
    .command("split")
    .argument("<id>", "id or name of an entry")
    .requiredOption("--mentions <id...>", "the mentions that are about another effort")
    .option("--new", "make an entry of them; without it they are an unseen effort again")
    .option("--name <name>", "with --new: its name, where the mentions tell another")
    .summary("take mentions out of an entry by hand")
    .description(
      "Takes mentions out of an entry for good: the matcher never puts them back. `catalog mentions` lists them. It is a " +
        "decision like any other: `waymark changes undo` takes it back.",
    )
    .option("--why <text>", "the reason, for the audit")
    .option("--as <name>", "who decides")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      '\nExample:\n  waymark catalog split CA-12 --mentions mn-4fK2cPq7LxZw1Bt0 --new --why "the pilot in Ohio"',
    )
    .action(split);
  catalog
    .command("mentions")
    .argument("<id>", "id or name of an entry")
    .summary("the mentions of an entry, with their pages")
    .option("--json", "print JSON, one mention a line")
    .addHelpText("after", "\nExample:\n  waymark catalog mentions CA-12")
    .action(mentions);
}

type Options = { why?: string; as?: string; json?: true };

const merge = (from: string, into: string, { why, as, json }: Options): Promise<void> =>
  withDatabase(async (db, session) => {
    const now = (await clockOf(session, db))();
    const [goes, stays] = [await loadNamedEntry(db, from), await loadNamedEntry(db, into)];
    const by = { who: as ?? session.config.who, why };
    const { decisionId } = await mergeEntries(db, { from: goes.id, into: stays.id, ...by, now });
    if (json) printJson({ decisionId, from: goes.id, into: stays.id });
    else
      print(
        `${nameOf(goes)} was merged into ${nameOf(stays)}: decision ${decisionId}; \`waymark catalog unmerge ${goes.id}\` takes it back`,
      );
  });

const unmerge = (
  id: string,
  { dryRun, as, json }: { dryRun?: true; as?: string; json?: true },
): Promise<void> =>
  withDatabase(async (db, session) => {
    const who = as ?? session.config.who;
    if (dryRun) {
      await foresee(db, id as InitiativeId, json);
      return;
    }
    const now = (await clockOf(session, db))();
    const { decisionId, leaves } = await unmergeEntry(db, { id: id as InitiativeId, who, now });
    if (json) printJson({ decisionId, id, leaves });
    else print(`${id} stands for itself again; decision ${decisionId} is taken back`);
  });

/** What un-merging would do, in the words of the desk. */
async function foresee(db: Pool, id: InitiativeId, json: true | undefined): Promise<void> {
  const foreseen = await foreseeUnmerge(db, id);
  if (json) {
    printJson({
      id,
      leaves: foreseen.leaves.id,
      effects: foreseen.effects,
      blocked: foreseen.blockedBecause ?? null,
    });
    return;
  }
  if (foreseen.blockedBecause) {
    print(`${nameOf(foreseen.entry)} cannot be un-merged now: ${foreseen.blockedBecause}`);
    return;
  }
  for (const effect of foreseen.effects) print(effect);
}

const split = (
  id: string,
  {
    mentions: given,
    new: makesEntry,
    name,
    why,
    as,
    json,
  }: Options & { mentions: string[]; new?: true; name?: string },
): Promise<void> =>
  withDatabase(async (db, session) => {
    if (name !== undefined && !makesEntry)
      throw new BadInput("--name is the name of a new entry: add --new, or leave it out");
    const entry = await loadNamedEntry(db, id);
    const now = (await clockOf(session, db))();
    const { decisionId, initiativeId } = await splitEntry(db, {
      id: entry.id,
      mentionIds: given as MentionId[],
      into: makesEntry ? "entry" : "unseen",
      name,
      who: as ?? session.config.who,
      why,
      now,
    });
    const made = makesEntry ? await findInitiative(db, initiativeId!) : undefined;
    if (json) printJson({ decisionId, from: entry.id, into: made?.id ?? null });
    else
      print(
        `${count(given.length, "mention")} left ${nameOf(entry)}${made ? ` and became ${nameOf(made)}` : ""}: decision ${decisionId}; \`waymark changes undo ${decisionId}\` takes it back`,
      );
  });

const mentions = (id: string, { json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    const entry = await loadNamedEntry(db, id);
    const told = await listMentionsOfInitiative(db, entry.id);
    if (json) {
      for (const { id: mentionId, mention, page } of told)
        printJson({ id: mentionId, name: mention.name, role: mention.role, url: page.url });
      return;
    }
    if (told.length === 0) {
      print(`No page that was read tells of ${nameOf(entry)}.`);
      return;
    }
    printTable(
      ["mention", "as", "name", "page"],
      told.map(({ id: mentionId, mention, page }) => [
        mentionId,
        mention.role,
        mention.name,
        page.url,
      ]),
    );
    print(count(told.length, "mention"));
  });

const nameOf = ({ id, values }: { id: InitiativeId; values: { name: string } }): string =>
  `“${values.name}” (${id})`;

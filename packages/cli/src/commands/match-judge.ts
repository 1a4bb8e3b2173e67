import {
  BadInput,
  type InitiativeId,
  type JudgedSide,
  JudgementVerdict,
  MentionId,
} from "@waymark/domain";
import { judgeMentions, judgePair, listJudgements } from "@waymark/pipeline";
import { listMentionIdsOfCluster, listMentions, type Pool, resolveCluster } from "@waymark/store";
import { Argument, type Command } from "commander";
import { loadNamedEntry } from "../named-entry.ts";
import { withDatabase } from "../session.ts";
import { clockOf } from "../setting.ts";
import { count, faint, note, print, printJson, strong, when } from "../terminal.ts";

/** The commands about what people said of pairs, in the group `match`. */
export function addMatchJudge(match: Command): void {
  match
    .command("judge")
    .argument("<a>", "id or name of an entry, of a mention (mn-…) or of an unseen effort (c-…)")
    .argument("<b>", "the other one")
    .addArgument(new Argument("<verdict>", "what the two are").choices(JudgementVerdict.options))
    .summary("say that two are the same, different, or that it is unsure")
    .description(
      "Keeps what you say of a pair, above whatever the matcher says, and acts on it at once. Same of two entries " +
        "puts their merge into the queue; of a mention and an entry it makes the mention one of the entry's. Different " +
        "keeps the two apart on every way, also through third ones. Unsure is not asked again until one side says " +
        "something else. A later judgement on the same pair takes the place of an earlier one; one that contradicts " +
        "others is refused, and they are named.",
    )
    .option("--why <text>", "the reason, for the audit")
    .option("--as <name>", "who says so")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  waymark match judge CA-12 CA-48 different --why "two states" --as rosa
  waymark match judge mn-4fK2cPq7LxZw1Bt0 CA-12 same`,
    )
    .action(judge);
  match
    .command("judgements")
    .argument("[entry]", "id or name of an entry; all of them without it")
    .summary("what people said of pairs, and what contradicts what")
    .description(
      "Lists the judgements that stand, the newest first, and the contradictions among them. With an entry, those " +
        "that it is bound by: on it, and on what is the same as it or told apart from it.",
    )
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark match judgements CA-12")
    .action(list);
}

type JudgeOptions = { why?: string; as?: string; json?: true };

const judge = (
  a: string,
  b: string,
  verdict: JudgementVerdict,
  { why, as, json }: JudgeOptions,
): Promise<void> =>
  withDatabase(async (db, session) => {
    const now = (await clockOf(session, db))();
    const said = { verdict, who: as ?? session.config.who, why, now };
    const outcomes = await judgeSides(db, await loadSides(db, a), await loadSides(db, b), said);
    if (json) {
      printJson(outcomes.length === 1 ? outcomes[0] : outcomes);
      return;
    }
    const ids = outcomes.map(({ judgementId }) => judgementId).join(", ");
    print(
      `${a} and ${b}: ${verdict} (${outcomes.length === 1 ? "judgement" : "judgements"} ${ids})`,
    );
    const [first] = outcomes;
    if (first?.changeId) printMerge(first.changeId, first.changeState);
    const moved = new Set(outcomes.flatMap((outcome) => outcome.moved));
    if (moved.size > 0) print(`${count(moved.size, "mention")} moved: ${[...moved].join(", ")}`);
  });

function printMerge(id: string, state: string | undefined): void {
  if (state === "open") print(`The merge waits for a decision: waymark changes accept ${id}`);
  else print(`The merge was ${state} before: waymark changes show ${id}`);
}

/** An unseen effort is judged through its mentions, so it may stand on one side only. */
async function judgeSides(
  db: Pool,
  a: JudgedSide[],
  b: JudgedSide[],
  said: { verdict: JudgementVerdict; who: string; why: string | undefined; now: Date },
) {
  const [many, [one]] = a.length > 1 ? [a, b] : [b, a];
  if (a.length > 1 && b.length > 1)
    throw new BadInput(
      "two unseen efforts of several mentions each cannot be judged as wholes; name a mention of one of them",
    );
  if (many.length === 1) return [await judgePair(db, { a: one!, b: many[0]!, ...said })];
  const mentionIds = many.flatMap((side) => ("mentionId" in side ? [side.mentionId] : []));
  return judgeMentions(db, { mentionIds, b: one!, ...said });
}

/** What somebody names: an entry, a mention, or the mentions of an unseen effort. */
async function loadSides(db: Pool, text: string): Promise<JudgedSide[]> {
  if (text.startsWith("mn-")) {
    const [mention] = await listMentions(db, [MentionId.parse(text)]);
    if (mention) return [{ mentionId: mention.id }];
  }
  const cluster = text.startsWith("c-") ? await resolveCluster(db, text) : undefined;
  if (cluster?.initiativeId) return [{ initiativeId: cluster.initiativeId }];
  const mentionIds = cluster ? await listMentionIdsOfCluster(db, cluster.id) : [];
  if (mentionIds.length > 0) return mentionIds.map((mentionId) => ({ mentionId }));
  return [{ initiativeId: (await loadNamedEntry(db, text)).id as InitiativeId }];
}

const list = (entry: string | undefined, { json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    const id = entry === undefined ? undefined : (await loadNamedEntry(db, entry)).id;
    const { judgements, conflicts } = await listJudgements(db, id);
    if (json) {
      for (const judgement of judgements) printJson(judgement);
      for (const conflict of conflicts) printJson({ conflict });
      return;
    }
    if (judgements.length === 0) {
      print(
        id ? `Nobody has said anything of ${id} and another.` : "Nobody has judged a pair yet.",
      );
      note("`waymark match judge A B same|different|unsure` says what two are.");
      return;
    }
    for (const { id: number, names, verdict, who, at, why, decisionId } of judgements) {
      print(`${names[0]} and ${names[1]}: ${strong(verdict)}`);
      const origin = decisionId ? `, with decision ${decisionId}` : "";
      print(faint(`  ${who}, ${when(at)}${why ? `, "${why}"` : ""}${origin}, judgement ${number}`));
    }
    print(count(judgements.length, "judgement"));
    if (conflicts.length === 0) return;
    print(strong(`${count(conflicts.length, "contradiction")}:`));
    for (const conflict of conflicts) print(`  ${conflict}`);
  });

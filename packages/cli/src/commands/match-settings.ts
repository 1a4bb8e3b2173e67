import type { MatchCosts } from "@waymark/domain";
import { loadMatchSettings, saveMatchSettings } from "@waymark/pipeline";
import { type Command, InvalidArgumentError, Option } from "commander";
import { withDatabase } from "../session.ts";
import { clockOf } from "../setting.ts";
import { print, printJson } from "../terminal.ts";

/** The command that says what mistakes cost and who activates models, in the group `match`. */
export function addMatchSettings(match: Command): void {
  match
    .command("settings")
    .summary("what mistakes cost here, and who activates a model")
    .description(
      "Shows, or sets, what mistakes and questions cost, in units of one another: from them follow the probabilities from " +
        "which a pair is called same and from which a person is asked. A false same that costs 10 times a question puts same " +
        "at 0.9; a missed same that costs 2 questions has a person asked from 0.5. Also whether a newly trained model " +
        "that is no worse is activated by itself.",
    )
    .option("--false-same <cost>", "calling two efforts one", cost)
    .option("--missed-same <cost>", "leaving one effort under two names", cost)
    .option("--asking <cost>", "asking a person", cost)
    .addOption(
      new Option("--activate-by <whom>", "who activates a trained model").choices([
        "person",
        "policy",
      ]),
    )
    .option("--as <name>", "in whose name")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  waymark match settings
  waymark match settings --false-same 20 --as rosa
  waymark match settings --activate-by policy --as rosa`,
    )
    .action(settings);
}

type SettingsOptions = Partial<MatchCosts> & {
  activateBy?: "person" | "policy";
  as?: string;
  json?: true;
};

const settings = (options: SettingsOptions): Promise<void> =>
  withDatabase(async (db, session) => {
    const { activateBy, as, json } = options;
    const costs = costsIn(options);
    const isAsked = activateBy === undefined && Object.keys(costs).length === 0;
    const set = isAsked
      ? await loadMatchSettings(db)
      : await saveMatchSettings(
          db,
          { costs, ...(activateBy && { activatesByPolicy: activateBy === "policy" }) },
          { who: as ?? session.config.who, now: (await clockOf(session, db))() },
        );
    if (json) {
      printJson(set);
      return;
    }
    const { sameAtLeast, unsureAtLeast } = set.thresholds;
    print(`false same    ${set.costs.falseSame}`);
    print(`missed same   ${set.costs.missedSame}`);
    print(`asking        ${set.costs.asking}`);
    print(`same from     ${sameAtLeast.toFixed(3)}`);
    print(
      sameAtLeast === unsureAtLeast
        ? "asked from    never: a question costs more than the mistakes it would prevent"
        : `asked from    ${unsureAtLeast.toFixed(3)}`,
    );
    print(
      set.activatesByPolicy
        ? `activated by  policy, switched on by ${set.activatesByPolicy}`
        : "activated by  a person: waymark match train --activate",
    );
  });

function costsIn({ falseSame, missedSame, asking }: Partial<MatchCosts>): Partial<MatchCosts> {
  return {
    ...(falseSame !== undefined && { falseSame }),
    ...(missedSame !== undefined && { missedSame }),
    ...(asking !== undefined && { asking }),
  };
}

function cost(text: string): number {
  const value = Number(text);
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(text) || value <= 0) {
    throw new InvalidArgumentError("write a number above 0, such as 10 or 0.5");
  }
  return value;
}

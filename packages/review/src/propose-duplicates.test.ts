import { emptyKnowledge, type Knowledge, type KnownEffort } from "@waymark/domain";
import { expect, test } from "vitest";
import { asLines } from "../test/as-lines.ts";
import { effort, elsewhere, entry, lookalike, now, says } from "../test/known-effort.ts";
import { proposeChanges } from "./propose-changes.ts";

const check = (what: string, given: Partial<KnownEffort>, expected: string[]) =>
  test(what, () =>
    expect(asLines(proposeChanges(effort(given), emptyKnowledge, now).changes)).toEqual(expected),
  );

const mentions = [says({}, {})];
const pair = ["duplicate LW-3"];
const aka = [says({ aliases: ["Talent Sea"] }, {})];
const far = { verdict: "different" as const, score: 0.1 };

check(
  "the matcher calls two entries the same",
  { mentions, lookalikes: [lookalike("LW-3", "Skill River")] },
  pair,
);
check(
  "it is asked from the greater id alone",
  { mentions, lookalikes: [lookalike("LW-12", "Skill River")] },
  [],
);
check(
  "ids count as numbers",
  {
    initiative: entry({}, "LW-10"),
    mentions: [],
    lookalikes: [lookalike("LW-9", "Skill River", {}, { mentions: [says({}, {})] })],
  },
  ["duplicate LW-9"],
);
check(
  "a curator said different",
  { mentions, lookalikes: [lookalike("LW-3", "Skill River", {}, { judgement: "different" })] },
  [],
);
check(
  "a curator was unsure",
  { mentions, lookalikes: [lookalike("LW-3", "Skill River", {}, { judgement: "unsure" })] },
  [],
);
check(
  "the matcher is unsure",
  { mentions, lookalikes: [lookalike("LW-3", "Skill River", { verdict: "unsure" })] },
  [],
);
check(
  "its page calls it by the other's name",
  { mentions: aka, lookalikes: [lookalike("LW-3", "Talent Sea", far)] },
  pair,
);
check(
  "the other's page calls it by this name",
  {
    mentions,
    lookalikes: [
      lookalike("LW-3", "Talent Sea", far, {
        mentions: [says({ name: "Talent Sea", aliases: ["Skills River"] }, {})],
      }),
    ],
  },
  pair,
);
check(
  "a related entry shares the name for its own reason",
  {
    mentions: aka,
    lookalikes: [lookalike("LW-3", "Talent Sea", { verdict: "related", relation: "predecessor" })],
  },
  [],
);
check(
  "a list's word is not enough",
  {
    mentions: [elsewhere("a.example", { aliases: ["Talent Sea"] })],
    lookalikes: [lookalike("LW-3", "Talent Sea", far)],
  },
  [],
);
check(
  "no page is known that could prove it",
  { mentions: [], lookalikes: [lookalike("LW-3", "Skill River")] },
  [],
);

const catalog: Knowledge = { ...emptyKnowledge, names: [{ id: "LW-9", names: ["Talent Sea"] }] };
const withCatalog = (given: Partial<KnownEffort>) => proposeChanges(effort(given), catalog, now);

test("a page's word reaches entries that look nothing alike, from the lesser id too", () => {
  expect(asLines(withCatalog({ mentions: aka }).changes)).toEqual(["duplicate LW-9"]);
});
test("both sides ask one question", () => {
  const theirs = says(
    { name: "Talent Sea", aliases: ["Skills River"] },
    {},
    { match: { initiativeId: entry({}, "LW-9").id } },
  );
  const known = { ...emptyKnowledge, names: [{ id: "LW-7", names: ["Skills River"] }] };
  const other = effort({ initiative: entry({ name: "Talent Sea" }, "LW-9"), mentions: [theirs] });
  const [asked] = proposeChanges(other, known, now).changes;
  expect(asked?.fingerprint).toBe(withCatalog({ mentions: aka }).changes[0]?.fingerprint);
});
test("a name that the page gives a relative is no name of its own", () => {
  const page = says(
    { aliases: ["Talent Sea"], relations: [{ kind: "predecessor", name: "Talent Sea" }] },
    {},
  );
  expect(withCatalog({ mentions: [page] }).changes).toEqual([]);
});

const commas = entry({ name: "Learn, Earn, Give Back" }, "LW-3");
const quoted = (quote: string) => [says({ aliases: ["Learn"], quotes: { aliases: quote } }, {})];
const asksOf = (mentions: KnownEffort["mentions"]) => {
  const knowledge: Knowledge = {
    ...emptyKnowledge,
    names: [{ id: commas.id, names: [commas.values.name] }],
  };
  return asLines(proposeChanges(effort({ mentions }), knowledge, now).changes);
};
test("a page gives a name with commas, of which the reader took the beginning", () => {
  expect(asksOf(quoted("also known as Learn, Earn, Give Back; both mean one"))).toEqual(pair);
  expect(asksOf(quoted("also known as Learn, and paid by others"))).toEqual([]);
});

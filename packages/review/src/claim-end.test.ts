import { emptyKnowledge, type KnownMention } from "@waymark/domain";
import { expect, test } from "vitest";
import { asLines, rulesOf } from "../test/as-lines.ts";
import { announces, effort, elsewhere, entry, now, says } from "../test/known-effort.ts";
import { proposeChanges } from "./propose-changes.ts";

const review = (mentions: KnownMention[], initiative = entry()) =>
  proposeChanges(effort({ initiative, mentions }), emptyKnowledge, now);
const check = (what: string, mentions: KnownMention[], expected: string[], initiative = entry()) =>
  test(what, () => expect(asLines(review(mentions, initiative).changes)).toEqual(expected));
const quiet = (what: string, mentions: KnownMention[], rules: string[], initiative = entry()) =>
  test(what, () => {
    const { changes, suppressions } = review(mentions, initiative);
    expect(asLines(changes)).toEqual([]);
    expect(rulesOf(suppressions)).toEqual(rules);
  });

const ended = ["ended status active → ended"];
const endedOn = (date: string) => [`ended status active → ended; end 2027-06 → ${date}`];

check(
  "a notice on its own page, on the first reading",
  [says({ signs: [{ kind: "ended" }] })],
  ended,
);
check(
  "a notice with its date",
  [says({ signs: [{ kind: "ended", on: "2026-01" }] })],
  endedOn("2026-01"),
);
check(
  "an archive's banner beside a closing date",
  [says({ signs: [{ kind: "archived" }], end: "2026-02" })],
  endedOn("2026-02"),
);
check(
  "past tense together with a closing date",
  [says({ signs: [{ kind: "past-tense" }], end: "2026-02" })],
  endedOn("2026-02"),
);
check("the label says ended", [says({ status: "ended" }, { status: "active" })], ended);
check(
  "home and about both say so: one change",
  [
    says({ signs: [{ kind: "ended" }] }, {}),
    says(
      { signs: [{ kind: "past-tense" }], end: "2026-02" },
      {},
      { url: "http://skillsriver.org/about" },
    ),
  ],
  endedOn("2026-02"),
);
check(
  "an announcement tells of a merger",
  [announces("wire.example", { signs: [{ kind: "merged", successor: "Talent Sea" }] })],
  ended,
);
check(
  "the page of its lead",
  [
    says({ role: "detail", signs: [{ kind: "ended" }] }, undefined, {
      url: "http://alder.example/river",
      publisher: "Alder College",
      source: "state",
    }),
  ],
  ended,
);
check(
  "two sites that repeat others",
  [
    elsewhere("a.example", { signs: [{ kind: "ended" }] }),
    elsewhere("b.example", { signs: [{ kind: "ended" }] }),
  ],
  ended,
);
quiet(
  "one site that repeats others",
  [elsewhere("a.example", { signs: [{ kind: "ended" }] })],
  ["not-authoritative status"],
);
quiet("past tense alone", [says({ signs: [{ kind: "past-tense" }] }, {})], []);
quiet(
  "past tense with a closing date ahead",
  [says({ signs: [{ kind: "past-tense" }], end: "2027-06" }, { end: "2027-06" })],
  [],
);
quiet("a weak sign", [says({ signs: [{ kind: "ended", confidence: 0.4 }] }, {})], []);
quiet("a sign without a quote", [says({ signs: [{ kind: "ended" }], evidence: [] }, {})], []);
quiet(
  "it is the one that takes over",
  [announces("wire.example", { signs: [{ kind: "merged", successor: "Skills River" }] })],
  [],
);
quiet(
  "the catalog says so already",
  [says({ signs: [{ kind: "ended" }] }, {})],
  [],
  entry({ status: "ended" }),
);
quiet(
  "it said so when last settled",
  [says({ signs: [{ kind: "ended" }] }, { signs: [{ kind: "ended" }] })],
  [],
);
quiet(
  "an announcement of years ago",
  [announces("wire.example", { announcedOn: "2023-01-02", signs: [{ kind: "ended" }] })],
  ["not-authoritative status"],
);
check(
  "the catalog knows the ending but not its date",
  [says({ signs: [{ kind: "ended", on: "2026-01" }], end: "2026-01", status: "ended" })],
  ["update end null → 2026-01"],
  (() => {
    const initiative = entry({ status: "ended" });
    delete initiative.values.end;
    return initiative;
  })(),
);

check(
  "a notice for the end of the running month",
  [says({ signs: [{ kind: "ended", on: "2026-03-31" }] })],
  endedOn("2026-03-31"),
);
quiet("a notice for next year", [says({ signs: [{ kind: "ended", on: "2027-02" }] })], []);

test("an ending waits for a second look and names who goes on", () => {
  const [change] = review([says({ signs: [{ kind: "merged", successor: "Talent Sea" }] })]).changes;
  expect(change?.confirmBy).toEqual(["p http://skillsriver.org/"]);
  expect(change?.reasons).toContain("It goes on as part of Talent Sea.");
});

test("the date that is learned later does not make it another ending", () => {
  const [before] = review([says({ signs: [{ kind: "ended" }] })]).changes;
  const [after] = review([says({ signs: [{ kind: "ended", on: "2026-01" }] })]).changes;
  expect(after?.fingerprint).toBe(before?.fingerprint);
});

const libraryEnds = elsewhere("library.example", { status: "ended", role: "detail" }, undefined, {
  source: "library",
});
check(
  "a library says so, and the end on its own page has come",
  [says({ end: "2026-02" }, { end: "2027-06" }), libraryEnds],
  endedOn("2026-02"),
);
quiet(
  "a library says so, and the end on its own page is far",
  [says({ end: "2027-06" }, {}), libraryEnds],
  ["needs-a-statement status", "not-authoritative status"],
);

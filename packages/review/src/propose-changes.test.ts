import {
  emptyKnowledge,
  type InitiativeValues,
  type KnownEffort,
  ProposedChange,
} from "@waymark/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { asLines } from "../test/as-lines.ts";
import {
  address,
  announces,
  cluster,
  dated,
  daysAgo,
  effort,
  elsewhere,
  entry,
  lookalike,
  now,
  says,
} from "../test/known-effort.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { proposeChanges } from "./propose-changes.ts";

const review = (given: Partial<KnownEffort>) => proposeChanges(effort(given), emptyKnowledge, now);
const two = ["Birch Foundation", "Willow Fund"];
const gains = says({ funders: two }, { funders: ["Birch Foundation"] });
const joins = { funders: two, partners: ["Cedar Union", "Gum Works"] };
const past = (state: KnownEffort["past"][number]["state"], confirmed = true) =>
  review({ mentions: [gains] }).changes.map(({ fingerprint, kind }) => ({
    fingerprint,
    kind,
    state,
    confirmed,
    decidedAt: now,
  }));

test("rejected stays rejected, accepted is done, both settle the page", () => {
  for (const [state, rule] of [
    ["rejected", "rejected-before"],
    ["accepted", "accepted-before"],
  ] as const) {
    const { changes, suppressions, settled } = review({ mentions: [gains], past: past(state) });
    expect(changes).toEqual([]);
    expect(suppressions.map((each) => each.rule)).toEqual([rule]);
    expect(settled).toEqual([gains.id]);
  }
});
test("withdrawn may come again, with a second look", () => {
  const [change] = review({ mentions: [gains], past: past("withdrawn", false) }).changes;
  expect(change?.confirmBy).toEqual([gains.page.id]);
});
test("what is open is proposed again, so that it stays open", () => {
  expect(asLines(review({ mentions: [gains], past: past("open") }).changes)).toEqual([
    "update funders +Willow Fund",
  ]);
});
test("a rejected newcomer stays rejected when another member is accepted", () => {
  const initiative = entry({
    partners: ["Cedar Union", "Elm Institute", "Fir Schools", "Holly Labs"],
  });
  expect(review({ initiative, mentions: [gains], past: past("rejected") }).changes).toEqual([]);
});
test("the page that flips back withdraws its change by not proposing it", () => {
  expect(
    review({
      mentions: [says({ funders: ["Birch Foundation"] }, { funders: ["Birch Foundation"] })],
      past: past("open"),
    }).changes,
  ).toEqual([]);
});
test("a confirmed change asks no page again", () => {
  const renamed = [says({ name: "Talent River" }, { name: "Skills River" })];
  const [first] = review({ mentions: renamed }).changes;
  expect(first?.confirmBy).toEqual(["p http://skillsriver.org/"]);
  const confirmed = [
    {
      fingerprint: first!.fingerprint,
      kind: "update",
      state: "confirming",
      confirmed: true,
      decidedAt: null,
    } as const,
  ];
  expect(review({ mentions: renamed, past: confirmed }).changes[0]?.confirmBy).toEqual([]);
});
test("an addition needs no second look, a removal does", () => {
  expect(review({ mentions: [gains] }).changes[0]?.confirmBy).toEqual([]);
  const loses = says({ funders: ["Birch Foundation"] }, { funders: two });
  expect(
    review({ initiative: entry({ funders: two }), mentions: [loses] }).changes[0]?.confirmBy,
  ).toEqual([loses.page.id]);
});

test("words behind an open question wait, all others are settled", () => {
  const calm = elsewhere("a.example", { funders: ["Birch Foundation"] });
  const { settled } = review({ mentions: [gains, calm] });
  expect(settled).toEqual([calm.id]);
});
test("a page that leaves a field out keeps what it used to say", () => {
  expect(review({ mentions: [says({}, { funders: ["Birch Foundation"] })] }).settled).toEqual([]);
});
test("an absent mention is not settled", () => {
  expect(review({ mentions: [says({}, {}, { missingCount: 1 })] }).settled).toEqual([]);
});
test("its last words count through one night of absence", () => {
  expect(review({ mentions: [{ ...gains, missingCount: 1 }] }).changes).toHaveLength(1);
});
test("a page whose mention got a new key with its new name is held against the old one", () => {
  const old = says({ key: "skills-river" }, { key: "skills-river" }, { id: "m1", missingCount: 1 });
  const next = says({ key: "talent-river", name: "Talent River" }, undefined, { id: "m2" });
  expect(asLines(review({ mentions: [old, next] }).changes)).toEqual([
    "update name Skills River → Talent River; aliases +Skills River",
  ]);
});
test("each field is a question of its own", () => {
  const mentions = [
    says(
      { ...joins, states: ["OH", "TX", "NM"] },
      { funders: ["Birch Foundation"], partners: ["Cedar Union"], states: ["OH", "TX"] },
    ),
  ];
  expect(asLines(review({ mentions }).changes)).toEqual([
    "update funders +Willow Fund",
    "update partners +Gum Works",
    "update states +NM",
  ]);
});
test("an entry merged into another one is left alone", () => {
  const initiative = { ...entry(), mergedInto: entry({}, "LW-3").id };
  expect(review({ initiative, mentions: [gains] }).changes).toEqual([]);
});
test("an announcement stays news while its change waits", () => {
  const story = announces(
    "wire.example",
    { funders: ["Willow Fund"], announcedOn: "2025-11-20" },
    { firstSeenAt: daysAgo(90) },
  );
  expect(asLines(review({ mentions: [story] }).changes)).toEqual(["update funders +Willow Fund"]);
});
test("more weight, more certainty and longer waiting rank higher", () => {
  const priority = (mention: Parameters<typeof says>[0], before: typeof mention, where = {}) =>
    review({ mentions: [says(mention, before, where)] }).changes[0]!.priority;
  const ended = priority({ signs: [{ kind: "ended" }] }, {});
  const partner = priority({ partners: ["Gum Works"] }, { partners: [] });
  expect(ended).toBeGreaterThan(partner);
  expect(priority({ partners: ["Gum Works"], certainty: 0.6 }, { partners: [] })).toBeLessThan(
    partner,
  );
  expect(
    priority({ partners: ["Gum Works"] }, { partners: [] }, { changedAt: daysAgo(20) }),
  ).toBeGreaterThan(partner);
});

test("a fingerprint knows neither order nor spelling", () => {
  const deltas = (added: string[]) => [{ field: "funders" as const, old: [], new: added, added }];
  const of = (added: string[]) =>
    fingerprintOf({ kind: "update", effort: effort().effort, deltas: deltas(added) });
  expect(of(["A Fund", "The B Fund, Inc."])).toBe(of(["B Fund", "a fund"]));
  expect(of(["A Fund"])).not.toBe(of(["B Fund"]));
});

// Everything that can meet in one effort, for the laws that must always hold.
const about = { url: "http://skillsriver.org/about", id: "m-about" };
const pool = [
  gains,
  says(
    { leadOrganization: "Oak Board", end: "2028-01" },
    { leadOrganization: "Alder College" },
    about,
  ),
  says(
    { name: "Talent River", partners: ["Fir Schools"] },
    { partners: ["Elm Institute", "Fir Schools"] },
    { id: "m-3", url: "http://skillsriver.org/partners" },
  ),
  says(
    { signs: [{ kind: "past-tense" }], end: "2026-01" },
    {},
    { id: "m-4", url: "http://skillsriver.org/old" },
  ),
  says({ evidence: [], signs: [{ kind: "ended" }], states: ["NM"] }, {}, { id: "m-5" }),
  announces("wire.example", {
    funders: ["Willow Fund"],
    leadOrganization: "Yew Agency",
    quotes: { leadOrganization: "now led by Yew Agency" },
  }),
  announces("post.example", { signs: [{ kind: "merged", successor: "Talent Sea" }] }),
  elsewhere("a.example", { funders: two, name: "Talent River" }, { funders: ["Birch Foundation"] }),
  elsewhere(
    "b.example",
    { funders: two, leadOrganization: "Oak Board" },
    { leadOrganization: "Alder College" },
  ),
  elsewhere("c.example", { url: "http://skillsriver.org/new" }, undefined, { missingCount: 1 }),
];
const known = fc.record({
  mentions: fc.subarray(pool),
  isCluster: fc.boolean(),
  values: fc.constantFrom<Partial<InitiativeValues>[]>(
    {},
    { status: "ended" as const },
    { end: "2025-01" },
    { funders: [] },
    { url: null },
  ),
  addresses: fc.subarray([
    address([
      ["gone", 0],
      ["gone", 2],
    ]),
    address([["moved", 0]], {
      url: "http://skillsriver.org/new",
      movedTo: "http://talent.example/",
    }),
  ]),
  dates: fc.subarray([dated("2024-01-01"), dated("2025-12")]),
  twins: fc.subarray([lookalike("LW-3", "Skill River"), lookalike("LW-4", "Talent River")]),
});
type Drawn = typeof known extends fc.Arbitrary<infer T> ? T : never;
const asKnown = (
  { mentions, isCluster, values, addresses, dates, twins }: Drawn,
  turn = <T>(list: T[]): T[] => list,
) => {
  const given = { ownAddresses: turn(addresses), ownDates: turn(dates), lookalikes: turn(twins) };
  return isCluster
    ? cluster(turn(mentions), given)
    : effort({ initiative: entry(values), mentions: turn(mentions), ...given });
};
const law = (what: string, holds: (drawn: Drawn) => void) =>
  test(what, () => fc.assert(fc.property(known, holds), { numRuns: 300, seed: 11 }));

law("the order of mentions, addresses, dates and lookalikes does not matter", (drawn) => {
  const reversed = asKnown(drawn, (list) => list.toReversed());
  expect(proposeChanges(reversed, emptyKnowledge, now)).toEqual(
    proposeChanges(asKnown(drawn), emptyKnowledge, now),
  );
});
law("the same twice is the same", (drawn) => {
  expect(proposeChanges(asKnown(drawn), emptyKnowledge, now)).toEqual(
    proposeChanges(asKnown(drawn), emptyKnowledge, now),
  );
});
law("every change has a delta, another entry or a step, and its evidence", (drawn) => {
  const { changes, suppressions } = proposeChanges(asKnown(drawn), emptyKnowledge, now);
  for (const change of changes) {
    expect(ProposedChange.safeParse(change).success).toBe(true);
    expect(
      change.fields.length > 0 || change.other !== null || change.freshness !== undefined,
    ).toBe(true);
    for (const evidence of change.evidence) {
      if (evidence.type === "quote") expect(evidence.end).toBeGreaterThan(evidence.start);
    }
  }
  const keys = suppressions.map(
    ({ rule, field, fingerprint }) => `${rule} ${field} ${fingerprint}`,
  );
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(changes.map(({ fingerprint }) => fingerprint)).size).toBe(changes.length);
});
law("no mention is settled and asked about at once, and none is lost", (drawn) => {
  const given = asKnown(drawn);
  const { settled } = proposeChanges(given, emptyKnowledge, now);
  const ids = new Set(given.mentions.map(({ id }) => id));
  expect(settled.every((id) => ids.has(id))).toBe(true);
});
law("a night later nothing new is asked", (drawn) => {
  const tonight = proposeChanges(asKnown(drawn), emptyKnowledge, now);
  const given = asKnown(drawn);
  const later = {
    ...given,
    mentions: given.mentions.map((each) =>
      tonight.settled.includes(each.id) ? { ...each, baseline: each.mention } : each,
    ),
  };
  const next = proposeChanges(later, emptyKnowledge, daysAgo(-1));
  const asked = new Set(tonight.changes.map(({ fingerprint }) => fingerprint));
  expect(next.changes.filter(({ fingerprint }) => !asked.has(fingerprint))).toEqual([]);
  expect(next.changes).toHaveLength(tonight.changes.length);
});

import {
  emptyKnowledge,
  InitiativeId,
  type InitiativeValues,
  type Match,
  type Mention,
} from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyRecord } from "../test/any-record.ts";
import { compareRecords, matchRecord } from "./match-record.ts";

const candidates = (...entries: InitiativeValues[]) =>
  entries.map((values, index) => ({
    id: InitiativeId.parse(`entry-${index + 1}`),
    record: toRecord(values, emptyKnowledge),
  }));

const match = (values: InitiativeValues | Mention, ...entries: InitiativeValues[]): Match =>
  matchRecord(toRecord(values, emptyKnowledge), candidates(...entries), emptyKnowledge);

const textOf = ({ reasons }: Match) => reasons.map(({ text }) => text).join("; ");

test("the best of several", () => {
  const found = match(
    { name: "Open Ladder" },
    { name: "Open Ladder Registry" },
    { name: "Open Ladder" },
    { name: "Lantern" },
  );
  expect(found).toMatchObject({ verdict: "same", initiativeId: "entry-2" });
});

test("two that fit alike make either doubtful", () => {
  const found = match(
    { name: "Workforce Ladder" },
    { name: "Workforce Ladder", states: ["OH"], leadOrganization: "State of Ohio" },
    { name: "Workforce Ladder", states: ["TX"], leadOrganization: "State of Texas" },
  );
  expect(found.verdict).toBe("unsure");
  expect(textOf(found)).toContain("comes near too");
});

test("two entries that are one effort do not compete", () => {
  const twice = { name: "Prairie Work Ladder Network", leadOrganization: "Great Plains Council" };
  expect(match(twice, twice, twice)).toMatchObject({ verdict: "same", initiativeId: "entry-1" });
});

test("a name shortened to letters and a shortened word", () => {
  const found = match(
    { name: "OWQ CERT", leadOrganization: "Harbor Board" },
    { name: "Open Work Qualities Certificate", leadOrganization: "Harbor Board" },
  );
  expect(found).toMatchObject({ verdict: "same", initiativeId: "entry-1" });
});

test("a name behind its owner's", () => {
  const found = match(
    { name: "Lantern Ladder Registry" },
    { name: "Harbor College: Lantern Ladder Registry", leadOrganization: "Harbor College" },
  );
  expect(found.verdict).toBe("same");
});

test("a release that names the next lead", () => {
  const told = { start: 0, end: 14, confidence: 0.6, method: "sentence" as const };
  const release: Mention = {
    key: "ladder",
    role: "announcement",
    name: "Prairie Work Ladder",
    aliases: [],
    leadOrganization: "Harbor College",
    relations: [],
    signs: [],
    range: { start: 0, end: 100 },
    relevance: { score: 0.9, reasons: [] },
    evidence: [
      { ...told, field: "leadOrganization", value: "Harbor College", quote: "Harbor College" },
    ],
  };
  const entry = { name: "Prairie Work Ladder", leadOrganization: "Great Plains Council" };
  expect(match(release, entry).verdict).toBe("same");
  expect(match({ name: release.name, leadOrganization: "Harbor College" }, entry).verdict).toBe(
    "unsure",
  );
});

test("nothing comes near", () => {
  expect(match({ name: "Open Ladder" })).toMatchObject({ verdict: "different" });
  const far = match({ name: "Open Ladder" }, { name: "Candle Works" });
  expect(far.verdict).toBe("different");
  expect(far.initiativeId).toBeUndefined();
});

test("reasons are words", () => {
  const found = match(
    { name: "Prairie Work Ladder Network (PWLN) Phase II", leadOrganization: "Harbor Foundation" },
    { name: "Prairie Work Ladder Network", acronym: "PWLN", leadOrganization: "Harbor Foundation" },
  );
  expect(found).toMatchObject({ verdict: "related", relation: "phase_of" });
  expect(textOf(found)).toContain("same acronym PWLN");
  expect(textOf(found)).toContain("same lead Harbor Foundation");
  expect(textOf(found)).toContain("but only one is number 2 of a series");
});

const relations = (what: string, name: string, entry: InitiativeValues, expected: string) =>
  test(what, () =>
    expect(match({ name }, entry)).toMatchObject({ verdict: "related", relation: expected }),
  );

relations("product", "Open Ladder Toolkit", { name: "Open Ladder" }, "product_of");
relations("phase", "Open Ladder Phase 2", { name: "Open Ladder" }, "phase_of");
relations("successor", "Open Ladder Round 3", { name: "Open Ladder Round 2" }, "successor");
relations("predecessor", "Open Ladder Round 1", { name: "Open Ladder Round 2" }, "predecessor");
relations(
  "steward",
  "Open Ladder",
  { name: "Open Ladder Badge Bank", leadOrganization: "Open Ladder" },
  "steward_of",
);

test("a page that says how they stand is believed", () => {
  const mention: Mention = {
    key: "m",
    role: "own",
    name: "Rungs",
    aliases: [],
    relations: [{ kind: "part_of", name: "Open Ladder" }],
    signs: [],
    range: { start: 0, end: 1 },
    relevance: { score: 1, reasons: [] },
    evidence: [],
  };
  expect(match(mention, { name: "Open Ladder" })).toMatchObject({
    verdict: "related",
    relation: "part_of",
  });
});

test("a shared site alone joins nothing", () => {
  const lead = { leadOrganization: "Harbor Foundation" };
  const found = match(
    { name: "Open Ladder", url: "http://harbor.org/ladder", ...lead },
    { name: "Adult Return", url: "http://harbor.org/return", ...lead },
  );
  expect(found.verdict).toBe("different");
});

test("an address that several entries give says little", () => {
  const url = "http://grants.org/awards";
  const knowledge = {
    ...emptyKnowledge,
    names: ["a", "b"].map((id) => ({ id, names: [], url })),
  };
  const [one, other] = [
    { name: "Spark", url },
    { name: "Rivet", url },
  ].map((values) => toRecord(values, knowledge));
  expect(compareRecords(one!, other!, knowledge).verdict).toBe("different");
});

test("a match is the same in any order of candidates, and its reasons add up", () => {
  fc.assert(
    fc.property(anyRecord, fc.array(anyRecord, { maxLength: 6 }), (record, others) => {
      const entries = others.map((other, index) => ({
        id: InitiativeId.parse(`entry-${index}`),
        record: other,
      }));
      const found = matchRecord(record, entries, emptyKnowledge);
      expect(matchRecord(record, entries.toReversed(), emptyKnowledge)).toEqual(found);
      const logOdds = found.reasons.reduce((sum, { weight }) => sum + weight, 0);
      expect(found.score).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 9);
    }),
    { seed: 4, numRuns: 150 },
  );
});

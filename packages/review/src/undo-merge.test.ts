import type { Initiative, InitiativeId, InitiativeValues } from "@waymark/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyDecision } from "./apply-decision.ts";
import { undoDecision } from "./undo-decision.ts";
import type { LaterMerge } from "./undo-merge.ts";
import type { LaterWrite, MergeInverse } from "./undo-outcome.ts";

type Catalog = Map<string, Initiative>;
type Done = { decisionId: string; from: string; inverse: MergeInverse };

const id = (text: string) => text as InitiativeId;
const catalogOf = (entries: { [id: string]: Omit<InitiativeValues, "name"> }): Catalog =>
  new Map(
    Object.entries(entries).map(([key, values]) => [
      key,
      { id: id(key), version: 1, values: { name: `Effort ${key}`, ...values } },
    ]),
  );

/** Merges one entry into another where both stand for themselves; returns undefined else. */
function merge(catalog: Catalog, from: string, into: string, decisionId: string): Done | undefined {
  const [goes, stays] = [catalog.get(from)!, catalog.get(into)!];
  if (from === into || goes.mergedInto || stays.mergedInto) return undefined;
  const outcome = applyDecision({
    change: { kind: "duplicate", fields: [], title: "x", other: null },
    verdict: "accept",
    initiative: goes,
    other: stays,
    stays: stays.id,
    newId: id("new"),
  });
  if (outcome.kind !== "merge" || outcome.inverse.kind !== "merge") throw new Error("no merge");
  catalog.set(into, { ...stays, values: { ...stays.values, ...outcome.values } });
  catalog.set(from, { ...goes, mergedInto: stays.id });
  return { decisionId, from, inverse: outcome.inverse };
}

/** The later merges into the entry that stayed and on, as the database would find them. */
function laterThan(done: Done[], { decisionId, inverse }: Done, catalog: Catalog): LaterMerge[] {
  const later = done.filter((each) => Number(each.decisionId) > Number(decisionId));
  const way = new Set<string>([inverse.into]);
  for (const each of later) if (way.has(each.inverse.from)) way.add(each.inverse.into);
  return later
    .filter((each) => way.has(each.inverse.into))
    .map((each) => ({ ...each, from: catalog.get(each.from)! }));
}

/** Takes one merge back; returns why it cannot be, or undefined when it was. */
function unmerge(catalog: Catalog, done: Done[], one: Done, writes: LaterWrite[] = []) {
  const undone = undoDecision({
    inverse: one.inverse,
    current: [...catalog.values()],
    laterWrites: writes,
    laterMerges: laterThan(done, one, catalog),
  });
  if (undone.kind === "blocked") return undone;
  for (const { initiativeId, values, unset } of undone.writes) {
    const entry = catalog.get(initiativeId)!;
    const next = { ...entry.values, ...values };
    for (const field of unset) delete next[field];
    catalog.set(initiativeId, { ...entry, values: next });
  }
  for (const { decisionId, inverse } of undone.rebased ?? [])
    done.find((each) => each.decisionId === decisionId)!.inverse = inverse;
  const { mergedInto: _gone, ...alone } = catalog.get(one.from)!;
  catalog.set(one.from, alone);
  done.splice(done.indexOf(one), 1);
  return undefined;
}

const valuesOf = (catalog: Catalog) =>
  Object.fromEntries(
    [...catalog].map(([key, { values, mergedInto }]) => [key, { values, mergedInto }]),
  );

test("from the middle of a chain, an entry takes what came with it out of all that followed", () => {
  const entries = { A: { funders: ["Oak Fund"], url: "http://a.example/" }, B: {}, C: {} };
  const catalog = catalogOf(entries);
  const done = [merge(catalog, "A", "B", "1")!, merge(catalog, "B", "C", "2")!];
  expect(catalog.get("C")!.values).toMatchObject({
    aliases: ["Effort B", "Effort A"],
    funders: ["Oak Fund"],
    url: "http://a.example/",
  });
  expect(unmerge(catalog, done, done[0]!)).toBeUndefined();
  expect(catalog.get("C")!.values).toEqual({ name: "Effort C", aliases: ["Effort B"] });
  expect(unmerge(catalog, done, done[0]!)).toBeUndefined();
  expect(valuesOf(catalog)).toEqual(valuesOf(catalogOf(entries)));
});

test("what another entry brought too cannot be told apart, and that one is named", () => {
  const catalog = catalogOf({ A: { funders: ["Oak Fund"] }, B: { funders: ["Oak Fund"] }, C: {} });
  const done = [merge(catalog, "A", "C", "1")!, merge(catalog, "B", "C", "2")!];
  const before = valuesOf(catalog);
  expect(unmerge(catalog, done, done[0]!)).toMatchObject({
    kind: "blocked",
    blockedBy: ["2"],
    reason: "Effort B (B), which was merged since, brought funders too: undo that first.",
  });
  expect(valuesOf(catalog)).toEqual(before);
});

test("a later decision on what came with it stands in the way, one on anything else does not", () => {
  const catalog = catalogOf({ A: { funders: ["Oak Fund"] }, C: {} });
  const done = [merge(catalog, "A", "C", "1")!];
  const write = (field: "funders" | "states") => [
    { field, decisionId: "2", initiativeId: id("C") },
  ];
  expect(unmerge(catalog, done, done[0]!, write("funders"))).toMatchObject({ blockedBy: ["2"] });
  expect(unmerge(catalog, done, done[0]!, write("states"))).toBeUndefined();
});

const names = ["A", "B", "C", "D", "E"];
const anyValues = fc.record(
  {
    aliases: fc.subarray(["Lantern", "Light Works", "PWL"]),
    url: fc.constantFrom("http://a.example/", "http://b.example/", null),
    leadOrganization: fc.constantFrom("Alder College", "Oak Board"),
    funders: fc.subarray(["Oak Fund", "Elm Trust", "The Oak Fund"]),
    states: fc.subarray(["OH", "TX"]),
    start: fc.constantFrom("2019", "2020-03"),
  },
  { requiredKeys: [] },
);
const anyRun = fc.record({
  entries: fc.tuple(anyValues, anyValues, anyValues, anyValues, anyValues),
  merges: fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), {
    minLength: 1,
    maxLength: 7,
  }),
  chance: fc.infiniteStream(fc.nat(1000)),
});

const start = (entries: readonly Omit<InitiativeValues, "name">[]) =>
  catalogOf(Object.fromEntries(names.map((name, at) => [name, entries[at]!])));

function mergeAll(catalog: Catalog, merges: [string, string][]): Done[] {
  return merges.flatMap(([from, into], at) => merge(catalog, from, into, String(at + 1)) ?? []);
}

test("merges taken back in whatever order leave the catalog as it was, to the letter", () => {
  fc.assert(
    fc.property(anyRun, ({ entries, merges, chance }) => {
      const catalog = start(entries);
      const done = mergeAll(catalog, merges);
      while (done.length > 0) {
        const order = [...done]
          .map((one) => ({ one, at: chance.next().value }))
          .sort((x, y) => x.at - y.at);
        const before = done.length;
        for (const { one } of order) {
          const obstacle = done.includes(one) ? unmerge(catalog, done, one) : undefined;
          // What stands in the way is named, and stands.
          for (const decisionId of obstacle?.blockedBy ?? [])
            expect(done.map((each) => each.decisionId)).toContain(decisionId);
          if (obstacle) expect(obstacle.blockedBy.length).toBeGreaterThan(0);
        }
        expect(done.length).toBeLessThan(before);
      }
      expect(valuesOf(catalog)).toEqual(valuesOf(start(entries)));
    }),
    { seed: 31, numRuns: 600 },
  );
});

test("after one is taken back, all is as if it had never been", () => {
  fc.assert(
    fc.property(anyRun, fc.nat(6), ({ entries, merges }, chosen) => {
      const catalog = start(entries);
      const done = mergeAll(catalog, merges);
      const one = done[chosen % Math.max(1, done.length)];
      if (!one) return;
      const others = done
        .filter((each) => each !== one)
        .map((each): [string, string] => [each.inverse.from, each.inverse.into]);
      if (unmerge(catalog, done, one)) return;
      const without = start(entries);
      mergeAll(without, others);
      expect(valuesOf(catalog)).toEqual(valuesOf(without));
    }),
    { seed: 32, numRuns: 600 },
  );
});

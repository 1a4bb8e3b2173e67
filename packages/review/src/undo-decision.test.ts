import { type FieldDelta, type Initiative, type InitiativeId, Inverse } from "@waymark/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { entry } from "../test/known-effort.ts";
import { applyDecision, type DecisionOutcome } from "./apply-decision.ts";
import { undoDecision } from "./undo-decision.ts";
import type { LaterWrite } from "./undo-outcome.ts";

const newId = "N-1" as InitiativeId;
const accept = (
  kind: "new" | "update" | "duplicate",
  fields: FieldDelta[],
  initiative?: Initiative,
  other?: Initiative,
) =>
  applyDecision({
    change: { kind, fields, title: "x", other: null },
    verdict: "accept",
    initiative,
    other,
    newId,
  });

const toOak: FieldDelta[] = [{ field: "leadOrganization", old: "Alder College", new: "Oak Board" }];
const written = (initiative: Initiative, outcome: DecisionOutcome): Initiative =>
  "values" in outcome
    ? { ...initiative, values: { ...initiative.values, ...outcome.values } }
    : initiative;

const check = (
  what: string,
  {
    inverse,
    current,
    later = [],
  }: { inverse: Inverse; current: Initiative[]; later?: LaterWrite[] },
  expected: object,
) =>
  test(what, () =>
    expect(undoDecision({ inverse, current, laterWrites: later })).toMatchObject(expected),
  );

const update = accept("update", toOak, entry());
const after = written(entry(), update);
const by = (field: LaterWrite["field"], initiativeId?: string): LaterWrite => ({
  field,
  decisionId: "d-9",
  initiativeId: initiativeId as InitiativeId | undefined,
});

check("a rejection", { inverse: { kind: "nothing" }, current: [] }, { kind: "undone", writes: [] });
check(
  "an update",
  { inverse: update.inverse, current: [after] },
  {
    kind: "undone",
    writes: [{ initiativeId: "LW-7", values: { leadOrganization: "Alder College" }, unset: [] }],
  },
);
check(
  "after a later decision on another field",
  { inverse: update.inverse, current: [after], later: [by("states")] },
  { kind: "undone" },
);
check(
  "after a later decision on the same field",
  { inverse: update.inverse, current: [after], later: [by("leadOrganization")] },
  { kind: "blocked", blockedBy: ["d-9"] },
);
check(
  "after a later decision on the same field of another entry",
  { inverse: update.inverse, current: [after], later: [by("leadOrganization", "LW-8")] },
  { kind: "undone" },
);
check(
  "after the entry was merged away",
  { inverse: update.inverse, current: [after], later: [by("merge")] },
  { kind: "blocked", blockedBy: ["d-9"] },
);
check(
  "after a change outside of any decision",
  { inverse: update.inverse, current: [entry({ leadOrganization: "Yew" })] },
  { kind: "blocked", blockedBy: [] },
);
check(
  "an entry that is not there",
  { inverse: update.inverse, current: [] },
  { kind: "blocked", blockedBy: [] },
);

const created = accept("new", [{ field: "name", old: null, new: "Talent Sea" }]);
const made: Initiative = { id: newId, values: { name: "Talent Sea" }, version: 1 };
check(
  "a new entry goes",
  { inverse: created.inverse, current: [made] },
  { kind: "undone", remove: newId },
);
check(
  "a new entry that was decided on since",
  { inverse: created.inverse, current: [made], later: [by("states")] },
  { kind: "blocked", blockedBy: ["d-9"] },
);

const from = entry({ name: "Skill River" });
const into = entry({}, "LW-3");
const merge = accept("duplicate", [], from, into);
const merged = written(into, merge);
check(
  "a merger",
  { inverse: merge.inverse, current: [merged, from] },
  { kind: "undone", unmerge: { from: "LW-7", into: "LW-3" }, writes: [{ unset: ["aliases"] }] },
);
check(
  "a merger whose survivor was merged on",
  { inverse: merge.inverse, current: [merged], later: [by("merge", "LW-3")] },
  {
    kind: "blocked",
    blockedBy: ["d-9"],
    reason: "A later decision changed the pair: undo that first.",
  },
);
check(
  "a merger whose survivor learned something else",
  { inverse: merge.inverse, current: [merged], later: [by("states", "LW-3")] },
  { kind: "undone" },
);

test("any run of decisions taken back in turn leaves the catalog as it was, to the letter", () => {
  const organization = fc.constantFrom("Alder College", "Oak Board", "Yew Agency", "Elm Institute");
  const delta = fc.oneof(
    fc.record({
      field: fc.constant("leadOrganization" as const),
      old: fc.option(organization),
      new: fc.option(organization),
    }),
    fc.record({
      field: fc.constant("start" as const),
      old: fc.constant(null),
      new: fc.constantFrom("2019", "2020-05"),
    }),
    fc.record({
      field: fc.constantFrom("partners" as const, "funders" as const, "aliases" as const),
      old: fc.constant([] as string[]),
      new: fc.constant([] as string[]),
      added: fc.uniqueArray(organization, { maxLength: 2 }),
      removed: fc.uniqueArray(organization, { maxLength: 2 }),
    }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(delta, { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
      (changes) => {
        const start = entry();
        let current = start;
        const inverses: string[] = [];
        for (const fields of changes) {
          const outcome = accept("update", fields, current);
          inverses.push(JSON.stringify(outcome.inverse));
          current = written(current, outcome);
        }
        for (const stored of inverses.toReversed()) {
          const undone = undoDecision({
            inverse: Inverse.parse(JSON.parse(stored)),
            current: [current],
            laterWrites: [],
          });
          if (undone.kind === "blocked") throw new Error(undone.reason);
          for (const { values, unset } of undone.writes) {
            const next = { ...current.values, ...values };
            for (const field of unset) delete next[field];
            current = { ...current, values: next };
          }
        }
        expect(current).toEqual(start);
      },
    ),
    { numRuns: 200, seed: 7 },
  );
});

import {
  type Change,
  type DecisionVerdict,
  type FieldDelta,
  type Initiative,
  type InitiativeId,
  Inverse,
} from "@waymark/domain";
import { expect, test } from "vitest";
import { entry } from "../test/known-effort.ts";
import { applyDecision, type PartialValues } from "./apply-decision.ts";

type Deltas = FieldDelta[];
const newId = "N-1" as InitiativeId;
const change = (
  kind: Change["kind"],
  fields: Deltas,
): Pick<Change, "kind" | "fields" | "title" | "other"> => ({
  kind,
  fields,
  title: "Skills River",
  other: null,
});
const lead = (old: string | null, next: string | null): FieldDelta => ({
  field: "leadOrganization",
  old,
  new: next,
});
const decide = (
  kind: Change["kind"],
  fields: Deltas,
  given: {
    initiative?: Initiative;
    other?: Initiative;
    edits?: PartialValues;
    verdict?: DecisionVerdict;
  } = {},
) =>
  applyDecision({
    change: change(kind, fields),
    verdict: given.verdict ?? "accept",
    initiative: kind === "new" ? undefined : (given.initiative ?? entry()),
    other: given.other,
    newId,
    edits: given.edits,
  });

/** What is written, and what stays because a curator made something else of it. */
const check = (
  what: string,
  outcome: ReturnType<typeof decide>,
  values: object,
  kept: string[] = [],
) =>
  test(what, () => {
    expect("values" in outcome ? outcome.values : {}).toEqual(values);
    expect("kept" in outcome ? outcome.kept : []).toEqual(kept);
    expect(Inverse.parse(JSON.parse(JSON.stringify(outcome.inverse)))).toEqual(outcome.inverse);
  });

const toOak = [lead("Alder College", "Oak Board")];
check("a rejection writes nothing", decide("update", toOak, { verdict: "reject" }), {});
check("an update writes the field", decide("update", toOak), { leadOrganization: "Oak Board" });
check(
  "what a curator changed meanwhile stays",
  decide("update", toOak, { initiative: entry({ leadOrganization: "Yew Agency" }) }),
  {},
  ["leadOrganization"],
);
check(
  "what stands already is not written again",
  decide("update", toOak, { initiative: entry({ leadOrganization: "Oak Board" }) }),
  {},
);
check(
  "a curator's edit counts whatever stands",
  decide("update", toOak, {
    initiative: entry({ leadOrganization: "Yew Agency" }),
    edits: { leadOrganization: "Elm Institute" },
  }),
  { leadOrganization: "Elm Institute" },
);
check(
  "an edit of another field comes along",
  decide("update", toOak, { edits: { acronym: "SR" } }),
  { leadOrganization: "Oak Board", acronym: "SR" },
);
check(
  "a set gains and loses only the members named",
  decide(
    "update",
    [
      {
        field: "partners",
        old: ["Cedar Union", "Elm Institute", "Fir Schools"],
        new: ["Elm Institute", "Fir Schools", "Gum Works"],
        added: ["Gum Works"],
        removed: ["Cedar Union"],
      },
    ],
    {
      initiative: entry({ partners: ["Curator's Choice", "Cedar Union", "Fir Schools"] }),
    },
  ),
  { partners: ["Curator's Choice", "Fir Schools", "Gum Works"] },
);
check(
  "a member that stands under another spelling is not doubled",
  decide("update", [{ field: "partners", old: [], new: ["Fir Schools"], added: ["Fir Schools"] }], {
    initiative: entry({ partners: ["The FIR Schools"] }),
  }),
  {},
);
check(
  "an ending writes status and end",
  decide("ended", [
    { field: "status", old: "active", new: "ended" },
    { field: "end", old: "2027-06", new: "2026-02" },
  ]),
  { status: "ended", end: "2026-02" },
);
check("a stale entry accepted writes nothing", decide("stale", []), {});
check("a stale entry accepted with an edit", decide("stale", [], { edits: { status: "ended" } }), {
  status: "ended",
});
check(
  "a new entry",
  decide("new", [
    { field: "name", old: null, new: "Talent Sea" },
    { field: "states", old: null, new: ["OH"], added: ["OH"] },
  ]),
  { name: "Talent Sea", states: ["OH"] },
);
check(
  "a new entry under an edited name",
  decide("new", [{ field: "name", old: null, new: "Talent Sea" }], {
    edits: { name: "Talent Seas" },
  }),
  { name: "Talent Seas" },
);

const kept = entry({ acronym: null, states: ["OH"], aliases: ["River"] }, "LW-3");
const away = entry({
  name: "Skill River",
  acronym: "SR",
  states: ["OH", "NM"],
  leadOrganization: "Oak Board",
});
test("a merger fills gaps, joins sets, and keeps the other name", () => {
  const outcome = decide("duplicate", [], { initiative: away, other: kept });
  expect(outcome).toMatchObject({
    kind: "merge",
    from: "LW-7",
    into: "LW-3",
    values: { aliases: ["River", "Skill River"], acronym: "SR", states: ["OH", "NM"] },
    before: { aliases: ["River"], acronym: null, states: ["OH"] },
  });
});
test("the lesser id stays, whichever side asked", () => {
  expect(decide("duplicate", [], { initiative: kept, other: away })).toMatchObject({
    from: "LW-7",
    into: "LW-3",
  });
});
test("a merger needs both entries", () => {
  expect(() => decide("duplicate", [])).toThrow("needs both entries");
  expect(() => decide("duplicate", [], { initiative: kept, other: kept })).toThrow("into itself");
});
test("an edit that no entry may hold is refused", () => {
  expect(() => decide("update", [], { edits: { name: "" } })).toThrow(
    "name of LW-7 cannot be written",
  );
});
test("what was unknown is told from what was none", () => {
  const initiative = entry({ acronym: null });
  const outcome = decide("update", [], { initiative, edits: { acronym: "SR", start: "2020" } });
  expect(outcome).toMatchObject({ before: { acronym: null } });
  expect("before" in outcome && "start" in outcome.before).toBe(false);
});

import { ClusterId, emptyKnowledge, type InitiativeValues, MentionId } from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyRecord } from "../test/any-record.ts";
import { clusterRecords } from "./cluster-records.ts";

const member = (id: string, values: InitiativeValues, clusterId?: string) => ({
  id: MentionId.parse(id),
  record: toRecord(values, emptyKnowledge),
  ...(clusterId ? { clusterId: ClusterId.parse(clusterId) } : {}),
});

const groupsOf = (members: ReturnType<typeof member>[]) => {
  const named = clusterRecords(members, emptyKnowledge);
  return [...Map.groupBy(named, ([, clusterId]) => clusterId).values()]
    .map((group) => group.map(([id]) => id as string).sort())
    .sort();
};

test("mentions of one effort come together", () => {
  const groups = groupsOf([
    member("a", { name: "Open Ladder", leadOrganization: "Harbor Foundation" }),
    member("b", { name: "The Open Ladder Initiative" }),
    member("c", { name: "Open Ladder", leadOrganization: "The Harbor Foundation" }),
    member("d", { name: "Open Ladder Phase II", leadOrganization: "Harbor Foundation" }),
    member("e", { name: "Candle Works" }),
  ]);
  expect(groups).toEqual([["a", "b", "c"], ["d"], ["e"]]);
});

test("no chain over one weak link", () => {
  const groups = groupsOf([
    member("a", { name: "Workforce Ladder", states: ["OH"] }),
    member("b", { name: "Workforce Ladder" }),
    member("c", { name: "Workforce Ladder", states: ["TX"] }),
  ]);
  expect(groups.some((group) => group.includes("a") && group.includes("c"))).toBe(false);
});

test("a cluster keeps the smallest id among its members", () => {
  const named = clusterRecords(
    [
      member("a", { name: "Open Ladder" }),
      member("b", { name: "Open Ladder" }, "c-2"),
      member("c", { name: "Open Ladder" }, "c-1"),
    ],
    emptyKnowledge,
  );
  expect([...named.values()]).toEqual(["c-1", "c-1", "c-1"]);
});

test("when a cluster falls apart, one part keeps its id", () => {
  const named = clusterRecords(
    [member("a", { name: "Open Ladder" }, "c-1"), member("b", { name: "Candle Works" }, "c-1")],
    emptyKnowledge,
  );
  expect(named.get(MentionId.parse("a"))).toBe("c-1");
  expect(named.get(MentionId.parse("b"))).toMatch(/^c-[0-9a-z]{11}$/);
});

test("any order gives the same clusters", () => {
  const anyMembers = fc.array(
    fc.record({ record: anyRecord, clusterId: fc.constantFrom(undefined, "c-1", "c-2") }),
    { maxLength: 9 },
  );
  fc.assert(
    fc.property(anyMembers, fc.infiniteStream(fc.nat()), (drawn, chance) => {
      const members = drawn.map(({ record, clusterId }, index) => ({
        id: MentionId.parse(`m${index}`),
        record,
        clusterId: clusterId === undefined ? undefined : ClusterId.parse(clusterId),
      }));
      const shuffled = members
        .map((each) => ({ each, at: chance.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ each }) => each);
      const sorted = (of: typeof members) => [...clusterRecords(of, emptyKnowledge)].sort();
      expect(sorted(shuffled)).toEqual(sorted(members));
    }),
    { seed: 5, numRuns: 150 },
  );
});

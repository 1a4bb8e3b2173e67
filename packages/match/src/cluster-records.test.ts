import {
  ClusterId,
  emptyKnowledge,
  InitiativeId,
  type InitiativeValues,
  type Judgement,
  type JudgementVerdict,
  MentionId,
} from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyRecord } from "../test/any-record.ts";
import { type ClusterMember, clusterRecords, redirectsOf } from "./cluster-records.ts";
import { groupJudged } from "./judgements/group-judged.ts";

const member = (id: string, values: InitiativeValues, clusterId?: string) => ({
  id: MentionId.parse(id),
  record: toRecord(values, emptyKnowledge),
  ...(clusterId ? { clusterId: ClusterId.parse(clusterId) } : {}),
});

const said = (id: number, a: string, b: string, verdict: JudgementVerdict): Judgement => ({
  id,
  a: sideOf(a),
  b: sideOf(b),
  verdict,
  who: "rosa",
  why: undefined,
  at: new Date("2026-03-01T02:00:00Z"),
  decisionId: undefined,
  basis: undefined,
});
const sideOf = (name: string) =>
  name === name.toUpperCase()
    ? { initiativeId: InitiativeId.parse(name) }
    : { mentionId: MentionId.parse(name) };

const groupsOf = (members: ClusterMember[], judgements: Judgement[] = []) => {
  const named = clusterRecords(members, emptyKnowledge, { judgements, ties: [] });
  return [...Map.groupBy(named, ([, { clusterId }]) => clusterId).values()]
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

test("people override the matcher, both ways and through others", () => {
  const members = [
    member("a", { name: "Open Ladder" }),
    member("b", { name: "Open Ladder" }),
    member("c", { name: "Candle Works", states: ["TX"] }),
    member("d", { name: "Candle Works", states: ["OH"] }),
    member("e", { name: "Prairie Bridge" }),
  ];
  expect(groupsOf(members, [said(1, "a", "b", "different")])).toContainEqual(["a"]);
  expect(groupsOf(members, [said(1, "c", "d", "same")])).toContainEqual(["c", "d"]);
  const through = [said(1, "a", "e", "same"), said(2, "e", "b", "different")];
  expect(groupsOf(members, through)).toEqual([["a", "e"], ["b"], ["c"], ["d"]]);
  // That both are of one entry is as good as that they are the same.
  const ofOne = [said(1, "a", "X", "same"), said(2, "e", "X", "same")];
  expect(groupsOf(members, ofOne)).toContainEqual(["a", "e"]);
});

test("a cluster keeps the smallest id among its members", () => {
  const members = [
    member("a", { name: "Open Ladder" }),
    member("b", { name: "Open Ladder" }, "c-2"),
    member("c", { name: "Open Ladder" }, "c-1"),
  ];
  const named = clusterRecords(members, emptyKnowledge);
  expect([...named.values()].map(({ clusterId }) => clusterId)).toEqual(["c-1", "c-1", "c-1"]);
  expect([...redirectsOf(members, named)]).toEqual([["c-2", "c-1"]]);
});

test("when a cluster falls apart, one part keeps its id", () => {
  const members = [
    member("a", { name: "Open Ladder" }, "c-1"),
    member("b", { name: "Candle Works" }, "c-1"),
  ];
  const named = clusterRecords(members, emptyKnowledge);
  expect(named.get(MentionId.parse("a"))?.clusterId).toBe("c-1");
  expect(named.get(MentionId.parse("b"))?.clusterId).toMatch(/^c-[0-9a-z]{11}$/);
  expect([...redirectsOf(members, named)]).toEqual([]);
});

const anyMembers = fc
  .array(fc.record({ record: anyRecord, clusterId: fc.constantFrom(undefined, "c-1", "c-2") }), {
    maxLength: 9,
  })
  .map((drawn) =>
    drawn.map(({ record, clusterId }, index) => ({
      id: MentionId.parse(`m${index}`),
      record,
      clusterId: clusterId === undefined ? undefined : ClusterId.parse(clusterId),
    })),
  );
const anyJudgements = fc
  .array(
    fc.record({
      pair: fc.uniqueArray(fc.constantFrom("m0", "m1", "m2", "m3", "m4", "m5", "X"), {
        minLength: 2,
        maxLength: 2,
      }),
      verdict: fc.constantFrom("same" as const, "different" as const, "unsure" as const),
    }),
    { maxLength: 6 },
  )
  .map((drawn) => drawn.map(({ pair, verdict }, at) => said(at + 1, pair[0]!, pair[1]!, verdict)));

test("any order gives the same clusters, to the byte", () => {
  const bytesOf = (members: ClusterMember[], judgements: Judgement[]) =>
    JSON.stringify([...clusterRecords(members, emptyKnowledge, { judgements, ties: [] })]);
  fc.assert(
    fc.property(
      anyMembers,
      anyJudgements,
      fc.infiniteStream(fc.nat()),
      (members, judgements, chance) => {
        const shuffle = <T>(of: T[]): T[] =>
          of
            .map((each) => ({ each, at: chance.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ each }) => each);
        const before = bytesOf(members, judgements);
        expect(bytesOf(shuffle(members), shuffle(judgements))).toBe(before);
        expect(bytesOf(members, judgements)).toBe(before);
      },
    ),
    { seed: 5, numRuns: 400 },
  );
});

test("a different judgement is never crossed, and same is kept where nothing contradicts it", () => {
  fc.assert(
    fc.property(anyMembers, anyJudgements, (members, judgements) => {
      const told = { judgements, ties: [] };
      const named = clusterRecords(members, emptyKnowledge, told);
      const judged = groupJudged(told);
      for (const { id: one } of members) {
        for (const { id: other } of members) {
          if (one >= other) continue;
          const between = judged.between({ mentionId: one }, { mentionId: other });
          const isTogether = named.get(one)?.clusterId === named.get(other)?.clusterId;
          if (between === "different") expect(isTogether).toBe(false);
          if (between === "same") expect(isTogether).toBe(true);
        }
      }
    }),
    { seed: 6, numRuns: 200 },
  );
});

test("each component by itself gives the same clusters as all of them at once", () => {
  fc.assert(
    fc.property(anyMembers, anyJudgements, (members, judgements) => {
      const fresh = members.map(({ id, record }) => ({ id, record }));
      const told = { judgements, ties: [] };
      const whole = clusterRecords(fresh, emptyKnowledge, told);
      const parts = Map.groupBy(fresh, ({ id }) => whole.get(id)!.component);
      for (const part of parts.values()) {
        for (const [id, place] of clusterRecords(part, emptyKnowledge, told))
          expect(place).toEqual(whole.get(id));
      }
    }),
    { seed: 7, numRuns: 100 },
  );
});

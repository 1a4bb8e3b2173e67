import type { ChangeEvidence, ClusterId, InitiativeId, ProposedChange } from "@waymark/domain";
import {
  addChange,
  ensureClusters,
  findChange,
  findInitiative,
  listEvents,
  listInitiatives,
  listStandingJudgements,
  listValues,
  openPool,
  type Pool,
} from "@waymark/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import { decideChange } from "./decide-change.ts";
import { importCatalog } from "./import-catalog.ts";
import { loadTimeline } from "./load-timeline.ts";
import { undoDecision } from "./undo-decision.ts";

let db: Pool;
let drop: () => Promise<void>;
const now = new Date("2026-03-01T02:00:00Z");
const who = "curator";

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url);
  drop = database.drop;
});
afterAll(async () => {
  await db.end();
  await drop();
});
beforeEach(async () => {
  await db.query("truncate initiative, change, decision, judgement, merge, cluster cascade");
  await importCatalog(
    db,
    [
      { id: "A", name: "River Skills Compact", status: "active", funders: ["Oak Fund"] },
      { id: "B", name: "River Compact for Skills", partners: ["Lake College"] },
    ],
    now,
  );
});

const evidence: ChangeEvidence = {
  type: "outcome",
  url: "http://a.example/",
  outcome: "fetched",
  at: now.toISOString(),
};
let number = 0;

/** A change in the queue about entry A, or of the given kind. */
async function propose(change: Partial<ProposedChange>, clusterId?: ClusterId): Promise<string> {
  const id = `ch-${++number}`;
  const effort = clusterId ? { clusterId } : { initiativeId: "A" as InitiativeId };
  await addChange(db, effort, {
    kind: "update",
    fingerprint: id,
    title: "River Skills Compact",
    url: null,
    fields: [],
    other: null,
    evidence: [evidence],
    confidence: 0.9,
    priority: 1,
    reasons: [],
    confirmBy: [],
    ...change,
    id: id as never,
    state: "open",
    now,
  });
  return id;
}
const valuesOf = async (id: string) => (await findInitiative(db, id as InitiativeId))?.values;
const decide = (changeId: string, verdict: "accept" | "reject" = "accept") =>
  decideChange(db, { changeId, verdict, who, now });

const addFunder = (name: string) =>
  propose({
    fields: [
      { field: "funders", old: ["Oak Fund"], new: ["Oak Fund", name], added: [name], removed: [] },
    ],
  });

test("an accepted update is written with its evidence, and undone to what stood before", async () => {
  const { decisionId } = await decide(await addFunder("Elm Trust"));
  expect((await valuesOf("A"))?.funders).toEqual(["Oak Fund", "Elm Trust"]);
  const [value] = (await listValues(db, "A" as InitiativeId)).filter(
    (one) => one.field === "funders" && !one.replacedAt,
  );
  expect(value).toMatchObject({ origin: "decision", decisionId, evidence: [evidence] });
  await undoDecision(db, { decisionId, who, now });
  expect((await valuesOf("A"))?.funders).toEqual(["Oak Fund"]);
});

test("a rejected change writes nothing to the catalog and may be taken up again", async () => {
  const change = await addFunder("Elm Trust");
  const { decisionId } = await decide(change, "reject");
  expect((await valuesOf("A"))?.funders).toEqual(["Oak Fund"]);
  await undoDecision(db, { decisionId, who, now });
  expect((await findChange(db, change))?.state).toBe("open");
  await decide(change);
  expect((await valuesOf("A"))?.funders).toEqual(["Oak Fund", "Elm Trust"]);
});

test("two additions decided one after the other both stand", async () => {
  const first = await addFunder("Elm Trust");
  const second = await addFunder("Ash Trust");
  await decide(first);
  await decide(second);
  expect((await valuesOf("A"))?.funders).toEqual(["Oak Fund", "Elm Trust", "Ash Trust"]);
});

test("a decision under a later one names what stands in the way", async () => {
  const first = await decide(await addFunder("Elm Trust"));
  const second = await decide(await addFunder("Ash Trust"));
  await expect(undoDecision(db, { decisionId: first.decisionId, who, now })).rejects.toThrow(
    `decision ${second.decisionId} by curator`,
  );
  await undoDecision(db, { decisionId: second.decisionId, who, now });
  await undoDecision(db, { decisionId: first.decisionId, who, now });
  expect((await valuesOf("A"))?.funders).toEqual(["Oak Fund"]);
});

test("deciding twice, on another version, or on nothing is refused", async () => {
  const change = await addFunder("Elm Trust");
  await expect(
    decideChange(db, { changeId: change, verdict: "accept", who, now, version: 7 }),
  ).rejects.toThrow("has changed since you saw it");
  await decide(change);
  await expect(decide(change)).rejects.toThrow("was accepted already by curator");
  await expect(decide("ch-none")).rejects.toThrow('there is no change "ch-none"');
});

test("two curators at once: one decides, the other is told", async () => {
  const change = await addFunder("Elm Trust");
  const both = await Promise.allSettled([decide(change), decide(change, "reject")]);
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("a new effort becomes an entry, and undone it goes again", async () => {
  const clusterId = "c-1" as ClusterId;
  await ensureClusters(db, [clusterId]);
  const change = await propose(
    {
      kind: "new",
      title: "Harbor Pathways",
      fields: [
        { field: "name", old: null, new: "Harbor Pathways" },
        { field: "start", old: null, new: "2024" },
      ],
    },
    clusterId,
  );
  const { decisionId, initiativeId } = await decide(change);
  expect(await valuesOf(initiativeId!)).toMatchObject({ name: "Harbor Pathways", start: "2024" });
  expect(await listEvents(db, initiativeId!)).toMatchObject([{ kind: "launch", on: "2024" }]);
  await undoDecision(db, { decisionId, who, now });
  expect(await valuesOf(initiativeId!)).toBeUndefined();
  expect((await findChange(db, change))?.state).toBe("open");
});

test("a merge moves one entry into the other and is the identity when undone", async () => {
  const before = await listInitiatives(db);
  const change = await propose({
    kind: "duplicate",
    other: { id: "B" as InitiativeId, name: "River Compact for Skills" },
  });
  const { decisionId } = await decide(change);
  expect((await listInitiatives(db)).map((entry) => entry.id)).toEqual(["A"]);
  expect((await valuesOf("A"))?.partners).toEqual(["Lake College"]);
  expect(await listStandingJudgements(db)).toMatchObject([
    { a: { initiativeId: "A" }, b: { initiativeId: "B" }, verdict: "same", decisionId },
  ]);
  await undoDecision(db, { decisionId, who, now });
  const after = await listInitiatives(db);
  expect(after.map(({ id, values }) => ({ id, values }))).toEqual(
    before.map(({ id, values }) => ({ id, values })),
  );
  expect(await listStandingJudgements(db)).toEqual([]);
});

test("an ending is written as status, end and a sunset in the timeline", async () => {
  await decide(
    await propose({
      kind: "ended",
      fields: [
        { field: "status", old: "active", new: "ended" },
        { field: "end", old: null, new: "2026-02-28" },
      ],
    }),
  );
  expect(await valuesOf("A")).toMatchObject({ status: "ended", end: "2026-02-28" });
  expect(await listEvents(db, "A" as InitiativeId)).toMatchObject([
    { kind: "sunset", on: "2026-02-28" },
  ]);
});

test("what an accepted update says happened is confirmed by its decision, and goes with it", async () => {
  const { decisionId } = await decide(
    await propose({
      fields: [
        { field: "name", old: "River Skills Compact", new: "Open River" },
        { field: "states", old: [], new: ["IA", "OH"], added: ["IA", "OH"], removed: [] },
      ],
    }),
  );
  expect(await loadTimeline(db, "A" as InitiativeId)).toEqual([
    expect.objectContaining({
      kind: "expansion",
      on: "2026-03-01",
      dated: "decided",
      parties: [
        { role: "place", name: "IA" },
        { role: "place", name: "OH" },
      ],
      decisionId,
      evidence: [evidence],
    }),
    expect.objectContaining({
      kind: "rename",
      parties: [
        { role: "former-name", name: "River Skills Compact" },
        { role: "new-name", name: "Open River" },
      ],
    }),
  ]);
  await undoDecision(db, { decisionId, who, now });
  expect(await loadTimeline(db, "A" as InitiativeId)).toEqual([]);
});

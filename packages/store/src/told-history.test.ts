import type { ChangeEvidence, Event, Grant, InitiativeId, Relation } from "@waymark/domain";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import {
  addChange,
  addDecision,
  addEvent,
  addInitiative,
  listAllEvents,
  listAllGrants,
  listEvents,
  listGrants,
  listRelations,
  openPool,
  type Pool,
  removeEventsOf,
  saveToldEvents,
  saveToldGrants,
  saveToldRelations,
} from "./index.ts";

let db: Pool;
let drop: () => Promise<void>;
const now = new Date("2026-03-01T02:00:00Z");
const id = "A" as InitiativeId;

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
  await db.query("truncate initiative, change, decision cascade");
  await addInitiative(db, id, now);
  await addInitiative(db, "B" as InitiativeId, now);
});

const evidence: ChangeEvidence[] = [
  { type: "outcome", url: "http://a.example/", outcome: "fetched", at: now.toISOString() },
];
const launch: Event = {
  key: "k1",
  kind: "launch",
  on: "2019-05",
  dated: "told",
  planned: false,
  parties: [{ role: "by", name: "Pine College" }],
  evidence,
  decisionId: undefined,
};
const grant: Grant = {
  key: "g1",
  funder: "Oak Trust",
  grantee: "Pine College",
  amount: 1_250_000.5,
  currency: "EUR",
  on: "2020-02",
  start: "2020",
  end: "2022-12",
  months: 36,
  program: "Harbor Fund",
  purpose: "to train pilots",
  evidence,
};
/** How often the rows of the table were written, told by the transactions that wrote them. */
const writtenBy = async (table: "event" | "grant" | "relation"): Promise<string> =>
  (
    await db.query(
      `select string_agg(xmin::text, ' ' order by xmin::text) as xmins from "${table}"`,
    )
  ).rows[0].xmins;

test("events come back as they went in, and the same again writes nothing", async () => {
  await saveToldEvents(db, id, [launch]);
  expect(await listEvents(db, id)).toEqual([launch]);
  const before = await writtenBy("event");
  await saveToldEvents(db, id, [launch]);
  expect(await writtenBy("event")).toBe(before);
  expect(await listAllEvents(db)).toEqual(new Map([[id, [launch]]]));
});

test("what nobody tells any more goes, and what a decision established stays until it is undone", async () => {
  await addChange(
    db,
    { initiativeId: id },
    {
      kind: "update",
      fingerprint: "c",
      id: "ch-1" as never,
      state: "open",
      title: "A",
      url: null,
      fields: [],
      other: null,
      evidence,
      confidence: 1,
      priority: 1,
      reasons: [],
      confirmBy: [],
      now,
    },
  );
  const decisionId = await addDecision(db, {
    changeId: "ch-1" as never,
    verdict: "accept",
    who: "c",
    why: undefined,
    at: now,
  });
  const decided = { ...launch, key: "d", kind: "sunset" as const, decisionId };
  await addEvent(db, id, decided);
  await saveToldEvents(db, id, [launch, { ...launch, key: "k2", on: "2020" }]);
  await saveToldEvents(db, id, [{ ...launch, on: "2019-06" }]);
  expect((await listEvents(db, id)).map(({ key, on }) => `${key} ${on}`)).toEqual([
    "d 2019-05",
    "k1 2019-06",
  ]);
  await saveToldEvents(db, id, []);
  expect(await listEvents(db, id)).toEqual([decided]);
  await removeEventsOf(db, decisionId);
  expect(await listEvents(db, id)).toEqual([]);
});

test("grants come back as they went in, once however often they are told", async () => {
  await saveToldGrants(db, id, [grant]);
  const before = await writtenBy("grant");
  await saveToldGrants(db, id, [grant]);
  expect(await writtenBy("grant")).toBe(before);
  expect(await listGrants(db, id)).toEqual([grant]);
  expect(await listAllGrants(db)).toEqual(new Map([[id, [grant]]]));
  await saveToldGrants(db, id, []);
  expect(await listGrants(db, id)).toEqual([]);
});

test("a grant of nobody to nobody is refused by the database", async () => {
  await expect(saveToldGrants(db, id, [{ key: "g", amount: 5, evidence }])).rejects.toThrow(
    /check/,
  );
});

test("a relation leads to an entry that exists, else to a name alone", async () => {
  const relation = (toName: string, to?: string): Relation => ({
    kind: "successor",
    toName,
    to: to as InitiativeId | undefined,
    evidence,
  });
  await saveToldRelations(db, id, [
    relation("Bee", "B"),
    relation("Gone", "no-such-entry"),
    relation("Other"),
  ]);
  expect((await listRelations(db, id)).map(({ toName, to }) => `${toName} ${to}`)).toEqual([
    "Bee B",
    "Gone undefined",
    "Other undefined",
  ]);
  const before = await writtenBy("relation");
  await saveToldRelations(db, id, [
    relation("Bee", "B"),
    relation("Gone", "no-such-entry"),
    relation("Other"),
  ]);
  expect(await writtenBy("relation")).toBe(before);
  await saveToldRelations(db, id, [relation("Other")]);
  expect(await listRelations(db, id)).toHaveLength(1);
});

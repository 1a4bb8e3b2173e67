import {
  emptyKnowledge,
  type InitiativeId,
  type InitiativeValues,
  Knowledge,
  type Mention,
} from "@waymark/domain";
import { indexRecords } from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import { addChange, listInitiatives, openPool, type Pool } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import { decideChange } from "./decide-change.ts";
import { importCatalog } from "./import-catalog.ts";
import { listCandidates } from "./list-candidates.ts";
import { refreshAllBlockKeys } from "./refresh-block-keys.ts";
import { refreshKnowledge } from "./refresh-knowledge.ts";
import { matchMentions } from "./steps/match-mentions.ts";
import { undoDecision } from "./undo-decision.ts";

let db: Pool;
let drop: () => Promise<void>;
let knowledge: Knowledge;
const now = new Date("2026-03-01T02:00:00Z");

const places = ["Amber", "Birch", "Copper", "Delta", "Ember", "Fern", "Grove", "Heron", "Iris"];
const things = ["Skills Bridge", "Career Pathways", "Badge Exchange", "Apprentice Network"];
const entries = places.flatMap((place, index) =>
  things.map((thing, at) => ({
    id: `wm-${index}-${at}`,
    name: `${place} ${thing}`,
    leadOrganization: at % 2 === 0 ? "Ferry Board" : `${place} College`,
    url: `https://${place.toLowerCase()}.example/${at}`,
  })),
);

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url);
  drop = database.drop;
  await importCatalog(db, entries, now);
  knowledge = await refreshKnowledge(db, now);
});
afterAll(async () => {
  await db.end();
  await drop();
});

const mentioned = (name: string, more: Partial<Mention> = {}): Mention => ({
  ...{ key: name, role: "listing", name, aliases: [], relations: [], signs: [], evidence: [] },
  range: { start: 0, end: 10 },
  relevance: { score: 0.9, reasons: [] },
  ...more,
});
const idsFor = async (values: InitiativeValues, limit?: number): Promise<string[]> => {
  const [found] = await listCandidates(db, [toRecord(values, knowledge)], knowledge, limit);
  return found!.map(({ id }) => id);
};

test("the nearest entry comes first, and no more than were asked for", async () => {
  expect((await idsFor({ name: "Copper Badge Exchange" }))[0]).toBe("wm-2-2");
  expect(await idsFor({ name: "Career Pathways" }, 3)).toHaveLength(3);
  expect(await idsFor({ name: "Zephyr" })).toEqual([]);
});

test("many mentions at once have the matches and candidates that each has alone", async () => {
  const mentions = places.flatMap((place) => [
    mentioned(`${place} Skills Bridges`),
    mentioned(`Network of ${place} Apprentices`, { leadOrganization: `${place} College` }),
    mentioned("Badge Exchange", { url: `https://${place.toLowerCase()}.example/2` }),
    mentioned(`${place} Orchard`),
  ]);
  const together = await matchMentions(db, [...mentions, ...mentions], knowledge);
  const alone = [];
  for (const mention of mentions) alone.push(...(await matchMentions(db, [mention], knowledge)));
  expect(together).toEqual([...alone, ...alone]);
  expect(alone.filter(({ initiativeId }) => initiativeId).length).toBeGreaterThan(places.length);
});

test("the database finds what the index in memory finds", async () => {
  const records = new Map(
    (await listInitiatives(db)).map(({ id, values }) => [id, toRecord(values, knowledge)]),
  );
  const inMemory = indexRecords(records, knowledge);
  for (const { name } of entries) {
    const record = toRecord({ name: `The ${name} Fund` }, knowledge);
    expect(await idsFor({ name: `The ${name} Fund` }, 20)).toEqual(
      inMemory(record, 20).map(({ id }) => id),
    );
  }
});

test("a merged entry comes back only when the merge is undone", async () => {
  const other = { id: "wm-0-1" as InitiativeId, name: "Amber Career Pathways" };
  await addChange(
    db,
    { initiativeId: "wm-0-0" as InitiativeId },
    {
      ...{ id: "ch-1" as never, kind: "duplicate", fingerprint: "f", title: "Amber", url: null },
      ...{ fields: [], other, confidence: 0.9, priority: 1, reasons: [], confirmBy: [] },
      ...{ state: "open", now },
      evidence: [
        { type: "outcome", url: "http://a.example/", outcome: "fetched", at: now.toISOString() },
      ],
    },
  );
  const named = { name: "Amber Career Pathways" };
  const request = { changeId: "ch-1", verdict: "accept" as const, who: "curator", now };
  const { decisionId } = await decideChange(db, request);
  expect(await idsFor(named)).not.toContain("wm-0-1");
  // Knowledge of the night after says nothing else.
  await refreshKnowledge(db, now);
  expect(await idsFor(named)).not.toContain("wm-0-1");
  await undoDecision(db, { decisionId, who: "curator", now });
  expect((await idsFor(named))[0]).toBe("wm-0-1");
});

test("keys that are not true any more are put right, and only those are written", async () => {
  const stored = await listInitiatives(db);
  expect(await refreshAllBlockKeys(db, stored)).toBe(0);
  await db.query("update block_key set keys = '{1}' where initiative_id in ('wm-3-0', 'wm-3-1')");
  await db.query("delete from block_key where initiative_id = 'wm-3-2'");
  expect(await idsFor({ name: "Delta Badge Exchange" }, 3)).not.toContain("wm-3-2");
  expect(await refreshAllBlockKeys(db, stored)).toBe(3);
  expect((await idsFor({ name: "Delta Badge Exchange" }))[0]).toBe("wm-3-2");
});

test("an alias that a curator adds is searched for without any key being written", async () => {
  const values = { name: "Amber Badges", leadOrganization: "Harbor Crossing Authority" };
  const before = await idsFor(values);
  await db.query(
    "insert into organization (name, aliases) values ('Ferry Board', '{Harbor Crossing Authority}')",
  );
  const { keyCounts: _before, ...known } = knowledge;
  const next = await refreshKnowledge(db, now);
  expect(await refreshAllBlockKeys(db, await listInitiatives(db))).toBe(0);
  const [after] = await listCandidates(db, [toRecord(values, next)], next, 20);
  expect(after![0]!.id).toBe("wm-0-2");
  expect(after!.length).toBeGreaterThanOrEqual(before.length);
  // Knowledge that was kept before keys were counted is read as counting none.
  expect(Knowledge.parse(known).keyCounts).toEqual(emptyKnowledge.keyCounts);
});

import type { Field, FieldValue, InitiativeId, MentionId } from "@waymark/domain";
import {
  addChange,
  findInitiative,
  listMentions,
  listQueue,
  openPool,
  type Pool,
} from "@waymark/store";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import { dumpCatalog } from "../test/catalog-dump.ts";
import { addToldPage, tells } from "../test/told-pages.ts";
import { decideChange } from "./decide-change.ts";
import { type CatalogRow, importCatalog } from "./import-catalog.ts";
import { judgePair } from "./judge-pair.ts";
import { foreseeUnmerge, mergeEntries, splitEntry, unmergeEntry } from "./merge-by-hand.ts";
import { refreshHistories } from "./steps/save-history.ts";
import { undoDecision } from "./undo-decision.ts";

let db: Pool;
let drop: () => Promise<void>;
const now = new Date("2026-03-01T02:00:00Z");
const who = "rosa";
const id = (text: string) => text as InitiativeId;

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url, { max: 4 });
  drop = database.drop;
});
afterAll(async () => {
  await db.end();
  await drop();
});

const rows: CatalogRow[] = [
  { id: "A", name: "River Skills Compact", funders: ["Oak Fund"], url: "http://river.example/" },
  { id: "B", name: "Harbor Credential Exchange", funders: ["Elm Trust"], acronym: "HCE" },
  { id: "C", name: "Prairie Apprenticeship Bridge", states: ["OH"] },
  { id: "D", name: "Lantern Pathways", aliases: ["Light Works"], funders: ["Ash Fund"] },
];

async function begin(): Promise<void> {
  await db.query(
    "truncate initiative, change, decision, judgement, merge, cluster, source, host, snapshot cascade",
  );
  await importCatalog(db, rows, now);
  for (const row of rows) {
    const mention = tells(row.name, {
      relations: [{ kind: "part_of", name: "The Great Alliance" }],
      evidence: [
        ...tells(row.name).evidence,
        {
          field: "relation",
          value: "The Great Alliance",
          quote: "part of The Great Alliance",
          start: 0,
          end: 26,
          method: "sentence",
          confidence: 0.8,
        },
      ],
    });
    await addToldPage(db, `${row.id}-1`, mention, id(row.id));
    await addToldPage(db, `${row.id}-2`, tells(`${row.name} of old`), id(row.id));
  }
  await refreshHistories(
    db,
    rows.map((row) => id(row.id)),
  );
}
beforeEach(begin);

const merge = (from: string, into: string) =>
  mergeEntries(db, { from: id(from), into: id(into), who, now });
const unmerge = (from: string) => unmergeEntry(db, { id: id(from), who, now });
const mentionsOf = async (entry: string): Promise<MentionId[]> =>
  (await db.query("select id from mention where initiative_id = $1 order by id", [entry])).rows.map(
    (row) => row.id,
  );

let number = 0;
/** A change from pages that somebody accepts, so that other decisions lie between. */
async function write(entry: string, field: Field, value: FieldValue): Promise<number> {
  const changeId = `ch-${++number}`;
  await addChange(
    db,
    { initiativeId: id(entry) },
    {
      kind: "update",
      fingerprint: changeId,
      title: entry,
      url: null,
      fields: [{ field, old: null, new: value }],
      other: null,
      evidence: [
        { type: "outcome", url: "http://a.example/", outcome: "fetched", at: now.toISOString() },
      ],
      confidence: 0.9,
      priority: 1,
      reasons: [],
      confirmBy: [],
      id: changeId as never,
      state: "open",
      now,
    },
  );
  try {
    return (await decideChange(db, { changeId, verdict: "accept", who, now })).decisionId;
  } catch (error) {
    await db.query("delete from change where id = $1", [changeId]);
    throw error;
  }
}

test("the entry that somebody names stays, whatever its id", async () => {
  await merge("A", "B");
  expect(await findInitiative(db, id("A"))).toMatchObject({ mergedInto: "B" });
  expect((await findInitiative(db, id("B")))?.values).toMatchObject({
    name: "Harbor Credential Exchange",
    url: "http://river.example/",
    aliases: ["River Skills Compact"],
  });
  expect(await mentionsOf("B")).toHaveLength(4);
});

test("what waited for the entry that goes leaves the queue, and comes back with it", async () => {
  await addChange(
    db,
    { initiativeId: id("A") },
    {
      kind: "stale",
      fingerprint: "f",
      title: "River Skills Compact",
      url: null,
      fields: [],
      other: null,
      evidence: [
        { type: "outcome", url: "http://a.example/", outcome: "gone", at: now.toISOString() },
      ],
      confidence: 0.9,
      priority: 1,
      reasons: [],
      confirmBy: [],
      id: "ch-stale" as never,
      state: "open",
      now,
    },
  );
  const waiting = async () =>
    (await listQueue(db, { limit: 9, offset: 0, kind: "stale" })).changes.map(
      (change) => change.id,
    );
  await merge("A", "B");
  expect(await waiting()).toEqual([]);
  await unmerge("A");
  expect(await waiting()).toEqual(["ch-stale"]);
});

test("what pages brought since the merge goes with the entry that it is about", async () => {
  await merge("A", "B");
  const came = await Promise.all(
    (["River Skills Compact", "Harbor Credential Exchange", "Some Quay Circle"] as const).map(
      (name, at) => addToldPage(db, `since-${at}`, tells(name), id("B")),
    ),
  );
  await db.query("update mention set first_seen_at = $1 where id = any($2::text[])", [
    new Date(now.getTime() + 1000),
    came,
  ]);
  const [ofA, ofB, other] = came;
  await unmerge("A");
  expect(await mentionsOf("A")).toContain(ofA);
  expect(await mentionsOf("B")).toEqual(expect.arrayContaining([ofB, other]));
  expect(await mentionsOf("B")).not.toContain(ofA);
});

test("un-merging is told before it is done, and writes nothing until then", async () => {
  await merge("A", "B");
  await merge("B", "C");
  const before = await dumpCatalog(db);
  const { effects, blockedBecause } = await foreseeUnmerge(db, id("A"));
  expect(blockedBecause).toBeUndefined();
  expect(effects).toEqual([
    "“River Skills Compact” (A) stands for itself again and leaves “Prairie Apprenticeship Bridge” (C).",
    "2 mentions go back to it.",
    "B loses what came with it: aliases, funders, url.",
    "C loses what came with it: aliases, funders, url.",
  ]);
  expect(await dumpCatalog(db)).toBe(before);
});

test("what is in the way of un-merging is named, and nothing is half undone", async () => {
  await merge("A", "B");
  const later = await write("B", "funders", ["Elm Trust", "Oak Fund", "Yew Trust"]);
  const before = await dumpCatalog(db);
  const refused = `A later decision changed funders: undo that first. (decision ${later} by rosa)`;
  await expect(unmerge("A")).rejects.toThrow(refused);
  expect((await foreseeUnmerge(db, id("A"))).blockedBecause).toBe(refused);
  expect(await dumpCatalog(db)).toBe(before);
  await expect(unmerge("D")).rejects.toThrow("was not merged into another entry");
});

test("split mentions become an entry of their own that the matcher leaves alone, and come back", async () => {
  const before = await dumpCatalog(db);
  const [one] = await mentionsOf("A");
  const { decisionId, initiativeId } = await splitEntry(db, {
    id: id("A"),
    mentionIds: [one!],
    into: "entry",
    name: "River Pilot",
    who,
    now,
  });
  expect((await findInitiative(db, initiativeId!))?.values.name).toBe("River Pilot");
  expect(await mentionsOf(initiativeId!)).toEqual([one]);
  await expect(
    judgePair(db, {
      a: { initiativeId: initiativeId! },
      b: { initiativeId: id("A") },
      verdict: "same",
      who,
      now,
    }),
  ).rejects.toThrow("is a mention of “River Pilot”");
  await undoDecision(db, { decisionId, who, now });
  expect(await dumpCatalog(db)).toBe(before);
});

test("split mentions of an unseen effort are never put back, and an undo puts them back", async () => {
  const before = await dumpCatalog(db);
  const mentionIds = await mentionsOf("A");
  const { decisionId } = await splitEntry(db, {
    id: id("A"),
    mentionIds,
    into: "unseen",
    who,
    now,
  });
  for (const mention of await listMentions(db, mentionIds))
    expect(mention).toMatchObject({ initiativeId: undefined, match: { verdict: "different" } });
  await undoDecision(db, { decisionId, who, now });
  expect(await dumpCatalog(db)).toBe(before);
});

test("a mention that is none of the entry's cannot be split off, and nothing is written", async () => {
  const before = await dumpCatalog(db);
  const [other] = await mentionsOf("B");
  await expect(
    splitEntry(db, { id: id("A"), mentionIds: [other!], into: "entry", who, now }),
  ).rejects.toThrow(`has no mention "${other}"`);
  expect(await dumpCatalog(db)).toBe(before);
});

test("any merges and decisions, taken back in any order, leave the whole catalog as it was", async () => {
  const entry = fc.constantFrom("A", "B", "C", "D");
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ merge: fc.tuple(entry, entry) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        write: fc.tuple(
          entry,
          fc.constantFrom(
            ["status", "active"] as const,
            ["states", ["TX"]] as const,
            ["funders", ["Yew Trust"]] as const,
          ),
        ),
      }),
    },
    { weight: 1, arbitrary: fc.record({ split: entry }) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 2, maxLength: 6 }),
      fc.infiniteStream(fc.nat(1000)),
      async (steps, chance) => {
        await begin();
        const before = await dumpCatalog(db);
        const done: number[] = [];
        for (const each of steps) {
          const decided = await attempt(each);
          if (decided !== undefined) done.push(decided);
        }
        while (done.length > 0) {
          const standing = done.length;
          for (const decisionId of [...done].sort(() => (chance.next().value % 2 ? 1 : -1))) {
            const untouched = await dumpCatalog(db);
            const undone = await undoDecision(db, { decisionId, who, now }).catch((error) => error);
            if (undone instanceof Error) {
              expect(undone).toMatchObject({ name: "Conflict" });
              expect(undone.message).toMatch(/decision \d+ by rosa/);
              expect(await dumpCatalog(db)).toBe(untouched);
            } else done.splice(done.indexOf(decisionId), 1);
          }
          expect(done.length).toBeLessThan(standing);
        }
        expect(await dumpCatalog(db)).toBe(before);
      },
    ),
    { seed: 41, numRuns: 15 },
  );
}, 120_000);

type Step =
  | { merge: [string, string] }
  | { write: [string, readonly [Field, FieldValue | readonly string[]]] }
  | { split: string };

/** Carries a step out where it can be; returns the number of its decision. */
async function attempt(step: Step): Promise<number | undefined> {
  try {
    if ("merge" in step) return (await merge(...step.merge)).decisionId;
    if ("write" in step) {
      const [entry, [field, value]] = step.write;
      return await write(entry, field, value as FieldValue);
    }
    const mentionIds = (await mentionsOf(step.split)).slice(0, 1);
    return (await splitEntry(db, { id: id(step.split), mentionIds, into: "unseen", who, now }))
      .decisionId;
  } catch (error) {
    if (error instanceof Error && /^(Conflict|BadInput)$/.test(error.name)) return undefined;
    throw error;
  }
}

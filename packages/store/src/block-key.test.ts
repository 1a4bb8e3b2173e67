import { InitiativeId } from "@waymark/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import {
  addInitiative,
  countBlockKeys,
  listKeyHolders,
  openPool,
  type Pool,
  removeInitiative,
  saveBlockKeys,
  saveMergedInto,
  transaction,
} from "./index.ts";

let pool: Pool;
let drop: () => Promise<void>;
const idOf = (number: number) => InitiativeId.parse(`wm-${String(number).padStart(4, "0")}`);

// Entry n holds n, its tens and whether it is even.
const keysOf = (number: number) => [
  -2 + (number % 2),
  10_000 + Math.floor(number / 10),
  number + 1,
];

beforeAll(async () => {
  const database = await createTestDatabase();
  pool = openPool(database.url);
  drop = database.drop;
  const entries = Array.from({ length: 400 }, (_, number) => ({
    id: idOf(number),
    keys: keysOf(number),
  }));
  for (const { id } of entries) await addInitiative(pool, id, new Date("2026-03-01"));
  expect(await saveBlockKeys(pool, entries)).toBe(400);
});
afterAll(async () => {
  await pool.end();
  await drop();
});

const find = async (any: number[], all: number[][] = []) =>
  (await listKeyHolders(pool, [{ any, all }]))[0]!.map(({ id }) => id);

test("holders of any key, and of all keys of a combination", async () => {
  expect(await find([8])).toEqual([idOf(7)]);
  expect(await find([8, 10_039])).toHaveLength(11);
  const even = [390, 392, 394, 396, 398].map(idOf);
  expect((await find([], [[10_039, -2]])).toSorted()).toEqual(even);
  expect(await find([])).toEqual([]);
});

test("each holder comes once, with all its keys as they were written", async () => {
  const [found] = await listKeyHolders(pool, [{ any: [8, -99], all: [[8, -1]] }]);
  expect(found).toEqual([{ id: idOf(7), keys: keysOf(7) }]);
});

test("many searches in one query bring what each brings alone", async () => {
  const searches = Array.from({ length: 60 }, (_, number) => ({
    any: number % 7 === 0 ? [] : [number + 1, 10_000 + (number % 40)],
    all:
      number % 3 === 0
        ? [
            [10_000 + (number % 40), -2],
            [-1, number + 1],
          ]
        : [],
  }));
  const together = await listKeyHolders(pool, searches);
  for (const [index, search] of searches.entries()) {
    expect([together[index]]).toEqual(await listKeyHolders(pool, [search]));
  }
});

test("keys that stand as they were are not written again", async () => {
  const entry = (keys: number[]) => [{ id: idOf(3), keys }];
  expect(await saveBlockKeys(pool, entry(keysOf(3)))).toBe(0);
  expect(await saveBlockKeys(pool, entry([50_077]))).toBe(1);
  expect(await find([50_077])).toEqual([idOf(3)]);
  expect(await saveBlockKeys(pool, entry(keysOf(3)))).toBe(1);
});

test("a merged entry is found no more, whatever is written for it, until it stands again", async () => {
  await saveMergedInto(pool, idOf(20), idOf(21));
  expect(await find([21])).toEqual([]);
  await saveBlockKeys(pool, [{ id: idOf(20), keys: [...keysOf(20), 50_088] }]);
  expect(await find([50_088])).toEqual([]);
  const holders = (await countBlockKeys(pool, 8))[10_002];
  expect(holders).toBe(9);
  await saveMergedInto(pool, idOf(20), undefined);
  expect(await find([50_088])).toEqual([idOf(20)]);
  await saveBlockKeys(pool, [{ id: idOf(20), keys: keysOf(20) }]);
});

test("keys written for a merged entry that had none are not found either", async () => {
  await addInitiative(pool, InitiativeId.parse("wm-late"), new Date("2026-03-01"));
  await saveMergedInto(pool, InitiativeId.parse("wm-late"), idOf(1));
  await saveBlockKeys(pool, [{ id: InitiativeId.parse("wm-late"), keys: [99_999] }]);
  expect(await find([99_999])).toEqual([]);
  await removeInitiative(pool, InitiativeId.parse("wm-late"));
});

test("only common keys are counted", async () => {
  const counts = await countBlockKeys(pool, 10);
  expect(counts).toEqual({ "-2": 200, "-1": 200 });
});

test("somebody who is writing does not keep a search from finding", async () => {
  await transaction(pool, async (db) => {
    await saveBlockKeys(db, [{ id: idOf(50), keys: [555] }]);
    expect(await find([51])).toEqual([idOf(50)]);
    expect(await find([555])).toEqual([]);
  });
  expect(await find([555])).toEqual([idOf(50)]);
  expect(await find([51])).toEqual([]);
});

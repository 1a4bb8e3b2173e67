import type { InitiativeId, InitiativeValues } from "@waymark/domain";
import { mayAskAgain } from "@waymark/match";
import {
  countUncompared,
  listDueInitiatives,
  listPairs,
  openPool,
  type Pool,
  saveInitiativeReviewed,
  saveMatchCosts,
  saveMergedInto,
} from "@waymark/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import { findPairs } from "./find-pairs.ts";
import { importCatalog } from "./import-catalog.ts";
import { judgePair } from "./judge-pair.ts";
import { refreshKnowledge } from "./refresh-knowledge.ts";

let db: Pool;
let drop: () => Promise<void>;
const now = new Date("2026-03-01T02:00:00Z");
const later = new Date("2026-03-02T02:00:00Z");

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url, { max: 3 });
  drop = database.drop;
});
afterAll(async () => {
  await db.end();
  await drop();
});

const catalog: (InitiativeValues & { id: string })[] = [
  {
    id: "HV-1",
    name: "Hollow Valley Apprenticeship Compact",
    leadOrganization: "Hollow Valley College",
    url: "https://compact.hollow.example/",
  },
  {
    id: "HV-2",
    name: "Apprenticeship Compact of Hollow Valley",
    leadOrganization: "Hollow Valley College",
    url: "https://compact.hollow.example/",
  },
  {
    id: "SB-1",
    name: "Slate Bridge Skills Passport",
    leadOrganization: "Slate Works",
    states: ["OH"],
  },
  {
    id: "SB-2",
    name: "Slate Bridge Skills Passport Phase II",
    leadOrganization: "Slate Works",
    states: ["OH"],
  },
  { id: "LN-1", name: "Lantern Credential Registry", leadOrganization: "Lantern Trust" },
];

beforeEach(async () => {
  await db.query("truncate initiative, judgement, merge, knowledge, match_cost cascade");
  await importCatalog(db, catalog, now);
});

const idsOf = async (verdict?: "same" | "unsure" | "related") =>
  (await listPairs(db, { verdict })).pairs.map(({ entry, other }) => `${entry.id} ${other.id}`);

/** Marks all as reviewed, so that what a sweep makes due can be seen. */
async function settle(): Promise<void> {
  for (const id of await listDueInitiatives(db))
    await saveInitiativeReviewed(db, id, { freshness: { step: "fresh", reason: "" }, now });
}

test("a sweep finds what is the same and what is related, once for each pair", async () => {
  await settle();
  const { entries, toReview } = await findPairs(db, { now });
  expect(entries).toBe(5);
  expect(await idsOf("same")).toEqual(["HV-1 HV-2"]);
  expect(await idsOf("related")).toEqual(["SB-1 SB-2"]);
  expect(toReview).toEqual(["HV-1", "HV-2"]);
  // Review proposes the duplicate.
  expect(await listDueInitiatives(db)).toEqual(["HV-1", "HV-2"]);
});

test("only what was touched is compared again, and an unchanged catalog leaves all as it was", async () => {
  await findPairs(db, { now });
  const before = (await db.query("select * from pair order by id")).rows;
  expect(await findPairs(db, { now: later })).toEqual({ entries: 0, toReview: [] });
  await importCatalog(db, [{ ...catalog[4]!, states: ["TX"] }], later);
  expect((await findPairs(db, { now: later })).entries).toBe(1);
  expect((await db.query("select * from pair order by id")).rows).toEqual(before);
});

test("a pair follows the values of its entries: it changes, goes and comes back", async () => {
  await findPairs(db, { now });
  const renamed = {
    id: "SB-2",
    name: "Copper Dale Nursing Ladder",
    leadOrganization: "Copper Dale",
    states: ["TX"],
  };
  await importCatalog(db, [renamed], later);
  await findPairs(db, { now: later });
  expect(await idsOf()).toEqual(["HV-1 HV-2"]);
  await importCatalog(db, [catalog[3]!], later);
  await findPairs(db, { now: later });
  expect(await idsOf("related")).toEqual(["SB-1 SB-2"]);
});

test("an entry that was merged is in no pair that waits, and is compared again when it stands for itself", async () => {
  await findPairs(db, { now });
  const [from, into] = ["HV-2", "HV-1"] as InitiativeId[];
  await saveMergedInto(db, from!, into);
  expect(await idsOf("same")).toEqual([]);
  await findPairs(db, { now: later });
  await saveMergedInto(db, from!, undefined);
  expect(await countUncompared(db)).toBe(1);
  await findPairs(db, { now: later });
  expect(await idsOf("same")).toEqual(["HV-1 HV-2"]);
});

const judge = (verdict: "same" | "different" | "unsure") =>
  judgePair(db, {
    a: { initiativeId: "SB-2" as InitiativeId },
    b: { initiativeId: "SB-1" as InitiativeId },
    verdict,
    who: "ada",
    now,
  });

test("what a person judged does not wait any more, whichever is named first", async () => {
  await findPairs(db, { now });
  await judge("different");
  expect(await idsOf("related")).toEqual([]);
});

test("who was unsure is asked again when a side says something else that matters", async () => {
  await findPairs(db, { now });
  await judge("unsure");
  await findPairs(db, { now: later });
  expect(await idsOf()).toEqual(["HV-1 HV-2"]);
  await importCatalog(db, [{ ...catalog[3]!, topics: ["badges"] }], later);
  await findPairs(db, { now: later });
  expect(await idsOf()).toEqual(["HV-1 HV-2"]);
  await importCatalog(db, [{ ...catalog[3]!, name: "Slate Bridge Skills Passport" }], later);
  await findPairs(db, { now: later });
  expect(await idsOf()).toContain("SB-1 SB-2");
});

test("the rule when to ask again is told in SQL as match tells it", async () => {
  await findPairs(db, { now });
  await judge("unsure");
  const then = { fingerprint: "one", verdict: "unsure", score: 0.6 } as const;
  await db.query("update judgement set basis = $1", [JSON.stringify(then)]);
  for (const fingerprint of ["one", "two"])
    for (const verdict of ["unsure", "related", "same"] as const)
      for (const score of [0.45, 0.55, 0.6, 0.69, 0.75]) {
        await db.query(
          "update pair set fingerprint = $1, verdict = $2, score = $3 where initiative_id like 'SB-%'",
          [fingerprint, verdict, score],
        );
        const isAsked = (await idsOf()).includes("SB-1 SB-2");
        expect(isAsked).toBe(mayAskAgain(then, { fingerprint, verdict, score }));
      }
});

test("other costs of mistakes make every entry due again", async () => {
  await findPairs(db, { now });
  expect((await findPairs(db, { now: later })).entries).toBe(0);
  await saveMatchCosts(db, { falseSame: 30, missedSame: 2, asking: 1 }, { who: "ada", now: later });
  await refreshKnowledge(db, later);
  expect((await findPairs(db, { now: later })).entries).toBe(5);
  expect((await findPairs(db, { now: later })).entries).toBe(0);
});

test("a sweep that was stopped goes on where it was", async () => {
  const stopping = AbortSignal.abort();
  expect((await findPairs(db, { now, stopping })).entries).toBe(0);
  expect((await findPairs(db, { now })).entries).toBe(5);
});

test("the doubtful pair comes before the sure one", async () => {
  await findPairs(db, { now });
  await db.query("update pair set score = case when initiative_id = 'SB-1' then 0.5 else 0.99 end");
  expect(await idsOf()).toEqual(["SB-1 SB-2", "HV-1 HV-2"]);
});

test("pairs are narrowed by verdict, by name and to some at a time", async () => {
  await findPairs(db, { now });
  const { pairs, total } = await listPairs(db, { name: "slate bridge", limit: 1 });
  expect([pairs.length, total]).toEqual([1, 1]);
  expect((await listPairs(db, { limit: 1 })).total).toBe(2);
  expect((await listPairs(db, { of: "mention" })).total).toBe(0);
  expect((await listPairs(db, { name: "100%" })).total).toBe(0);
});

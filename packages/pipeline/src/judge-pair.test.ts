import type { InitiativeId, JudgedSide, JudgementVerdict, MentionId } from "@waymark/domain";
import {
  findChange,
  listMentions,
  listQueue,
  listStandingJudgements,
  lockJudgements,
  openPool,
  type Pool,
} from "@waymark/store";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import { addToldPage, tells } from "../test/told-pages.ts";
import { decideChange } from "./decide-change.ts";
import { importCatalog } from "./import-catalog.ts";
import { judgePair } from "./judge-pair.ts";
import { mergeEntries, unmergeEntry } from "./merge-by-hand.ts";
import { gatherEfforts } from "./steps/gather-efforts.ts";
import { undoDecision } from "./undo-decision.ts";

let db: Pool;
let drop: () => Promise<void>;
const now = new Date("2026-03-01T02:00:00Z");

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url, { max: 4 });
  drop = database.drop;
});
afterAll(async () => {
  await db.end();
  await drop();
});
beforeEach(async () => {
  await db.query(
    "truncate initiative, change, decision, judgement, merge, cluster, source, host, snapshot cascade",
  );
  await importCatalog(
    db,
    [
      { id: "A", name: "River Skills Compact", leadOrganization: "Alder College" },
      { id: "B", name: "Harbor Credential Exchange" },
      { id: "C", name: "Prairie Apprenticeship Bridge" },
    ],
    now,
  );
});

const entry = (id: string): JudgedSide => ({ initiativeId: id as InitiativeId });
const mention = (mentionId: MentionId): JudgedSide => ({ mentionId });
const judge = (a: JudgedSide, b: JudgedSide, verdict: JudgementVerdict, who = "rosa") =>
  judgePair(db, { a, b, verdict, who, now });
const placeOf = async (id: MentionId) => (await listMentions(db, [id]))[0];
const gather = async () => {
  const client = await db.connect();
  try {
    await client.query("begin");
    await gatherEfforts(client, now);
    await client.query("commit");
  } finally {
    client.release();
  }
};

test("same of two entries asks for their merge, and does not merge", async () => {
  const { changeId, changeState } = await judge(entry("A"), entry("B"), "same");
  expect(changeState).toBe("open");
  const { changes } = await listQueue(db, { kind: "duplicate", limit: 9, offset: 0 });
  expect(changes).toMatchObject([
    { id: changeId, other: { id: "A" }, by: { who: "rosa" }, evidence: [] },
  ]);
  expect((await db.query("select from merge")).rowCount).toBe(0);
  await decideChange(db, { changeId: changeId!, verdict: "accept", who: "tom", now });
  expect((await db.query("select into_id from merge")).rows).toEqual([{ into_id: "A" }]);
});

test("said twice it is one question, and different takes it back", async () => {
  const { changeId } = await judge(entry("A"), entry("B"), "same");
  expect((await judge(entry("B"), entry("A"), "same", "tom")).changeId).toBe(changeId);
  await judge(entry("A"), entry("B"), "different");
  expect((await findChange(db, changeId!))?.state).toBe("withdrawn");
  expect((await listStandingJudgements(db)).map(({ verdict }) => verdict)).toEqual(["different"]);
  // Nothing was deleted.
  expect((await db.query("select from judgement")).rowCount).toBe(3);
  expect((await judge(entry("A"), entry("B"), "same")).changeState).toBe("open");
});

test("a contradiction is refused, and names who said what when", async () => {
  await judge(entry("A"), entry("B"), "same");
  await judge(entry("B"), entry("C"), "same", "tom");
  const refused = judge(entry("A"), entry("C"), "different");
  await expect(refused).rejects.toThrow(
    /rosa said on 2026-03-01 that “River Skills Compact” \(A\) and .* \(B\) are the same \(judgement \d+\); tom said/,
  );
  await expect(refused).rejects.toMatchObject({ name: "Conflict" });
  expect((await db.query("select from judgement")).rowCount).toBe(2);
});

test("of two people who contradict each other at the same moment, one is told", async () => {
  await judge(entry("A"), entry("B"), "same");
  const both = await Promise.allSettled([
    judge(entry("B"), entry("C"), "same", "tom"),
    judge(entry("A"), entry("C"), "different", "ann"),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("what cannot be found, or is judged against itself, is refused", async () => {
  await expect(judge(entry("A"), entry("Z"), "same")).rejects.toThrow('there is no entry "Z"');
  await expect(judge(entry("A"), entry("A"), "same")).rejects.toThrow("against itself");
  await expect(judge(entry("A"), mention("mn-none" as MentionId), "same")).rejects.toThrow(
    'there is no mention "mn-none"',
  );
});

test("a mention judged same gets its entry whatever the score, and different takes it out for good", async () => {
  const id = await addToldPage(db, "a", tells("Quite Another Name"));
  await judge(mention(id), entry("B"), "same");
  expect(await placeOf(id)).toMatchObject({
    initiativeId: "B",
    match: { verdict: "same", initiativeId: "B" },
  });
  await judge(mention(id), entry("B"), "different");
  expect(await placeOf(id)).toMatchObject({ initiativeId: undefined });
  const namesake = await addToldPage(db, "b", tells("Harbor Credential Exchange"));
  await judge(mention(namesake), entry("B"), "different");
  await gather();
  expect(await placeOf(namesake)).toMatchObject({
    initiativeId: undefined,
    match: { verdict: "different" },
    clusterId: expect.any(String),
  });
});

test("what was said of one mention holds for those that are the same", async () => {
  const one = await addToldPage(db, "a", tells("Quite Another Name"));
  const other = await addToldPage(db, "b", tells("A Third Name"));
  await judge(mention(one), mention(other), "same");
  await judge(mention(one), entry("C"), "same");
  expect(await placeOf(other)).toMatchObject({ initiativeId: "C" });
  await expect(judge(mention(other), entry("C"), "different")).rejects.toThrow("contradicts");
  await judge(mention(one), entry("C"), "different");
  expect(await placeOf(one)).toMatchObject({ initiativeId: undefined });
  expect(await placeOf(other)).toMatchObject({ initiativeId: undefined });
});

test("two mentions judged different never come to one entry, whoever is matched first", async () => {
  const [one, other] = [
    await addToldPage(db, "a", tells("Harbor Credential Exchange")),
    await addToldPage(db, "b", tells("The Harbor Credential Exchange")),
  ];
  await judge(mention(one), mention(other), "different");
  await gather();
  const places = [await placeOf(one), await placeOf(other)].map((each) => each?.initiativeId);
  expect(places.filter((id) => id === "B").length).toBe(1);
});

test("mentions judged same form one unseen effort, however little they look alike", async () => {
  const one = await addToldPage(db, "a", tells("Lantern Pathways"));
  const other = await addToldPage(db, "b", tells("Sky Ladder"));
  const third = await addToldPage(db, "c", tells("The Lantern Pathways Initiative"));
  await judge(mention(one), mention(other), "same");
  await judge(mention(third), mention(other), "different");
  await gather();
  const [a, b, c] = [await placeOf(one), await placeOf(other), await placeOf(third)];
  expect(a?.clusterId).toBe(b?.clusterId);
  expect(c?.clusterId).not.toBe(a?.clusterId);
});

test("a merge across a different is refused, also where it was said of third ones", async () => {
  await judge(entry("A"), entry("B"), "different");
  await judge(entry("B"), entry("C"), "same");
  await expect(
    mergeEntries(db, { from: "C" as InitiativeId, into: "A" as InitiativeId, who: "tom", now }),
  ).rejects.toThrow(/cannot be merged: .*rosa said on 2026-03-01 that .*\(A\) and .*\(B\) are two/);
  expect((await db.query("select from merge")).rowCount).toBe(0);
  expect(
    (await db.query("select from change where kind = 'duplicate' and state = 'accepted'")).rowCount,
  ).toBe(0);
});

test("what was said of an entry that was merged holds for the one that stayed", async () => {
  await judge(entry("B"), entry("C"), "different");
  await mergeEntries(db, { from: "B" as InitiativeId, into: "A" as InitiativeId, who: "tom", now });
  await expect(judge(entry("A"), entry("C"), "same")).rejects.toThrow("was merged into");
  const id = await addToldPage(db, "a", tells("Prairie Apprenticeship Bridge"));
  await judge(mention(id), entry("B"), "same");
  expect(await placeOf(id)).toMatchObject({ initiativeId: "A" });
});

describe("who decides on a pair waits for who judges, and holds nothing meanwhile", () => {
  /** Does something while somebody judges, and says whether what is asked for can be locked then. */
  async function whileJudging(doing: () => Promise<unknown>, rows: string): Promise<void> {
    const judging = await db.connect();
    try {
      await judging.query("begin");
      await lockJudgements(judging);
      const done = doing();
      await vi.waitFor(async () => {
        // Of this database alone: other tests wait for locks of their own.
        const waiting = `select from pg_locks join pg_database on pg_database.oid = database
          where locktype = 'advisory' and not granted and datname = current_database()`;
        expect((await db.query(waiting)).rowCount).toBe(1);
      });
      expect((await judging.query(`${rows} for update nowait`)).rowCount).toBeGreaterThan(0);
      await judging.query("commit");
      await done;
    } finally {
      judging.release();
    }
  }
  const changes = "select id from change where kind = 'duplicate'";
  const entries = "select id from initiative";
  const merge = () =>
    mergeEntries(db, { from: "B" as InitiativeId, into: "A" as InitiativeId, who: "rosa", now });

  test("deciding", async () => {
    const { changeId } = await judge(entry("A"), entry("B"), "same");
    const decide = () =>
      decideChange(db, { changeId: changeId!, verdict: "accept", who: "rosa", now });
    await whileJudging(decide, changes);
  });
  test("merging by hand", async () => {
    await judge(entry("A"), entry("B"), "same");
    await whileJudging(merge, changes);
  });
  test("undoing", async () => {
    const { decisionId } = await merge();
    await whileJudging(() => undoDecision(db, { decisionId, who: "rosa", now }), changes);
  });
  test("un-merging", async () => {
    await merge();
    await whileJudging(
      () => unmergeEntry(db, { id: "B" as InitiativeId, who: "rosa", now }),
      entries,
    );
  });
});

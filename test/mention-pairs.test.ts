import { importCatalog, judgePair } from "@waymark/pipeline";
import { listPairs, openPool, type Pool, transaction } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleNow } from "../packages/desk/test/sample-ids.ts";
import { addSampleRows } from "../packages/desk/test/sample-rows.ts";
import { gatherEfforts } from "../packages/pipeline/src/steps/gather-efforts.ts";
import { createTestDatabase, type TestDatabase } from "./setup/database.ts";

let database: TestDatabase;
let db: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openPool(database.url);
  await addSampleRows(db);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

/** What waits about the one mention of the sample that is about no entry. */
const waiting = async () =>
  (await listPairs(db, { of: "mention" })).pairs.map(({ entry, other, match }) => ({
    entry: entry.id,
    mention: other.id,
    verdict: match.verdict,
  }));
const gather = () => transaction(db, (client) => gatherEfforts(client, sampleNow));
const call = (name: string) =>
  db.query(
    `update mention set regroup = true, mention = mention || jsonb_build_object('name', $1::text, 'aliases', '[]'::jsonb) - 'leadOrganization' where id = 'mention-2'`,
    [name],
  );

test("each wave renews the pairs of mentions: they come, follow the words, are judged and go", async () => {
  const twins = ["TW-1", "TW-2"].map((id, at) => ({
    id,
    name: "Quarry Road Credential Studio",
    leadOrganization: ["Quarry College", "Road Union"][at]!,
    states: [["ME"], ["NV"]][at]!,
  }));
  await importCatalog(db, twins, sampleNow);
  await call("Quarry Road Credential Studio");
  await gather();
  const [pair, ...others] = await waiting();
  expect(others).toEqual([]);
  expect(pair).toMatchObject({ mention: "mention-2", verdict: "unsure" });
  expect(["TW-1", "TW-2"]).toContain(pair!.entry);

  // An entry that is something else by now leaves the other one to be it.
  const gone = { id: pair!.entry, name: "Unlike Any Other Ladder", states: ["TX"] };
  await importCatalog(db, [gone], sampleNow);
  await gather();
  expect((await waiting()).map(({ entry }) => entry)).not.toContain(pair!.entry);
  await importCatalog(db, twins, sampleNow);

  await call("Nothing That Anybody Ever Named");
  await gather();
  expect(await waiting()).toEqual([]);

  await call("Quarry Road Credential Studio");
  await gather();
  const [again] = await waiting();
  await judgePair(db, {
    a: { initiativeId: again!.entry as never },
    b: { mentionId: "mention-2" as never },
    verdict: "same",
    who: "ada",
    now: sampleNow,
  });
  expect(await waiting()).toEqual([]);
  await gather();
  expect(await waiting()).toEqual([]);
  const { rows } = await db.query("select initiative_id from mention where id = 'mention-2'");
  expect(rows).toEqual([{ initiative_id: again!.entry }]);
});

test("who was unsure of a mention is asked again once its page says something else that matters", async () => {
  const name = "Lantern Bay Rivet Guild";
  const twins = ["ME", "NV", "TX"].map((state) => ({ id: `LT-${state}`, name, states: [state] }));
  await db.query("truncate judgement cascade");
  await importCatalog(db, twins, sampleNow);
  const say = async (more: object) => {
    await call(name);
    await db.query("update mention set mention = mention || $1::jsonb where id = 'mention-2'", [
      JSON.stringify(more),
    ]);
    await db.query("update mention set initiative_id = null where id = 'mention-2'");
    await gather();
    return waiting();
  };
  const [pair] = await say({ states: [] });
  expect(pair).toMatchObject({ mention: "mention-2", verdict: "unsure" });
  await judgePair(db, {
    a: { initiativeId: pair!.entry as never },
    b: { mentionId: "mention-2" as never },
    verdict: "unsure",
    who: "ada",
    now: sampleNow,
  });
  await gather();
  expect(await waiting()).toEqual([]);
  // What makes no difference to the matcher is no reason to ask.
  expect(await say({ states: [], start: "2019" })).toEqual([]);
  const others = twins.flatMap(({ id, states }) => (id === pair!.entry ? [] : states));
  const left = [...twins.find(({ id }) => id === pair!.entry)!.states, others[0]];
  expect(await say({ states: left })).toEqual([pair]);
});

import type { InitiativeId, JudgementVerdict } from "@waymark/domain";
import { expertVersion } from "@waymark/match";
import {
  addJudgement,
  countUncompared,
  findPolicy,
  listJudgedValues,
  listModels,
  openPool,
  type Pool,
  saveModel,
} from "@waymark/store";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createTestDatabase } from "../../../../test/setup/database.ts";
import type { Context } from "../context.ts";
import { currentKnowledge } from "../current-knowledge.ts";
import { explainPair } from "../explain-pair.ts";
import { findPairs } from "../find-pairs.ts";
import { type CatalogRow, importCatalog } from "../import-catalog.ts";
import { buildKnowledge } from "../steps/build-knowledge.ts";
import { trainNightly } from "../steps/train-model.ts";
import { activateModel } from "./activate-model.ts";
import { activationPolicy, loadMatchSettings, saveMatchSettings } from "./match-settings.ts";
import { loadModelReport } from "./model-report.ts";
import { trainFromJudgements } from "./train-and-measure.ts";

// Catalogs are imported, compared and learned from more than once in a test; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

let db: Pool;
let drop: () => Promise<void>;
const now = new Date("2026-03-01T02:00:00Z");
const by = { who: "rosa", now };

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
  await db.query("truncate initiative, judgement, model, match_cost, policy cascade");
});

const words = [
  ...["Lantern", "Ladder", "Harbor", "Meadow", "Quarry", "Orchard", "Beacon", "Ferry"],
  ...["Granite", "Willow", "Summit", "Prairie"],
];
const wordsOf = (index: number) =>
  [
    words[index % words.length]!,
    words[(index * 5 + Math.floor(index / 12) + 3) % words.length]!,
  ] as const;

/** What this catalog's curators find: equal names under two leads are one effort. */
const rowsOf = (index: number): [CatalogRow, CatalogRow] => {
  const [one, other] = wordsOf(index);
  const name = `${one} ${other} Pathways`;
  const ids = [`A${index}`, `B${index}`] as const;
  return index % 2 === 0
    ? [
        { id: ids[0], name, leadOrganization: `${one} Council` },
        { id: ids[1], name, leadOrganization: `${other} Guild ${index}` },
      ]
    : [
        { id: ids[0], name: `${one} ${other} Exchange ${index}` },
        { id: ids[1], name: `${one} Registry` },
      ];
};

/** A catalog with so many pairs, all of them judged. */
async function judge(count: number): Promise<void> {
  const indexes = Array.from({ length: count }, (_none, index) => index);
  await importCatalog(db, indexes.flatMap(rowsOf), now);
  for (const index of indexes) await say(index, index % 2 === 0 ? "same" : "different");
}

const say = (index: number, verdict: JudgementVerdict) =>
  addJudgement(db, {
    a: { initiativeId: `A${index}` as InitiativeId },
    b: { initiativeId: `B${index}` as InitiativeId },
    ...{ verdict, who: "rosa", why: undefined, now },
  });

/** As a worker would be given it; nothing here crawls or reads. */
const rung: string[] = [];
const worker = () =>
  ({
    db,
    now: () => now,
    log: pino({ level: "silent" }),
    bell: { ring: async (name: string) => void rung.push(name) },
  }) as unknown as Context;

const train = async () => {
  const outcome = await trainFromJudgements(db, { now });
  if (outcome.kind !== "trained") throw new Error(outcome.why);
  await saveModel(db, outcome.trained);
  return outcome.trained;
};

/** Two entries of the same kind as the judged ones, which nobody judged. */
const unseen = () =>
  explainPair(
    db,
    {
      id: "X" as InitiativeId,
      values: { name: "Cedar Lantern Pathways", leadOrganization: "Cedar Council" },
    },
    {
      id: "Y" as InitiativeId,
      values: { name: "Cedar Lantern Pathways", leadOrganization: "Oak Guild" },
    },
  );

test("too few judgements, or judgements of one kind, teach nothing and say so", async () => {
  await judge(10);
  await expect(trainFromJudgements(db, { now })).resolves.toMatchObject({
    kind: "too-few",
    why: expect.stringMatching(
      /^\d+ judgements? stands? to train on.*training needs 25: judge pairs/,
    ),
  });
  for (let index = 0; index < 10; index++) await say(index, "same");
  await expect(trainFromJudgements(db, { now, least: 5 })).resolves.toMatchObject({
    why: expect.stringContaining("say same; a model learns from both kinds"),
  });
});

test("judgements become a candidate, the candidate a model, and matches carry its version", async () => {
  await judge(80);
  const before = (await unseen()).match;
  expect(before).toMatchObject({ modelVersion: expertVersion });
  const { model, metrics, judgements, frozen } = await train();
  expect(judgements + frozen.length).toBe(80);
  expect(metrics.judged).toEqual({ same: 40, different: 40, unsure: 0 });
  expect(metrics.frozen.model.logLoss).toBeLessThan(metrics.frozen.expert.logLoss);
  expect(metrics.shadow.changed).toBeGreaterThan(0);
  expect(metrics.shadow.examples[0]).toMatchObject({ judged: "same" });
  // A candidate decides nothing.
  expect((await unseen()).match).toEqual(before);

  await findPairs(db, { now });
  expect(await countUncompared(db)).toBe(0);
  await activateModel(db, model.version, by);
  expect(await countUncompared(db)).toBe(160);
  const after = (await unseen()).match;
  expect(after.modelVersion).toBe(model.version);
  expect(after.score).toBeGreaterThan(before.score);
  expect((await currentKnowledge(db)).model).toEqual(model);
  expect(await loadModelReport(db)).toMatchObject({ scoring: model.version, fresh: 0 });
  await expect(activateModel(db, model.version, by)).rejects.toThrow("is active already");

  // Back to the weights, and to the model again: all under one pinned clock.
  await activateModel(db, "expert", by);
  expect((await unseen()).match).toEqual(before);
  expect((await listModels(db)).map(({ state }) => state)).toEqual(["retired"]);
  await expect(activateModel(db, "expert", by)).rejects.toThrow("no model is active");
  await activateModel(db, model.version, by);
  expect((await unseen()).match).toEqual(after);
});

test("training twice on the same judgements leaves one model", async () => {
  await judge(60);
  const [one, other] = [await train(), await train()];
  expect(other).toEqual(one);
  expect(await listModels(db)).toHaveLength(1);
});

test("a candidate that is worse on the frozen pairs, or of other weights, is refused", async () => {
  await judge(80);
  const { model, ...trained } = await train();
  const doubtful = { ...model, version: "model-doubtful", scale: { slope: 1, intercept: -9 } };
  const stale = { ...model, version: "model-stale", expert: "expert-of-yore" };
  for (const one of [doubtful, stale]) await saveModel(db, { ...trained, model: one });
  await expect(activateModel(db, "model-doubtful", by)).rejects.toThrow(
    /model-doubtful is worse than what is active on the \d+ pairs kept for measuring/,
  );
  await expect(activateModel(db, "model-stale", by)).rejects.toThrow("train anew");
  await expect(activateModel(db, "model-none", by)).rejects.toThrow('no model "model-none"');
  expect((await currentKnowledge(db)).model).toBeUndefined();
});

test("by night a model is trained once enough is judged, and activated only by a policy", async () => {
  await judge(20);
  await buildKnowledge(worker());
  expect(rung).toContain("train-model");
  await trainNightly(worker());
  expect(await listModels(db)).toEqual([]);

  await db.query("truncate initiative, judgement cascade");
  await judge(80);
  await trainNightly(worker());
  expect((await listModels(db)).map(({ state }) => state)).toEqual(["candidate"]);

  await saveMatchSettings(db, { activatesByPolicy: true }, by);
  await trainNightly(worker());
  expect((await listModels(db)).map(({ state }) => state)).toEqual(["candidate"]);
  await db.query("delete from model");
  await trainNightly(worker());
  expect(await listModels(db)).toMatchObject([
    { state: "active", activatedBy: `policy ${activationPolicy}` },
  ]);
  await saveMatchSettings(db, { activatesByPolicy: false }, by);
  expect(await findPolicy(db, activationPolicy)).toBeUndefined();
});

test("costs move the thresholds, for every worker alike", async () => {
  await importCatalog(db, rowsOf(0), now);
  expect(await loadMatchSettings(db)).toMatchObject({ costs: { falseSame: 10 } });
  const before = (await currentKnowledge(db)).version;
  await saveMatchSettings(db, { costs: { falseSame: 100 } }, by);
  expect((await loadMatchSettings(db)).thresholds.sameAtLeast).toBe(0.99);
  const knowledge = await currentKnowledge(db);
  expect(knowledge.costs).toEqual({ falseSame: 100, missedSame: 2, asking: 1 });
  expect(knowledge.version).not.toBe(before);
  await saveMatchSettings(db, { costs: { falseSame: 10 } }, by);
  expect((await currentKnowledge(db)).costs?.falseSame).toBe(10);
});

test("a pair is learned from as it stood when it was judged", async () => {
  const [one, other] = rowsOf(0);
  await importCatalog(db, [one, other], now);
  await say(0, "same");
  const later = new Date(now.getTime() + 86_400_000);
  await importCatalog(db, [{ ...one, name: "Something Else Altogether" }], later);
  expect(await listJudgedValues(db)).toMatchObject([
    { verdict: "same", a: { values: { name: one.name } }, b: { values: { name: other.name } } },
  ]);
  await say(0, "different");
  expect((await listJudgedValues(db)).map(({ verdict }) => verdict)).toEqual(["different"]);
});

import { expertVersion, versionOf } from "@waymark/match";
import {
  countJudgedAfter,
  countUnsureMentions,
  type Db,
  listModels,
  type StoredModel,
} from "@waymark/store";
import { currentKnowledge } from "../current-knowledge.ts";
import { loadMatchSettings, type MatchSettings } from "./match-settings.ts";
import { judgementsMin } from "./train-and-measure.ts";

/** All that there is to tell of who scores, how well, and what waits. */
export type ModelReport = {
  /** The version that matches are stored with now. */
  scoring: string;
  expert: string;
  /** The active model; undefined where the expert weights score alone. */
  active: StoredModel | undefined;
  /** The newest that waits for somebody to activate it. */
  candidate: StoredModel | undefined;
  models: StoredModel[];
  settings: MatchSettings;
  /** Pairs judged same or different since the last training, and how many make the next one due. */
  fresh: number;
  due: number;
  /** What pages hold now, and how much of it a person must look at. */
  workload: { mentions: number; unsure: number; reviewsPer1000: number };
};

/** Gathers it from the rows; measures nothing anew. */
export async function loadModelReport(db: Db): Promise<ModelReport> {
  const models = await listModels(db);
  const { model } = await currentKnowledge(db);
  const active = models.find(({ state }) => state === "active");
  const settings = await loadMatchSettings(db);
  const { mentions, unsure } = await countUnsureMentions(db);
  return {
    scoring: versionOf(model),
    expert: expertVersion,
    active,
    candidate: models.find(({ state }) => state === "candidate"),
    models,
    settings,
    fresh: await countJudgedAfter(db, models[0]?.newestJudgement ?? 0),
    due: judgementsMin,
    workload: { mentions, unsure, reviewsPer1000: mentions > 0 ? (1000 * unsure) / mentions : 0 },
  };
}

import { Model, ModelMetrics, type ModelState } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";

/** A model with how it came to be and what was measured of it. */
export type StoredModel = {
  model: Model;
  state: ModelState;
  trainedAt: Date;
  /** How many judgements there were to train on. */
  judgements: number;
  /** The number of the newest judgement it could know. */
  newestJudgement: number;
  /** Judgements it was measured by and never trained on. */
  frozen: number[];
  metrics: ModelMetrics;
  activatedBy: string | undefined;
  activatedAt: Date | undefined;
};

const upsert = sql`
  insert into model (version, model, trained_at, judgements, newest_judgement, frozen, metrics)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (version) do update set trained_at = excluded.trained_at, judgements = excluded.judgements,
    newest_judgement = excluded.newest_judgement, frozen = excluded.frozen, metrics = excluded.metrics
`;

/** Keeps a trained model as a candidate; one of the same content stays in the state it is in. */
export async function saveModel(
  db: Db,
  trained: Omit<StoredModel, "state" | "activatedBy" | "activatedAt">,
): Promise<void> {
  await db.query(upsert, [
    trained.model.version,
    toJson(trained.model),
    trained.trainedAt,
    trained.judgements,
    trained.newestJudgement,
    trained.frozen,
    toJson(trained.metrics),
  ]);
}

const all = sql`select * from model order by trained_at desc, newest_judgement desc, version`;

/** Every model there ever was, the newest first. */
export async function listModels(db: Db): Promise<StoredModel[]> {
  return (await db.query<ModelRow>(all)).rows.map(toStoredModel);
}

const active = sql`select * from model where state = 'active'`;

/** The model that scores, unless the expert weights score alone. */
export async function findActiveModel(db: Db): Promise<StoredModel | undefined> {
  const { rows } = await db.query<ModelRow>(active);
  return rows[0] && toStoredModel(rows[0]);
}

const lock = sql`select pg_advisory_xact_lock(7208008)`;

/** Keeps others from activating until the transaction ends: only one model may be active. */
export async function lockModels(db: Db): Promise<void> {
  await db.query(lock);
}

const retire = sql`update model set state = 'retired' where state = 'active'`;
const activate = sql`
  update model set state = 'active', activated_by = $2, activated_at = $3 where version = $1
`;

/** Makes a model the one that scores, or none; the one before is retired. Lock first with `lockModels`. */
export async function saveActiveModel(
  db: Db,
  version: string | undefined,
  { who, now }: { who: string; now: Date },
): Promise<void> {
  await db.query(retire);
  if (version !== undefined) await db.query(activate, [version, who, now]);
}

type ModelRow = {
  model: unknown;
  state: ModelState;
  trained_at: Date;
  judgements: number;
  newest_judgement: number;
  frozen: (string | number)[];
  metrics: unknown;
  activated_by: string | null;
  activated_at: Date | null;
};

const toStoredModel = (row: ModelRow): StoredModel => ({
  model: Model.parse(row.model),
  state: row.state,
  trainedAt: row.trained_at,
  judgements: row.judgements,
  newestJudgement: row.newest_judgement,
  frozen: row.frozen.map(Number),
  metrics: ModelMetrics.parse(row.metrics),
  activatedBy: row.activated_by ?? undefined,
  activatedAt: row.activated_at ?? undefined,
});

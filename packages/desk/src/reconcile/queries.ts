import { type ReconciledEntry, reconcile } from "@waymark/pipeline";
import { z } from "zod";
import type { TokenCall } from "../call.ts";
import { Problem } from "../problem.ts";
import { readValues, typesOf } from "./properties.ts";

/** So many queries are answered at once; the manifest says so. */
export const batchMax = 50;
const limitMax = 20;
const limitDefault = 5;

const PropertyValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.object({ id: z.string(), name: z.string().optional() }),
]);
/** A query as version 0.2 writes it; what 0.1 or a client adds is passed over. */
const Query = z
  .object({
    query: z.string().max(1000).optional(),
    type: z.union([z.string(), z.array(z.string()).max(20)]).optional(),
    limit: z.coerce.number().int().positive().optional(),
    properties: z
      .array(
        z.object({
          pid: z.string().max(100),
          v: z.union([PropertyValue, z.array(PropertyValue).max(100)]),
        }),
      )
      .max(50)
      .optional(),
  })
  .refine(({ query, properties }) => query?.trim() || properties?.length, {
    message: "a query needs “query” or “properties”",
  });
type Query = z.infer<typeof Query>;
const Batch = z.record(z.string(), Query);
export type Batch = z.infer<typeof Batch>;

/** A batch of queries as it was sent; a Problem tells what of it cannot be used. */
export function parseBatch(text: string): Batch {
  const batch = parseJson(text, "queries", Batch);
  const { length } = Object.keys(batch);
  if (length <= batchMax) return batch;
  throw new Problem(
    413,
    `${length} queries are more than the ${batchMax} that are answered at once.`,
    "Send them in smaller batches.",
  );
}

/** A single query as a batch, as the first version had them: its name alone, or as JSON. */
export const parseQuery = (text: string): Batch =>
  parseBatch(
    text.trimStart().startsWith("{")
      ? `{"query":${text}}`
      : JSON.stringify({ query: { query: text } }),
  );

/** Answers a batch of queries: for each the entries that it may be, the likeliest first. */
export async function answerQueries({ desk }: TokenCall, batch: Batch): Promise<Answers> {
  const keys = Object.keys(batch);
  const answers = await reconcile(
    desk.db,
    keys.map((key) => ({
      values: valuesOf(batch[key]!),
      limit: Math.min(batch[key]!.limit ?? limitDefault, limitMax),
    })),
  );
  return Object.fromEntries(
    keys.map((key, at) => [key, { result: answers[at]!.map(toCandidate) }]),
  );
}

type Answers = { [key: string]: { result: object[] } };

function valuesOf({ query = "", type, properties = [] }: Query) {
  const asked = [type ?? []].flat();
  const kind = asked.length === 1 ? [{ pid: "kind", texts: asked }] : [];
  const given = properties.map(({ pid, v }) => ({ pid, texts: [v].flat().map(textOf) }));
  return readValues(query.trim().slice(0, 400), [...kind, ...given]);
}

const textOf = (value: z.infer<typeof PropertyValue>): string =>
  typeof value === "object" ? (value.name ?? value.id) : String(value);

const toCandidate = ({ id, values, match, isMatch }: ReconciledEntry) => ({
  id,
  name: values.name,
  ...(values.description && { description: values.description.slice(0, 300) }),
  type: typesOf(values),
  score: Math.round(match.score * 1000) / 10,
  match: isMatch,
  features: sumByFeature(match.reasons),
});

/** The log-odds that each feature adds; an id may come once only. */
function sumByFeature(
  reasons: ReconciledEntry["match"]["reasons"],
): { id: string; value: number }[] {
  const sums = new Map<string, number>();
  for (const { feature, weight } of reasons) sums.set(feature, (sums.get(feature) ?? 0) + weight);
  return [...sums].map(([id, value]) => ({ id, value: Math.round(value * 1000) / 1000 }));
}

/** A parameter that holds JSON; what cannot be used is told with its place. */
export function parseJson<T>(text: string, name: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Problem(
      400,
      `“${name}” is not JSON: ${(error as Error).message}.`,
      "Send it as the protocol writes it.",
    );
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new Problem(
    400,
    `“${[name, ...path].join(".")}” is not usable: ${message}.`,
    "Send it as the protocol writes it.",
  );
}

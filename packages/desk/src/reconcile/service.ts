import type { TokenCall } from "../call.ts";
import { Problem } from "../problem.ts";
import { createTryLimit } from "../security.ts";
import { answerJson } from "./answer.ts";
import { answerExtension, answerProperties } from "./extend.ts";
import { previewSize } from "./preview.ts";
import { types } from "./properties.ts";
import { answerQueries, batchMax, parseBatch, parseQuery } from "./queries.ts";
import { suggestEntities, suggestProperties, suggestTypes } from "./suggest.ts";

/** So many queries a minute one token may ask. */
const queriesMax = 6_000;

/**
 * The reconciliation service over the catalog, by the API of the W3C Entity Reconciliation Community Group
 * in the versions that OpenRefine speaks (0.1 and 0.2, https://reconciliation-api.github.io/specs/0.2/).
 */
export function createReconciliation() {
  const limit = createTryLimit({ triesMax: queriesMax, windowMs: 60_000 });
  const count = ({ token }: TokenCall, queries: number): void => {
    const atMs = performance.now();
    if (limit.isSpent(token, atMs))
      throw new Problem(
        429,
        `That is more than the ${queriesMax} queries a minute that are answered.`,
        "Wait a minute, then go on.",
      );
    limit.add(token, atMs, queries);
  };
  const counted =
    (answer: (call: TokenCall) => Promise<object>) =>
    async (call: TokenCall): Promise<Response> => {
      count(call, 1);
      return answerJson(call, await answer(call));
    };
  return {
    /** The manifest, or answers to what the parameters ask. */
    async answer(call: TokenCall): Promise<Response> {
      const { queries, query, extend } = await readParameters(call);
      if (queries !== undefined) {
        const batch = parseBatch(queries);
        count(call, Object.keys(batch).length);
        return answerJson(call, await answerQueries(call, batch));
      }
      count(call, 1);
      if (extend !== undefined) return answerJson(call, await answerExtension(call, extend));
      if (query === undefined) return answerJson(call, manifestOf(call));
      const answers = await answerQueries(call, parseQuery(query));
      return answerJson(call, answers.query!);
    },
    suggestEntities: counted(suggestEntities),
    suggestTypes: counted(suggestTypes),
    suggestProperties: counted(suggestProperties),
    proposeProperties: counted(answerProperties),
  };
}

type Parameters = { queries?: string; query?: string; extend?: string };

/** What is asked, in the address or in a form. */
async function readParameters({ c }: TokenCall): Promise<Parameters> {
  const form = c.req.method === "POST" ? await c.req.parseBody() : {};
  const text = (name: keyof Parameters) => {
    const given = form[name] ?? c.req.query(name);
    return typeof given === "string" ? { [name]: given } : {};
  };
  return { ...text("queries"), ...text("query"), ...text("extend") };
}

/** What the service is and where its parts are: the first thing that a client asks for. */
function manifestOf({ c, desk, token }: TokenCall): object {
  const origin = desk.baseUrl?.origin ?? new URL(c.req.url).origin;
  const base = `${origin}/reconcile/${token}`;
  const suggest = (what: string) => ({ service_url: base, service_path: `/suggest/${what}` });
  return {
    versions: ["0.1", "0.2"],
    name: "Waymark: learn-and-work initiatives",
    identifierSpace: `${origin}/initiatives/`,
    schemaSpace: `${origin}/reconcile/kinds/`,
    serviceVersion: desk.version,
    defaultTypes: types,
    view: { url: `${origin}/initiatives/{{id}}` },
    preview: { url: `${base}/preview?id={{id}}`, ...previewSize },
    suggest: { entity: suggest("entity"), property: suggest("property"), type: suggest("type") },
    extend: {
      propose_properties: { service_url: base, service_path: "/properties" },
      property_settings: [],
    },
    batchSize: batchMax,
  };
}

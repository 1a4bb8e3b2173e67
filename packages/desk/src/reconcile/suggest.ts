import { suggestInitiatives } from "@waymark/store";
import type { TokenCall } from "../call.ts";
import { properties, types, typesOf } from "./properties.ts";

const shownMax = 20;

/** Entries, for somebody who types the beginning of a name or an id. */
export async function suggestEntities(call: TokenCall): Promise<object> {
  const { prefix, skipped } = askedFor(call);
  if (prefix === "") return { result: [] };
  const found = await suggestInitiatives(call.desk.db, {
    prefix,
    limit: shownMax,
    offset: skipped,
  });
  return {
    result: found.map(({ id, values }) => ({
      id,
      name: values.name,
      description: [values.leadOrganization, values.states?.join(", "), values.status]
        .filter(Boolean)
        .join(" · "),
      notable: typesOf(values),
    })),
  };
}

/** Kinds of entry by the beginning of their names. */
export const suggestTypes = async (call: TokenCall): Promise<object> => pick(call, types);

/** Properties by the beginning of their names. */
export const suggestProperties = async (call: TokenCall): Promise<object> => pick(call, properties);

function pick(call: TokenCall, all: { id: string; name: string }[]): object {
  const { prefix, skipped } = askedFor(call);
  const sought = prefix.toLowerCase();
  const found = all.filter(
    ({ id, name }) => id.includes(sought) || name.toLowerCase().includes(sought),
  );
  return { result: found.slice(skipped, skipped + shownMax) };
}

function askedFor({ c }: TokenCall): { prefix: string; skipped: number } {
  const cursor = Number(c.req.query("cursor") ?? 0);
  return {
    prefix: (c.req.query("prefix") ?? "").trim().slice(0, 200),
    skipped: Number.isSafeInteger(cursor) && cursor > 0 ? Math.min(cursor, 10_000) : 0,
  };
}

import { fieldOf, type InitiativeId } from "@waymark/domain";
import { findStandingEntry } from "@waymark/pipeline";
import { z } from "zod";
import type { TokenCall } from "../call.ts";
import { Problem } from "../problem.ts";
import { cellsOf, properties } from "./properties.ts";
import { parseJson } from "./queries.ts";

const idsMax = 500;

const Extension = z.object({
  ids: z.array(z.string()),
  properties: z.array(z.object({ id: z.string() })).max(50),
});

/** Answers with the values that some entries have for some properties; of an entry that is not there none. */
export async function answerExtension({ desk }: TokenCall, text: string): Promise<object> {
  const asked = parseJson(text, "extend", Extension);
  if (asked.ids.length > idsMax)
    throw new Problem(
      413,
      `${asked.ids.length} entries are more than the ${idsMax} that are looked up at once.`,
      "Send them in smaller batches.",
    );
  const meta = asked.properties.map(
    ({ id }) => properties.find((one) => one.id === id) ?? unknown(id),
  );
  const rows: Record<string, Record<string, { str: string }[]>> = {};
  for (const id of new Set(asked.ids)) {
    const entry = await findStandingEntry(desk.db, id as InitiativeId);
    rows[id] = Object.fromEntries(
      meta.map((property) => [property.id, cellsOf(entry?.values[fieldOf(property.id)!])]),
    );
  }
  return { meta, rows };
}

function unknown(id: string): never {
  throw new Problem(
    400,
    `There is no property “${id}”.`,
    `The properties are ${properties.map((one) => one.id).join(", ")}.`,
  );
}

/** Which properties can be looked up: all, of whatever type. */
export async function answerProperties({ c }: TokenCall): Promise<object> {
  const limit = Number(c.req.query("limit")) || properties.length;
  const type = c.req.query("type");
  return { properties: properties.slice(0, limit), ...(type && { type }), limit };
}

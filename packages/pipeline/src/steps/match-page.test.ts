import type { Mention } from "@waymark/domain";
import { openPool, type Pool } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../../../test/setup/database.ts";
import { importCatalog } from "../import-catalog.ts";
import { refreshKnowledge } from "../refresh-knowledge.ts";
import { matchMentions, matchPage } from "./match-mentions.ts";

let db: Pool;
let drop: () => Promise<void>;
const now = new Date("2026-03-01T02:00:00Z");

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url);
  drop = database.drop;
  const entry = { id: "wm-1", name: "Elm Badge Bank", leadOrganization: "Elm Board" };
  await importCatalog(db, [entry], now);
});
afterAll(async () => {
  await db.end();
  await drop();
});

const mentioned = (key: string, more: Partial<Mention>): Mention => ({
  ...{ key, role: "listing", name: "Elm Badge Bank", aliases: [], relations: [], signs: [] },
  ...{ evidence: [], range: { start: 0, end: 10 }, relevance: { score: 0.9, reasons: [] } },
  ...more,
});

test("two efforts of one page do not share an entry, and two pages may tell of it", async () => {
  const knowledge = await refreshKnowledge(db, now);
  const own = mentioned("own", { leadOrganization: "Elm Board", states: ["VT"] });
  const other = mentioned("other", { states: ["OH"] });
  const apart = await matchMentions(db, [own, other], knowledge);
  expect(apart[1]!.match.verdict).toBe("same");
  const together = await matchPage(db, [own, other], knowledge);
  expect(together[0]).toMatchObject({ initiativeId: "wm-1", match: { verdict: "same" } });
  expect(together[1]!.match.verdict).not.toBe("same");
  expect(together[1]!.initiativeId).toBeUndefined();
  const alone = await matchPage(db, [own], knowledge);
  expect(alone[0]).toEqual(apart[0]);
});

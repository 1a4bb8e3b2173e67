import type { Mention, SourceId } from "@waymark/domain";
import { listSources, openPool, type Pool } from "@waymark/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../../../test/setup/database.ts";
import { importSources } from "../import-sources.ts";
import { openFoundSources } from "./found-sources.ts";

let db: Pool;
let drop: () => Promise<void>;
const now = new Date("2026-03-01T02:00:00Z");

const snapshot = "0".repeat(64);

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url);
  drop = database.drop;
});
afterAll(async () => {
  await db.end();
  await drop();
});
beforeEach(async () => {
  await db.query("truncate source, host, page, mention cascade");
  const list = {
    id: "a" as SourceId,
    name: "A",
    kind: "foundation" as const,
    seeds: ["http://a.example/"],
  };
  await importSources(db, [list], now);
  await db.query("insert into host (id) values ('a.example')");
  await db.query(
    "insert into page (id, source_id, host_id, url, next_fetch_at, first_seen_at) values ('pg-a', 'a', 'a.example', 'http://a.example/', now(), now())",
  );
  await db.query(
    "insert into snapshot (id, body, body_bytes, created_at) values ($1, '', 0, now()) on conflict do nothing",
    [snapshot],
  );
});

/** Keeps a mention that a page of the source makes, as relevant as is said. */
async function tell(name: string, score: number, url?: string): Promise<void> {
  const mention: Mention = {
    key: name,
    role: "listing",
    name,
    aliases: [],
    ...(url && { url }),
    relations: [],
    signs: [],
    range: { start: 0, end: 10 },
    relevance: { score, reasons: [] },
    evidence: [],
  };
  await db.query(
    "insert into mention (id, page_id, key, mention, snapshot_id, reader_version, knowledge_version, match, first_seen_at, changed_at) values ($1, 'pg-a', $1, $2, $3, '1', '1', '{}', now(), now())",
    [name, JSON.stringify(mention), snapshot],
  );
}

const foundSeeds = async (): Promise<string[]> => {
  await openFoundSources(db, now);
  return (await listSources(db))
    .filter(({ origin }) => origin === "found")
    .flatMap(({ seeds }) => seeds);
};

test("the site of an effort that matters is found", async () => {
  await tell("Harbor Skills Project", 0.9, "http://harborskills.example/");
  expect(await foundSeeds()).toEqual(["http://harborskills.example/"]);
});

test("a bare name in a list leads to a site only where others say that the effort matters", async () => {
  await tell("Harbor Skills Project", 0.2, "http://harborskills.example/");
  expect(await foundSeeds()).toEqual([]);
  await tell("The Harbor Skills Initiative", 0.9);
  expect(await foundSeeds()).toEqual(["http://harborskills.example/"]);
});

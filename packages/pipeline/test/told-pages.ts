import { createHash } from "node:crypto";
import type { InitiativeId, Mention, MentionId } from "@waymark/domain";
import type { Pool } from "@waymark/store";
import { mentionIdOf, pageIdOf } from "../src/row-ids.ts";

const now = new Date("2026-03-01T02:00:00Z");

/** What a page says of an effort, for tests that need no page to be read. */
export const tells = (name: string, more: Partial<Mention> = {}): Mention => ({
  key: name,
  role: "detail",
  name,
  aliases: [],
  relations: [],
  signs: [],
  range: { start: 0, end: name.length },
  relevance: { score: 0.9, reasons: [] },
  evidence: [
    {
      field: "name",
      value: name,
      quote: name,
      start: 0,
      end: name.length,
      method: "heading",
      confidence: 0.9,
    },
  ],
  ...more,
});

/** A page of its own that tells of one effort, with its mention about an entry or about none. Returns the mention's id. */
export async function addToldPage(
  db: Pool,
  path: string,
  mention: Mention,
  initiativeId?: InitiativeId,
): Promise<MentionId> {
  const url = `http://told.example/${path}`;
  const pageId = pageIdOf(url);
  const snapshotId = createHash("sha256").update(url).digest("hex");
  await db.query("insert into host (id) values ('told.example') on conflict do nothing");
  await db.query(
    `insert into source (id, name, kind, seeds, scope, created_at)
     values ('told', 'Told', 'network', '{http://told.example/}', '{http://told.example/}', $1) on conflict do nothing`,
    [now],
  );
  await db.query(
    "insert into snapshot (id, body, body_bytes, created_at) values ($1, '', 0, $2) on conflict do nothing",
    [snapshotId, now],
  );
  await db.query(
    `insert into page (id, source_id, host_id, url, first_seen_at, visited_at, snapshot_id, kind)
     values ($1, 'told', 'told.example', $2, $3, $3, $4, 'detail')`,
    [pageId, url, now, snapshotId],
  );
  const id = mentionIdOf(pageId, mention.key);
  const match = initiativeId
    ? { verdict: "same", initiativeId, score: 0.97, reasons: [] }
    : { verdict: "different", score: 0.02, reasons: [] };
  await db.query(
    `insert into mention (id, page_id, key, mention, snapshot_id, reader_version, knowledge_version, match, initiative_id, first_seen_at, changed_at)
     values ($1, $2, $3, $4, $5, '1', '1', $6, $7, $8, $8)`,
    [
      id,
      pageId,
      mention.key,
      JSON.stringify(mention),
      snapshotId,
      JSON.stringify(match),
      initiativeId ?? null,
      now,
    ],
  );
  return id;
}

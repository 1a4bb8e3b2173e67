import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import type { Skim, SnapshotId } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";
import type { PackedPage } from "./pack-page.ts";

const decompress = promisify(zstdDecompress);

const insertSnapshot = sql`
  insert into snapshot (id, body, body_bytes, content_type, skim, links, text, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing
`;

/** A page's bytes made small, with what a first look found in them; its links are packed. */
export type PackedSnapshot = PackedPage & {
  id: SnapshotId;
  contentType: string | undefined;
  skim: Omit<Skim, "links" | "text"> | undefined;
};

/** Keeps a packed snapshot, once per hash. */
export async function saveSnapshot(db: Db, snapshot: PackedSnapshot, now: Date): Promise<void> {
  const { id, body, bodyBytes, contentType, skim, links, text } = snapshot;
  await db.query({
    // Prepared once a connection: of all that a crawl writes this alone is written row by row.
    name: "insert-snapshot",
    text: insertSnapshot,
    values: [
      id,
      body,
      bodyBytes,
      contentType ?? null,
      skim ? toJson(skim) : null,
      links ?? null,
      text ?? null,
      now,
    ],
  });
}

const snapshotById = sql`select body, content_type, created_at from snapshot where id = $1`;

/** The bytes of a snapshot, if it is still kept. */
export async function findSnapshot(
  db: Db,
  id: SnapshotId,
): Promise<{ bytes: Uint8Array; contentType: string | undefined; createdAt: Date } | undefined> {
  const { rows } = await db.query(snapshotById, [id]);
  const row = rows[0];
  if (!row) return undefined;
  return {
    bytes: await decompress(row.body),
    contentType: row.content_type ?? undefined,
    createdAt: row.created_at,
  };
}

const datesById = sql`select id, created_at from snapshot where id = any($1::text[])`;

/** When some snapshots were taken, by id. */
export async function listSnapshotDates(db: Db, ids: SnapshotId[]): Promise<Map<SnapshotId, Date>> {
  const { rows } = await db.query(datesById, [ids]);
  return new Map(rows.map((row) => [row.id, row.created_at]));
}

const uncited = sql`
  delete from snapshot
  where created_at < $1
    and not exists (select from page where page.snapshot_id = snapshot.id or page.accepted_snapshot_id = snapshot.id
      or page.read_snapshot_id = snapshot.id)
    and not exists (select from mention where mention.snapshot_id = snapshot.id)
    and not exists (select from change, jsonb_array_elements(change.proposal -> 'evidence') e where e ->> 'snapshotId' = snapshot.id)
    and not exists (select from initiative_value, jsonb_array_elements(initiative_value.evidence) e where e ->> 'snapshotId' = snapshot.id)
    and not exists (select from event, jsonb_array_elements(event.evidence) e where e ->> 'snapshotId' = snapshot.id)
    and not exists (select from "grant", jsonb_array_elements("grant".evidence) e where e ->> 'snapshotId' = snapshot.id)
    and not exists (select from relation, jsonb_array_elements(relation.evidence) e where e ->> 'snapshotId' = snapshot.id)
`;

/**
 * Forgets snapshots made before a date that nobody needs: not the newest of a page, not the last
 * accepted one, cited by no mention, change, value, event, grant or relation (DESIGN §3.12).
 */
export async function pruneSnapshots(db: Db, before: Date): Promise<number> {
  return (await db.query(uncited, [before])).rowCount ?? 0;
}

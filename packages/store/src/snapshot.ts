import { promisify } from "node:util";
import { constants, zstdCompress, zstdCompressSync, zstdDecompress } from "node:zlib";
import type { Skim, SnapshotId } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";

const compressLarge = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

const insertSnapshot = sql`
  insert into snapshot (id, body, body_bytes, content_type, skim, text, created_at)
  values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing
`;

/** A page's bytes made small, with what a first look found in them. */
export type PackedSnapshot = {
  id: SnapshotId;
  body: Uint8Array;
  bodyBytes: number;
  contentType: string | undefined;
  skim: Skim | undefined;
  text: Uint8Array | undefined;
};

/** Packs the bytes of a page for keeping. */
export async function packSnapshot(snapshot: {
  id: SnapshotId;
  bytes: Uint8Array;
  contentType: string | undefined;
  skim: Skim | undefined;
  text?: string | undefined;
}): Promise<PackedSnapshot> {
  const { id, bytes, contentType, skim, text } = snapshot;
  return {
    id,
    body: await compress(bytes),
    bodyBytes: bytes.length,
    contentType,
    skim,
    text: text ? await compress(Buffer.from(text)) : undefined,
  };
}

/** A page of usual size is packed in less time than it takes to hand it to another thread. */
const packedAtOnceMax = 256 * 1024;

async function compress(bytes: Uint8Array): Promise<Uint8Array> {
  const options = {
    params: { [constants.ZSTD_c_compressionLevel]: 3 },
    pledgedSrcSize: bytes.length,
  };
  return bytes.length <= packedAtOnceMax
    ? zstdCompressSync(bytes, options)
    : compressLarge(bytes, options);
}

/** Keeps a packed snapshot, once per hash. */
export async function saveSnapshot(db: Db, snapshot: PackedSnapshot, now: Date): Promise<void> {
  await db.query(insertSnapshot, [
    snapshot.id,
    snapshot.body,
    snapshot.bodyBytes,
    snapshot.contentType ?? null,
    snapshot.skim ? toJson(snapshot.skim) : null,
    snapshot.text ?? null,
    now,
  ]);
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
    and not exists (select from page where page.snapshot_id = snapshot.id or page.accepted_snapshot_id = snapshot.id)
    and not exists (select from mention where mention.snapshot_id = snapshot.id)
    and not exists (select from change, jsonb_array_elements(change.proposal -> 'evidence') e where e ->> 'snapshotId' = snapshot.id)
    and not exists (select from initiative_value, jsonb_array_elements(initiative_value.evidence) e where e ->> 'snapshotId' = snapshot.id)
`;

/**
 * Forgets snapshots made before a date that nobody needs: not the newest of a page, not the last
 * accepted one, cited by no mention, change or value (DESIGN §3.12).
 */
export async function pruneSnapshots(db: Db, before: Date): Promise<number> {
  return (await db.query(uncited, [before])).rowCount ?? 0;
}

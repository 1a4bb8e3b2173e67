import { type ArchiveRecord, digestOf, type Moment, packRecord } from "@waymark/crawl/archive";
import type { PageId, SnapshotId, SourceId } from "@waymark/domain";
import {
  type ArchivedVisit,
  countArchivedVisits,
  type Db,
  findSnapshot,
  listArchivedPages,
  listArchivedRobots,
  listArchivedVisits,
} from "@waymark/store";

type ArchiveRequest = {
  sourceIds: SourceId[];
  /** Visits before are left out, but for what later ones found unchanged. */
  since?: Date | undefined;
  /** Who made the archive, for its first record. */
  software: string;
  operator: string;
  onProgress?: (progress: ArchiveProgress) => void;
};
/** `leftOut`: visits of which no answer is kept, or that asked nobody. */
export type ArchiveProgress = { visits: number; total: number; leftOut: number };

const pagesAtOnce = 50;
const robotsAtOnce = 20;

/**
 * What some sources answered, as the records of a WARC file one by one: each a gzip member, the file their sum.
 * Bodies are read as they are written; the same rows give the same bytes.
 */
export async function* exportArchive(db: Db, request: ArchiveRequest): AsyncGenerator<Uint8Array> {
  const { sourceIds, since } = request;
  const { n: total, newestAt } = await countArchivedVisits(db, sourceIds, since);
  yield packRecord({ kind: "info", at: newestAt ?? new Date(0), fields: describe(request) });
  for await (const record of robotsRecords(db, sourceIds)) yield packRecord(record);
  const progress = { visits: 0, total, leftOut: 0 };
  for (let after = ""; ; ) {
    const pages = await listArchivedPages(db, { sourceIds, after, limit: pagesAtOnce });
    if (pages.length === 0) return;
    const ids = pages.map((page) => page.id);
    const visits = await listArchivedVisits(db, ids, since);
    for (const page of pages) {
      const story = { page, visits: visits.get(page.id) ?? [], since, progress };
      for await (const record of pageRecords(db, story)) yield packRecord(record);
      after = page.url;
    }
    request.onProgress?.({ ...progress });
  }
}

function describe({
  software,
  operator,
  sourceIds,
  since,
}: ArchiveRequest): Record<string, string> {
  return {
    software,
    format: "WARC File Format 1.1",
    conformsTo: "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    operator,
    description: `what ${sourceIds.length === 1 ? "a source" : `${sourceIds.length} sources`} answered${
      since ? ` since ${since.toISOString()}` : ""
    }: bodies unpacked, answers without a page by their status and target alone`,
  };
}

/** What a host's robots.txt said; how the server sent it is not kept. */
async function* robotsRecords(db: Db, sourceIds: SourceId[]): AsyncGenerator<ArchiveRecord> {
  for (let after = ""; ; ) {
    const hosts = await listArchivedRobots(db, { sourceIds, after, limit: robotsAtOnce });
    if (hosts.length === 0) return;
    for (const { hostId, text, at, schemes } of hosts) {
      const bytes = Buffer.from(text);
      for (const scheme of schemes) {
        const moment = { url: `${scheme}://${hostId}/robots.txt`, at, visit: "robots" };
        yield { ...moment, kind: "resource", contentType: "text/plain; charset=utf-8", bytes };
      }
      after = hostId;
    }
  }
}

type Story = {
  page: { id: PageId; url: string; snapshotId: SnapshotId | undefined };
  /** Oldest first; one before `since` is there for what it brought alone. */
  visits: ArchivedVisit[];
  since: Date | undefined;
  progress: ArchiveProgress;
};
type Original = Extract<ArchiveRecord, { kind: "revisit" }>["of"];

/** The visits of one page: what it brought, that it was as before, or how it was answered without. */
async function* pageRecords(db: Db, story: Story): AsyncGenerator<ArchiveRecord> {
  const { page, visits, since, progress } = story;
  let original: Original | undefined;
  let earlier: ArchivedVisit | undefined;
  for (const visit of visits) {
    if (since && visit.at < since) {
      earlier = visit;
      continue;
    }
    progress.visits += 1;
    const records: ArchiveRecord[] = [];
    if (visit.snapshotId) {
      records.push(...(await broughtRecords(db, page.url, visit)));
    } else if (visit.outcome === "unchanged") {
      if (!original && earlier) records.push(...(await broughtRecords(db, page.url, earlier)));
      else if (!original) records.push(...(await keptRecords(db, story, visit)));
      const same = originalOf(records) ?? original;
      if (same) records.push(revisitOf(page.url, visit, same));
    } else if (answersWithout(visit)) {
      const headers = { ...visit.headers, ...(visit.location && { location: visit.location }) };
      const { status } = visit;
      records.push({
        kind: "response",
        ...momentOf(page.url, visit),
        status,
        headers,
        bytes: undefined,
      });
    }
    original = originalOf(records) ?? original;
    if (records.length === 0) progress.leftOut += 1;
    yield* records;
  }
}

const momentOf = (url: string, visit: ArchivedVisit): Moment => ({
  url,
  at: visit.at,
  visit: String(visit.id),
});

/** The answer that brought a snapshot, or what a browser made of it; nothing when the bytes are not kept any more. */
async function broughtRecords(db: Db, url: string, visit: ArchivedVisit): Promise<ArchiveRecord[]> {
  const snapshot = await findSnapshot(db, visit.snapshotId!);
  if (!snapshot) return [];
  const { bytes, contentType } = snapshot;
  const moment = momentOf(url, visit);
  if (visit.rendered) {
    const madeBy = "a browser, from what the server sent";
    return [{ kind: "resource", ...moment, contentType, bytes, madeBy }];
  }
  const headers = visit.headers ?? (contentType ? { "content-type": contentType } : {});
  return [
    { kind: "request", ...moment },
    { kind: "response", ...moment, status: visit.status ?? 200, headers, bytes },
  ];
}

/**
 * The visit that brought what a page still says may be forgotten: then its bytes are told as what they were
 * known to be at the first visit that found them unchanged.
 */
async function keptRecords(
  db: Db,
  { page, visits }: Story,
  visit: ArchivedVisit,
): Promise<ArchiveRecord[]> {
  if (!page.snapshotId || visits.some((one) => one.snapshotId)) return [];
  const snapshot = await findSnapshot(db, page.snapshotId);
  if (!snapshot) return [];
  const { bytes, contentType } = snapshot;
  return [{ kind: "resource", ...momentOf(page.url, visit), contentType, bytes }];
}

/** What later visits that found the page unchanged refer to. */
function originalOf(records: ArchiveRecord[]): Original | undefined {
  for (const record of records) {
    if ((record.kind === "response" || record.kind === "resource") && record.bytes) {
      const { kind, url, at, visit } = record;
      return { kind, url, at, visit, digest: digestOf(record.bytes) };
    }
  }
  return undefined;
}

const revisitOf = (url: string, visit: ArchivedVisit, of: Original): ArchiveRecord => ({
  kind: "revisit",
  ...momentOf(url, visit),
  because: visit.status === 304 ? "not-modified" : "same-bytes",
  headers: visit.headers ?? {},
  of,
});

/**
 * Whether a server answered, of which only the status and target are kept. A visit that took no time asked nobody: it
 * shares the fate of its host.
 */
const answersWithout = (visit: ArchivedVisit): visit is ArchivedVisit & { status: number } =>
  visit.status !== undefined &&
  visit.status !== 200 &&
  (["moved", "gone", "refused"].includes(visit.outcome) ||
    (visit.outcome === "broken" && visit.tookMs > 0));

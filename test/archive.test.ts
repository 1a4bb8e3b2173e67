import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { exampleNights } from "@waymark/example-web";
import { listRuns } from "@waymark/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCommand, waymark } from "./setup/command.ts";
import { openProduct, type Product } from "./setup/product.ts";

let product: Product;
let folder: string;
let file: string;
let settings: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-archive-"));
  file = join(folder, "night.warc.gz");
  product = await openProduct();
  settings = settingsOf(product);
  await product.crawl(1);
  const { code, err } = await waymark(["archive", "export", "--all", file], settings);
  expect(code, err).toBe(0);
  expect(err).toMatch(/\d+ records and \d+ bytes written to .*night\.warc\.gz/);
}, 120_000);
afterAll(async () => {
  await product?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The web of the product may be asked: who should not do so can be caught at it. */
const settingsOf = ({ databaseUrl, web }: Product): NodeJS.ProcessEnv => ({
  DATABASE_URL: databaseUrl,
  WAYMARK_CLOCK: exampleNights[1],
  WAYMARK_CONNECT_TO: `127.0.0.1:${web.port}`,
});

type Row = { outcome: string; status: number | null; n: number };
async function countVisits(where: (row: Row) => boolean): Promise<number> {
  const { rows } = await product.db.query<Row>(
    "select outcome, status, (snapshot_id is not null) as kept, count(*)::int as n from visit group by 1, 2, 3",
  );
  return rows.filter(where).reduce((sum, row) => sum + row.n, 0);
}

type Written = { headers: Map<string, string>; block: Buffer };

/** The records of an archive, taken apart by hand and not by what wrote them. */
async function readRecords(path: string): Promise<Written[]> {
  const bytes = gunzipSync(await readFile(path));
  const records: Written[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf("\r\n\r\n", at);
    const [version, ...lines] = bytes.toString("utf8", at, end).split("\r\n");
    expect(version).toBe("WARC/1.1");
    const headers = new Map(lines.map((line) => line.split(": ", 2) as [string, string]));
    const start = end + 4;
    const length = Number(headers.get("Content-Length"));
    expect(bytes.toString("latin1", start + length, start + length + 4)).toBe("\r\n\r\n");
    records.push({ headers, block: bytes.subarray(start, start + length) });
    at = start + length + 4;
  }
  return records;
}

describe("what a night's crawl brought, as an archive", () => {
  test("holds an answer for each page that was fetched, and says what the others came to", async () => {
    const records = await readRecords(file);
    expect(records[0]!.headers.get("WARC-Type")).toBe("warcinfo");
    const ofType = (type: string, status = /./) =>
      records.filter(
        ({ headers, block }) =>
          headers.get("WARC-Type") === type && status.test(block.toString("latin1", 9, 12)),
      ).length;
    const fetched = await countVisits(
      (row) => row.outcome === "fetched" && (row as Row & { kept: boolean }).kept,
    );
    expect(fetched).toBeGreaterThan(100);
    expect(ofType("response", /200/)).toBeGreaterThanOrEqual(fetched);
    expect(ofType("request")).toBe(ofType("response", /200/));
    expect(ofType("response", /4\d\d/)).toBe(await countVisits((row) => row.outcome === "gone"));
    expect(ofType("response", /3\d\d/)).toBe(
      await countVisits((row) => row.outcome === "moved" && row.status !== 200),
    );
    expect(ofType("revisit")).toBe(await countVisits((row) => row.outcome === "unchanged"));
    expect(ofType("resource")).toBeGreaterThan(0);
  });

  test("every digest is that of its bytes, every id its own, every date the night's", async () => {
    const records = await readRecords(file);
    const ids = new Set(records.map(({ headers }) => headers.get("WARC-Record-ID")));
    expect(ids.size).toBe(records.length);
    for (const { headers, block } of records) {
      expect(headers.get("WARC-Date")).toBe(new Date(exampleNights[1]).toISOString());
      if (headers.get("WARC-Type") === "warcinfo") continue;
      expect(headers.get("WARC-Block-Digest")).toBe(digestOf(block));
      if (headers.get("WARC-Type") !== "response") continue;
      const body = block.subarray(block.indexOf("\r\n\r\n") + 4);
      expect(headers.get("WARC-Payload-Digest")).toBe(digestOf(body));
    }
  });

  test("is written once: again with --force it has the same bytes, and half a file never stands there", async () => {
    const before = await readFile(file);
    const refused = await waymark(["archive", "export", "--all", file], settings);
    expect(refused.code).toBe(1);
    expect(before.equals(await readFile(file))).toBe(true);
    expect(refused.err).toMatch(
      /^waymark: .*night\.warc\.gz exists already; --force replaces it\n$/,
    );
    const forced = await waymark(["archive", "export", "--all", "--force", file], settings);
    expect(forced.code, forced.err).toBe(0);
    expect(before.equals(await readFile(file))).toBe(true);
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("that cannot be written is one sentence", async () => {
    const nowhere = join(folder, "none", "night.warc.gz");
    const { code, err } = await waymark(["archive", "export", "--all", nowhere], settings);
    expect(code).toBe(1);
    expect(err).toMatch(/^waymark: cannot write .*none\/night\.warc\.gz: .*\n$/);
  });

  test("goes to another program as it goes to a file", async () => {
    const command = startCommand(["archive", "export", "--all", "-"], settings);
    const parts: Buffer[] = [];
    command.stdout!.on("data", (part: Buffer) => parts.push(part));
    const [code] = await once(command, "close");
    expect(code).toBe(0);
    expect(Buffer.concat(parts).equals(await readFile(file))).toBe(true);
  });

  test("of one source after its last visit there is nothing but its robots.txt", async () => {
    const one = join(folder, "one.warc.gz");
    const words = [
      "archive",
      "export",
      "--source",
      await someSource(),
      "--since",
      "2030-01-01",
      one,
    ];
    const { code, err } = await waymark(words, settings);
    expect(code, err).toBe(0);
    const kinds = (await readRecords(one)).map(({ headers }) => headers.get("WARC-Type"));
    expect(kinds[0]).toBe("warcinfo");
    expect(kinds.slice(1).every((kind) => kind === "resource")).toBe(true);
  });
});

const digestOf = (bytes: Buffer): string =>
  `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

async function someSource(): Promise<string> {
  const { rows } = await product.db.query(
    "select source_id from page where snapshot_id is not null group by 1 order by count(*), 1 limit 1",
  );
  return rows[0].source_id;
}

describe("an archive in the place of the web", () => {
  let other: Product;
  let there: NodeJS.ProcessEnv;
  beforeAll(async () => {
    other = await openProduct();
    there = settingsOf(other);
  }, 60_000);
  afterAll(() => other?.close());

  test("a file that cannot be used is one sentence, and nothing is written", async () => {
    const cut = join(folder, "cut.warc.gz");
    const bytes = await readFile(file);
    await writeFile(cut, bytes);
    await truncate(cut, Math.floor(bytes.length / 2));
    const page = join(folder, "page.warc.gz");
    await writeFile(page, "<html>");
    for (const [path, sentence] of [
      [cut, /cannot be used: at byte \d+ .*cut short/],
      [page, /is no WARC file/],
      [join(folder, "none.warc.gz"), /there is no such file/],
    ] as const) {
      const { code, out, err } = await waymark(["crawl", "--from", path, "--all"], there);
      expect(code, err).toBe(1);
      expect(out).toBe("");
      expect(err).toMatch(sentence);
      expect(err.trimEnd().split("\n")).toHaveLength(1);
    }
    expect(await listRuns(other.db)).toEqual([]);
  });

  test("the same pages bring the same changes, and no site is asked", async () => {
    const whole = await waymark(["crawl", "--from", file, "--all"], there);
    expect(whole.code, whole.err).toBe(0);
    expect(await other.export()).toBe(await product.export());

    // Without a name, what the archive holds something of is crawled; a second time it brings nothing new.
    const source = await someSource();
    const one = join(folder, "part.warc.gz");
    await waymark(["archive", "export", "--source", source, one], settings);
    const part = await waymark(["crawl", "--from", one, "--json"], there);
    expect(part.code, part.err).toBe(0);
    expect(JSON.parse(part.out).runs).toMatchObject([{ sourceId: source, state: "finished" }]);
    expect(await other.export()).toBe(await product.export());
    expect(other.web.requests).toEqual([]);
  }, 120_000);
});

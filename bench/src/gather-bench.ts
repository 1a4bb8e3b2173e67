import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BadInput } from "@waymark/domain";
import { gatherEfforts } from "@waymark/pipeline/worker";
import { openPool, type Pool, transaction } from "@waymark/store";
import { createDatabaseServer } from "./crawl-database.ts";
import type { Figure } from "./figure.ts";
import { makeCatalog } from "./resolve-catalog.ts";
import { makeMentions } from "./resolve-mentions.ts";

const now = new Date("2026-03-01T02:00:00Z");
/** Of an effort that no entry answers to, so many mentions are made on the average. */
const mentionsOfOne = 4;

/**
 * Mentions that no entry answers to, gathered into unseen efforts in a real database: all of them at once,
 * again with nothing changed, and after a night that brought one in a hundred more.
 */
export async function benchGather({ mentions }: { mentions: number }): Promise<Figure[]> {
  if (mentions < 100 || mentions > 1_000_000)
    throw new BadInput(`--mentions ${mentions}: give a number from 100 to 1000000`);
  const folder = mkdtempSync(join(tmpdir(), "waymark-gather-"));
  const server = createDatabaseServer(folder);
  try {
    const { url, cpuSeconds } = await server.create();
    const pool = openPool(url, { applicationName: "waymark-bench" });
    try {
      const made = makeMentions(
        makeCatalog(Math.ceil(mentions / mentionsOfOne)),
        Math.ceil(mentions * 1.01),
      );
      const data = `${mentions} made-up mentions`;
      const timed = async (figure: string): Promise<Figure[]> => {
        const before = { here: process.cpuUsage(), there: cpuSeconds() };
        await transaction(pool, (db) => gatherEfforts(db, now));
        const { user, system } = process.cpuUsage(before.here);
        const value = (name: string, seconds: number): Figure => ({
          ...{ bench: "gather", figure: `${figure}: ${name}`, unit: "s", data },
          value: Math.round(seconds * 100) / 100,
        });
        return [
          value("CPU of Node", (user + system) / 1e6),
          value("CPU of Postgres", cpuSeconds() - before.there),
        ];
      };
      await load(pool, made.slice(0, mentions), 0);
      const figures = [...(await timed("all at once")), ...(await timed("nothing changed"))];
      await load(pool, made.slice(mentions), mentions);
      figures.push(...(await timed("one in a hundred more")));
      const { rows } = await pool.query(
        "select count(distinct cluster_id)::int as n, count(distinct component)::int as components from mention",
      );
      return [
        ...figures,
        { bench: "gather", figure: "clusters", value: rows[0].n, unit: "", data },
        { bench: "gather", figure: "components", value: rows[0].components, unit: "", data },
      ];
    } finally {
      await pool.end();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const loadPages = `
  insert into page (id, source_id, host_id, url, first_seen_at, visited_at, snapshot_id, kind)
  select 'p' || id, 'made', 'made.example', 'http://made.example/' || id, $2, $2, $3, 'detail'
  from unnest($1::text[]) as given(id)
`;
const loadMentions = `
  insert into mention (id, page_id, key, mention, snapshot_id, reader_version, knowledge_version, match, first_seen_at, changed_at)
  select 'm' || given.id, 'p' || given.id, 'k', given.mention, $4, '1', '1', '{"verdict":"different","score":0,"reasons":[]}', $3, $3
  from unnest($1::text[], $2::jsonb[]) as given(id, mention)
`;

async function load(
  pool: Pool,
  made: ReturnType<typeof makeMentions>,
  from: number,
): Promise<void> {
  const snapshot = "0".repeat(64);
  await pool.query("insert into host (id) values ('made.example') on conflict do nothing");
  await pool.query(
    `insert into source (id, name, kind, seeds, scope, created_at)
     values ('made', 'Made', 'network', '{http://made.example/}', '{http://made.example/}', $1) on conflict do nothing`,
    [now],
  );
  await pool.query(
    "insert into snapshot (id, body, body_bytes, created_at) values ($1, '', 0, $2) on conflict do nothing",
    [snapshot, now],
  );
  for (let start = 0; start < made.length; start += 1000) {
    const slice = made.slice(start, start + 1000);
    const ids = slice.map((_one, at) => String(from + start + at).padStart(8, "0"));
    await pool.query(loadPages, [ids, now, snapshot]);
    const told = slice.map(({ mention }) => JSON.stringify(mention));
    await pool.query(loadMentions, [ids, told, now, snapshot]);
  }
  await pool.query("analyze");
}

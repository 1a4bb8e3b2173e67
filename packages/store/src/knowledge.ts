import { Knowledge } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const newest = sql`select knowledge from knowledge order by turn desc limit 1`;

/** The newest knowledge, if any was built. */
export async function findKnowledge(db: Db): Promise<Knowledge | undefined> {
  const { rows } = await db.query(newest);
  return rows[0] && Knowledge.parse(rows[0].knowledge);
}

const newestVersion = sql`select version from knowledge order by turn desc limit 1`;

/** The version of the newest knowledge. */
export async function findKnowledgeVersion(db: Db): Promise<string | undefined> {
  return (await db.query(newestVersion)).rows[0]?.version;
}

const insertKnowledge = sql`
  insert into knowledge (version, knowledge, built_at) values ($1, $2, $3)
  on conflict (version) do update set built_at = excluded.built_at, turn = default
`;

/** Keeps knowledge; the same content has the same version. */
export async function saveKnowledge(db: Db, knowledge: Knowledge, now: Date): Promise<void> {
  await db.query(insertKnowledge, [knowledge.version, JSON.stringify(knowledge), now]);
}

const organizations = sql`select name, aliases from organization order by name`;

/** Organizations with the other names curators gave them. */
export async function listOrganizations(db: Db): Promise<{ name: string; aliases: string[] }[]> {
  return (await db.query(organizations)).rows;
}

import { type Db, sql } from "./db.ts";

const columns = sql`
  select c.relname as table_name, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    a.attnotnull as required, pg_get_expr(d.adbin, d.adrelid) as fallback, a.attidentity <> '' as identity
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relkind in ('r', 'p') and c.relname <> 'migration'
  order by c.relname, a.attnum
`;
const constraints = sql`
  select c.relname as table_name, pg_get_constraintdef(k.oid) as definition
  from pg_constraint k join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  where c.relname <> 'migration' and k.contype <> 'n'
  order by c.relname, k.contype, definition
`;
const indexes = sql`
  select pg_get_indexdef(i.indexrelid) as definition
  from pg_index i join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  where c.relname <> 'migration' and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
  order by definition
`;
const views = sql`
  select c.relname as name, pg_get_viewdef(c.oid, true) as definition
  from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  where c.relkind = 'v' order by c.relname
`;

/**
 * The resulting schema as text, read from the catalog of the database itself: what `schema.sql` holds,
 * so that a review of a migration shows the tables and views it leaves.
 */
export async function describeSchema(db: Db): Promise<string> {
  const tables = Map.groupBy((await db.query(columns)).rows, (row) => row.table_name as string);
  const rules = Map.groupBy((await db.query(constraints)).rows, (row) => row.table_name as string);
  const blocks = [...tables].map(([table, rows]) => {
    const lines = rows.map(
      (row) =>
        `  ${row.name} ${row.type}${row.required ? " not null" : ""}${row.identity ? " generated always as identity" : ""}${row.fallback ? ` default ${row.fallback}` : ""}`,
    );
    const ruled = (rules.get(table) ?? []).map((row) => `  ${row.definition}`);
    return `create table "${table}" (\n${[...lines, ...ruled].join(",\n")}\n);\n`;
  });
  const indexed = (await db.query(indexes)).rows.map((row) => `${row.definition};`);
  const seen = (await db.query(views)).rows.map(
    ({ name, definition }) => `create view "${name}" as\n${definition}\n`,
  );
  return `-- Made by \`vitest run packages/store -u\`; a test keeps it true.\n\n${blocks.join("\n")}\n${indexed.join("\n")}\n\n${seen.join("\n")}`;
}

import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import { listQueries, openPool, type Pool } from "./index.ts";

let pool: Pool;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  pool = openPool(database.url);
  drop = database.drop;
});
afterAll(async () => {
  await pool.end();
  await drop();
});

test("there are queries to prepare", () => {
  expect(listQueries().length).toBeGreaterThan(80);
});

test.each(listQueries().map((query) => [query.trim().slice(0, 60), query]))(
  "prepares: %s",
  async (_title, query) => {
    const client = await pool.connect();
    try {
      await client.query(`prepare q as ${query}`);
      await client.query("deallocate q");
    } catch (error) {
      throw new Error(`${(error as Error).message} in ${query}`);
    } finally {
      client.release();
    }
  },
);

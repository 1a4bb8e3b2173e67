import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import { describeSchema, openPool, type Pool } from "./index.ts";

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

test("schema.sql is what the migrations leave", async () => {
  await expect(await describeSchema(pool)).toMatchFileSnapshot("../schema.sql");
});

import pg from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "./database.ts";

async function ask(url: string, question: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(question);
  } finally {
    await client.end();
  }
}

test("every test file has a database of its own with the newest schema", async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await ask(one.url, "create table mine (n int)");
  await expect(ask(two.url, "select from mine")).rejects.toThrow("does not exist");
  expect((await ask(two.url, "select from initiative")).rowCount).toBe(0);
  await one.drop();
  await two.drop();
  await expect(ask(one.url, "select 1")).rejects.toThrow("does not exist");
});

test("a migration of its own begins from an empty database", async () => {
  const database = await createTestDatabase((url) => ask(url, "create table own (n int)"));
  expect((await ask(database.url, "select from own")).rowCount).toBe(0);
  await expect(ask(database.url, "select from initiative")).rejects.toThrow("does not exist");
  await database.drop();
});

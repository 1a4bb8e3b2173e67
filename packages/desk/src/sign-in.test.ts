import { findAccount } from "@waymark/store";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AskedDesk, openAskedDesk } from "../test/asked-desk.ts";
import { sampleNow } from "../test/sample-ids.ts";
import { createDesk } from "./desk.ts";
import { createSignInLink, ensureFirstAccount } from "./sign-in.ts";

let desk: AskedDesk;
beforeAll(async () => {
  desk = await openAskedDesk();
});
afterAll(() => desk.close());

const origin = "http://desk.test";
const post = (link: string) => desk.app.request(link, { method: "POST", headers: { origin } });

test("the first account is an admin, and made once", async () => {
  const database = await openAskedDesk();
  const first = await ensureFirstAccount(database.db);
  const again = await ensureFirstAccount(database.db);
  expect([first.created, first.account.role, again.created]).toEqual([true, "admin", false]);
  expect(again.account.id).toBe(first.account.id);
  await database.close();
});

test("looking at a link does not use it up, using it does", async () => {
  const link = await createSignInLink(desk.db, {
    accountName: "ada",
    role: "curator",
    baseUrl: origin,
  });
  for (let look = 0; look < 3; look += 1)
    expect(await (await desk.app.request(link)).text()).toContain("Sign in as ada");
  const answer = await post(link);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("set-cookie")).toMatch(
    /^waymark=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  expect((await post(link)).status).toBe(401);
  expect(await (await desk.app.request(link)).text()).toContain("pnpm waymark accounts link NAME");
});

test("over https the cookie is tied to the host", async () => {
  const { db } = desk;
  const baseUrl = "https://desk.example";
  const log = pino({ level: "silent" });
  const app = createDesk({ db, bell: undefined, now: () => sampleNow, log, baseUrl, version: "1" });
  const link = await createSignInLink(db, { accountName: "ada", role: "curator", baseUrl });
  const behindProxy = link.replace("https:", "http:");
  const answer = await app.request(behindProxy, { method: "POST", headers: { origin: baseUrl } });
  expect(answer.headers.get("set-cookie")).toMatch(/^__Host-waymark=[^;]+;.*; Secure/);
  const other = { method: "POST", headers: { origin: "http://desk.example" } };
  expect((await app.request(behindProxy, other)).status).toBe(403);
});

test("neither a secret nor a session id is stored as it is", async () => {
  const link = await createSignInLink(desk.db, { accountName: "ada", baseUrl: origin });
  const secret = link.split("/").at(-1)!;
  const { cookie } = await desk.signIn("curator", "ada");
  const { rows } = await desk.db.query(
    "select string_agg(secret_hash, ' ') as all from (select secret_hash from sign_in union select secret_hash from token) s",
  );
  expect(rows[0].all).not.toContain(secret);
  expect(rows[0].all).not.toContain(cookie.split("=")[1]);
});

test("signing in makes a new session whatever cookie comes along", async () => {
  const link = await createSignInLink(desk.db, { accountName: "ada", baseUrl: origin });
  const headers = { origin, cookie: "waymark=chosen-by-somebody-else" };
  const answer = await desk.app.request(link, { method: "POST", headers });
  expect(answer.headers.get("set-cookie")).not.toContain("chosen-by-somebody-else");
});

for (const [what, change] of [
  ["idle for more than 12 hours", "seen_at = now() - interval '12 hours 1 minute'"],
  ["past its seven days", "expires_at = now() - interval '1 second'"],
] as const)
  test(`a session ends: ${what}`, async () => {
    const name = `reader ${what}`;
    const session = await desk.signIn("reader", name);
    expect((await session.get("/")).status).toBe(200);
    const { id } = (await findAccount(desk.db, name))!;
    await desk.db.query(`update token set ${change} where account_id = $1`, [id]);
    expect((await session.get("/")).status).toBe(401);
  });

test("a session lasts while it is used", async () => {
  const session = await desk.signIn("reader", "busy");
  const { id } = (await findAccount(desk.db, "busy"))!;
  const rest = "update token set seen_at = now() - interval '11 hours' where account_id = $1";
  await desk.db.query(rest, [id]);
  expect((await session.get("/")).status).toBe(200);
  await desk.db.query(rest, [id]);
  expect((await session.get("/")).status).toBe(200);
});

test("after signing out the session is worth nothing", async () => {
  const session = await desk.signIn("reader", "leaver");
  expect((await session.post("/sign-out")).status).toBe(303);
  expect((await session.get("/")).status).toBe(401);
});

test("a link is worth nothing after its hour", async () => {
  const link = await createSignInLink(desk.db, { accountName: "ada", baseUrl: origin });
  await desk.db.query("update sign_in set expires_at = now() where used_at is null");
  expect((await post(link)).status).toBe(401);
});

test("who tries wrong links hears no, and then to wait", async () => {
  const log = pino({ level: "silent" });
  const app = createDesk({ db: desk.db, bell: undefined, now: () => sampleNow, log, version: "1" });
  const statuses: number[] = [];
  for (let index = 0; index < 12; index += 1)
    statuses.push(
      (
        await app.request(`${origin}/sign-in/wrong-${index}`, {
          method: "POST",
          headers: { origin },
        })
      ).status,
    );
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
});

test("no link for a name that has no account", async () => {
  const link = createSignInLink(desk.db, { accountName: "nobody", baseUrl: origin });
  await expect(link).rejects.toThrow("there is no account named “nobody”");
});

import { type Role, roles } from "@waymark/domain";
import { openPool, type Pool } from "@waymark/store";
import type { Hono } from "hono";
import { pino } from "pino";
import { createTestDatabase } from "../../../test/setup/database.ts";
import { createDesk } from "../src/desk.ts";
import { createSignInLink } from "../src/sign-in.ts";
import { sampleNow } from "./sample-ids.ts";
import { addSampleRows } from "./sample-rows.ts";

const origin = "http://desk.test";

/** A desk over sample rows, asked without a socket: for tests. */
export type AskedDesk = {
  db: Pool;
  app: Hono;
  /** A browser of somebody signed in; `csrf` is what their forms carry. */
  signIn(role: Role, name?: string): Promise<Session>;
  close(): Promise<void>;
};
export type Session = {
  cookie: string;
  csrf: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(
    path: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Response>;
};

export async function openAskedDesk(name?: string): Promise<AskedDesk> {
  const database = await createTestDatabase();
  const db = openPool(database.url, { max: 4 });
  await addSampleRows(db, name);
  const app = createDesk({
    db,
    bell: undefined,
    now: () => sampleNow,
    log: pino({ level: "silent" }),
    version: "0.0.0-test",
  });
  const signIn = async (role: Role, accountName: string = role): Promise<Session> => {
    const link = await createSignInLink(db, { accountName, role, baseUrl: origin });
    const answer = await app.request(link, { method: "POST", headers: { origin } });
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    const get = async (path: string, headers = {}) =>
      app.request(`${origin}${path}`, { headers: { cookie, ...headers } });
    const csrf = /name="csrf" value="([^"]+)"/.exec(await (await get("/runs")).text())?.[1] ?? "";
    const post = async (path: string, fields: Record<string, string> = {}, headers = {}) =>
      app.request(`${origin}${path}`, {
        method: "POST",
        headers: { cookie, origin, ...headers },
        body: new URLSearchParams({ csrf, ...fields }),
      });
    return { cookie, csrf, get, post };
  };
  return {
    db,
    app,
    signIn,
    close: async () => {
      await db.end();
      await database.drop();
    },
  };
}

/** One session a role. */
export const signInAll = async (desk: AskedDesk): Promise<Record<Role, Session>> =>
  Object.fromEntries(
    await Promise.all(roles.map(async (role) => [role, await desk.signIn(role)] as const)),
  ) as Record<Role, Session>;

import type { Account } from "@waymark/domain";
import type { Bell, Clock } from "@waymark/pipeline";
import type { Pool } from "@waymark/store";
import type { Context } from "hono";
import type { Logger } from "pino";

/** What every page of one desk shares. */
export type Desk = {
  db: Pool;
  bell: Bell | undefined;
  now: Clock;
  log: Logger;
  /** Where people reach the desk, when that is not where it listens. */
  baseUrl: URL | undefined;
  version: string;
};

/** Who is signed in, with the secret that their forms must carry. */
export type Viewer = { account: Account; csrfSecret: string; secretHash: string };

/** One request to a route that anyone may ask. */
export type OpenCall = {
  c: Context;
  desk: Desk;
  viewer: Viewer | undefined;
  /** The network address the request came from, for limits. */
  caller: string;
};

/** One request of somebody signed in, whose role was found sufficient. */
export type Call = OpenCall & { viewer: Viewer };

/** One request of a program that asks with an access token; it may look as a reader may, and nothing more. */
export type TokenCall = OpenCall & { account: Account; token: string };

/** One value of the address's query, or undefined when it is absent or blank. */
export function asked(call: OpenCall, name: string): string | undefined {
  return call.c.req.query(name)?.trim() || undefined;
}

/** Whether the caller is a program, or a script of ours, that wants JSON. */
export const wantsJson = ({ c }: Pick<OpenCall, "c">): boolean =>
  /\bapplication\/json\b/.test(c.req.header("accept") ?? "");

import { getConnInfo } from "@hono/node-server/conninfo";
import { mayActAs } from "@waymark/domain";
import type { Bell, Clock } from "@waymark/pipeline";
import type { Pool } from "@waymark/store";
import { type Context, Hono } from "hono";
import type { Logger } from "pino";
import type { Desk, OpenCall } from "./call.ts";
import { isWithinLimit } from "./limit-body.ts";
import { showProblem } from "./pages/problem-page.ts";
import { notFound, Problem } from "./problem.ts";
import { answerProblem } from "./reconcile/answer.ts";
import { createRoutes, type Route } from "./routes.ts";
import {
  createTryLimit,
  requireCsrfField,
  requireOwnOrigin,
  setSecurityHeaders,
} from "./security.ts";
import { findTokenAccount, findViewer } from "./sign-in.ts";

const bodyBytesMax = 256 * 1024;

/** The desk over a database: an app to serve, or to ask directly in tests. */
export function createDesk(options: {
  db: Pool;
  bell: Bell | undefined;
  now: Clock;
  log: Logger;
  baseUrl?: string | undefined;
  version: string;
}): Hono {
  const desk: Desk = {
    ...options,
    baseUrl: options.baseUrl ? new URL(options.baseUrl) : undefined,
  };
  const app = new Hono();
  const wrongTokens = createTryLimit({ triesMax: 30, windowMs: 60_000 });
  app.use((c, next) => setSecurityHeaders(desk, c, next));
  app.use(async (c, next) => {
    if (await isWithinLimit(c, bodyBytesMax)) return next();
    const call = openCall(c, desk);
    return c.req.path.startsWith("/reconcile/")
      ? answerProblem(call, tooLarge)
      : showProblem(call, tooLarge);
  });
  for (const route of createRoutes())
    app.on(route.method, route.path, (c) =>
      route.needs === "token"
        ? answerToken(route, openCall(c, desk), wrongTokens)
        : answer(route, openCall(c, desk)),
    );
  app.notFound(async (c) =>
    showProblem(await withViewer(openCall(c, desk)), notFound("such page")),
  );
  app.onError((error, c) => showProblem(openCall(c, desk), error));
  return app;
}

const tooLarge = new Problem(413, "That is more than the desk takes at once.", "Send less.");

/**
 * Answers a route, once it is clear who asks and that they may.
 *
 * Invariant: this and `answerToken` are the only places from which a page is called, so none can forget to ask.
 */
async function answer(
  route: Exclude<Route, { needs: "token" }>,
  open: OpenCall,
): Promise<Response> {
  let call = open;
  try {
    if (route.method === "POST") requireOwnOrigin(open.desk, open.c);
    // Whoever asks for these is not looked up: they must answer while the database is away.
    if (route.needs === "nobody") return await route.answer(open);
    call = await withViewer(open);
    const { viewer } = call;
    if (!viewer) throw signedOut;
    if (!mayActAs(viewer.account.role, route.needs))
      throw roleTooLow(route.needs, viewer.account.role);
    if (route.method !== "GET") await requireCsrfField(call.c, viewer);
    return await route.answer({ ...call, viewer });
  } catch (error) {
    return showProblem(call, error);
  }
}

/**
 * Answers a program that asks with a token. Nothing it asks changes anything, and it shows what it may in
 * its address, not by a cookie that a browser would send along, so it may come from anywhere.
 */
async function answerToken(
  route: Extract<Route, { needs: "token" }>,
  open: OpenCall,
  wrong: ReturnType<typeof createTryLimit>,
): Promise<Response> {
  try {
    const atMs = performance.now();
    if (wrong.isSpent(open.caller, atMs)) throw tooManyTokens;
    const token = open.c.req.param("token") ?? "";
    const account = await findTokenAccount(open.desk.db, token);
    if (account) return await route.answer({ ...open, account, token });
    wrong.add(open.caller, atMs);
    throw wrongToken;
  } catch (error) {
    return answerProblem(open, error);
  }
}

const tooManyTokens = new Problem(
  429,
  "Too many addresses that did not work.",
  "Wait a minute, then try again.",
);

const wrongToken = new Problem(
  401,
  "The token in this address is unknown, too old, or was taken away.",
  "An admin makes an address with “pnpm waymark accounts token NAME”.",
);

const signedOut = new Problem(
  401,
  "You are not signed in, or your session has ended.",
  "Open a sign-in link. An admin makes one with “pnpm waymark accounts link NAME”.",
);

const roleTooLow = (needed: string, role: string): Problem =>
  new Problem(
    403,
    `This is for the role “${needed}”; yours is “${role}”.`,
    "An admin can give your account another role.",
  );

const openCall = (c: Context, desk: Desk): OpenCall => ({
  c,
  desk,
  viewer: undefined,
  caller: callerOf(c),
});

const withViewer = async (call: OpenCall): Promise<OpenCall> => ({
  ...call,
  viewer: await findViewer(call.c, call.desk),
});

/** Where a request comes from; asked without a socket, as in tests, that is nowhere. */
function callerOf(c: Context): string {
  return c.env?.incoming ? (getConnInfo(c).remote.address ?? "unknown") : "unknown";
}

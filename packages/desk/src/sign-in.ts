import { createHash, randomBytes, randomUUID } from "node:crypto";
import { type Account, AccountId, BadInput, type Role } from "@waymark/domain";
import {
  addAccount,
  addSignIn,
  addToken,
  type Db,
  findAccount,
  findSignIn,
  listAccounts,
  removeToken,
  saveAccount,
  useSignIn,
  useToken,
} from "@waymark/store";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Desk, Viewer } from "./call.ts";

const linkMinutes = 60;
const idleHours = 12;
const sessionHours = 7 * 24;
/** A program may rest for long; how long its token holds is said when it is made. */
const tokenIdleHours = 10 * 366 * 24;

/**
 * A link that signs its account in once, within the hour. With a role, an account of that name is made,
 * or given that role. BadInput when there is no such account, or it is disabled.
 */
export async function createSignInLink(
  db: Db,
  { accountName, role, baseUrl }: { accountName: string; role?: Role | undefined; baseUrl: string },
): Promise<string> {
  const account = await ensureAccount(db, accountName, role);
  if (account.disabled)
    throw new BadInput(`the account “${accountName}” is disabled: an admin can enable it again`);
  const secret = newSecret();
  await addSignIn(db, { secretHash: hashOf(secret), accountId: account.id, minutes: linkMinutes });
  return new URL(`/sign-in/${secret}`, baseUrl).href;
}

/**
 * A secret with which a program may ask in the name of an account for so many days, until it is taken away
 * or the account is disabled. BadInput when there is no such account.
 */
export async function createAccessToken(
  db: Db,
  { accountName, days }: { accountName: string; days: number },
): Promise<string> {
  const account = await ensureAccount(db, accountName, undefined);
  if (account.disabled)
    throw new BadInput(`the account “${accountName}” is disabled: an admin can enable it again`);
  const secret = newSecret();
  const token = { secretHash: hashOf(secret), accountId: account.id, kind: "access" as const };
  await addToken(db, { ...token, csrfSecret: undefined, hours: days * 24 });
  return secret;
}

/** In whose name a program asks with a secret; undefined when it is unknown, taken away or too old. */
export async function findTokenAccount(db: Db, secret: string): Promise<Account | undefined> {
  const token = { secretHash: hashOf(secret), kind: "access" as const };
  return (await useToken(db, { ...token, idleHours: tokenIdleHours }))?.account;
}

/** The first account, an admin named `admin`, where there is none yet. */
export async function ensureFirstAccount(db: Db): Promise<{ account: Account; created: boolean }> {
  const accounts = await listAccounts(db);
  const admin = accounts.find(({ role, disabled }) => role === "admin" && !disabled) ?? accounts[0];
  if (admin) return { account: admin, created: false };
  return { account: await ensureAccount(db, "admin", "admin"), created: true };
}

/** Adds an account under a new name. */
export async function createAccount(db: Db, name: string, role: Role): Promise<void> {
  const isAdded = await addAccount(db, { id: newAccountId(), name, role });
  if (!isAdded) throw new BadInput(`there is an account named “${name}” already`);
}

/** Whom a link would sign in; looking at it does not use it up. */
export const findLinkAccount = (db: Db, secret: string): Promise<Account | undefined> =>
  findSignIn(db, hashOf(secret));

/** Uses up a one-time link and opens a session; undefined when the link is unknown, used or too old. */
export async function signIn(c: Context, desk: Desk, secret: string): Promise<Account | undefined> {
  const account = await useSignIn(desk.db, hashOf(secret));
  if (!account) return undefined;
  // Always a new id, whatever cookie came along: no session can be fixed beforehand.
  const sessionId = newSecret();
  await addToken(desk.db, {
    secretHash: hashOf(sessionId),
    accountId: account.id,
    kind: "session",
    csrfSecret: newSecret(),
    hours: sessionHours,
  });
  setCookie(c, cookieName(desk), sessionId, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: isSecure(desk),
    maxAge: sessionHours * 3600,
  });
  return account;
}

/** Who a request comes from, when its session is neither idle for too long nor too old. */
export async function findViewer(c: Context, desk: Desk): Promise<Viewer | undefined> {
  const sessionId = getCookie(c, cookieName(desk));
  if (!sessionId) return undefined;
  const secretHash = hashOf(sessionId);
  const found = await useToken(desk.db, { secretHash, kind: "session", idleHours });
  if (!found?.csrfSecret) return undefined;
  return { account: found.account, csrfSecret: found.csrfSecret, secretHash };
}

/** Ends the session of a viewer, on the server and in the browser. */
export async function signOut(c: Context, desk: Desk, viewer: Viewer): Promise<void> {
  await removeToken(desk.db, viewer.secretHash);
  deleteCookie(c, cookieName(desk), { path: "/", secure: isSecure(desk) });
}

async function ensureAccount(db: Db, name: string, role: Role | undefined): Promise<Account> {
  if (role) await addAccount(db, { id: newAccountId(), name, role });
  const account = await findAccount(db, name);
  if (!account) throw new BadInput(`there is no account named “${name}”: name a role to make one`);
  if (!role || account.role === role) return account;
  await saveAccount(db, { ...account, role });
  return { ...account, role };
}

const newAccountId = (): AccountId => AccountId.parse(randomUUID());

/** 256 random bits, fit for an address or a cookie. Only its hash is ever stored. */
const newSecret = (): string => randomBytes(32).toString("base64url");

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

const isSecure = ({ baseUrl }: Desk): boolean => baseUrl?.protocol === "https:";

/** Browsers tie a `__Host-` cookie to this very host, and keep it from plain http. */
const cookieName = (desk: Desk): string => (isSecure(desk) ? "__Host-waymark" : "waymark");

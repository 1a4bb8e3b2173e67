import type { Account, AccountId, Role } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const insertAccount = sql`insert into account (id, name, role) values ($1, $2, $3) on conflict do nothing`;

/** Adds an account; false when the name is taken. */
export async function addAccount(
  db: Db,
  account: { id: AccountId; name: string; role: Role },
): Promise<boolean> {
  return (await db.query(insertAccount, [account.id, account.name, account.role])).rowCount === 1;
}

const allAccounts = sql`select id, name, role, disabled from account order by name`;

/** Every account, by name. */
export async function listAccounts(db: Db): Promise<Account[]> {
  return (await db.query(allAccounts)).rows;
}

const accountByName = sql`select id, name, role, disabled from account where name = $1`;

/** The account of a name. */
export async function findAccount(db: Db, name: string): Promise<Account | undefined> {
  return (await db.query(accountByName, [name])).rows[0];
}

const setAccountQuery = sql`update account set role = $2, disabled = $3 where id = $1`;

/** Changes what an account may do. */
export async function saveAccount(
  db: Db,
  account: Pick<Account, "id" | "role" | "disabled">,
): Promise<void> {
  await db.query(setAccountQuery, [account.id, account.role, account.disabled]);
}

const insertSignIn = sql`
  insert into sign_in (secret_hash, account_id, expires_at) values ($1, $2, now() + $3 * interval '1 minute')
`;

/** Keeps the hash of a one-time link. */
export async function addSignIn(
  db: Db,
  { secretHash, accountId, minutes }: { secretHash: string; accountId: AccountId; minutes: number },
): Promise<void> {
  await db.query(insertSignIn, [secretHash, accountId, minutes]);
}

const signInByHash = sql`
  select account.id, account.name, account.role, account.disabled
  from sign_in join account on account.id = sign_in.account_id
  where secret_hash = $1 and used_at is null and expires_at > now() and not account.disabled
`;

/** Whom a one-time link would sign in, without using it up. */
export async function findSignIn(db: Db, secretHash: string): Promise<Account | undefined> {
  return (await db.query(signInByHash, [secretHash])).rows[0];
}

const useSignInQuery = sql`
  update sign_in set used_at = now() from account
  where secret_hash = $1 and used_at is null and expires_at > now()
    and account.id = sign_in.account_id and not account.disabled
  returning account.id, account.name, account.role, account.disabled
`;

/** Uses up a one-time link; the account it was for, or undefined when it is unknown, used or too old. */
export async function useSignIn(db: Db, secretHash: string): Promise<Account | undefined> {
  return (await db.query(useSignInQuery, [secretHash])).rows[0];
}

const insertToken = sql`
  insert into token (secret_hash, account_id, kind, csrf_secret, expires_at)
  values ($1, $2, $3, $4, now() + $5 * interval '1 hour')
`;

/** Keeps the hash of a session or access token. */
export async function addToken(
  db: Db,
  token: {
    secretHash: string;
    accountId: AccountId;
    kind: "session" | "access";
    csrfSecret: string | undefined;
    hours: number;
  },
): Promise<void> {
  await db.query(insertToken, [
    token.secretHash,
    token.accountId,
    token.kind,
    token.csrfSecret ?? null,
    token.hours,
  ]);
}

const useTokenQuery = sql`
  update token set seen_at = now() from account
  where secret_hash = $1 and kind = $2 and expires_at > now() and seen_at > now() - $3 * interval '1 hour'
    and account.id = token.account_id and not account.disabled
  returning account.id, account.name, account.role, account.disabled, token.csrf_secret
`;

/** The account behind a token that is neither expired nor idle for too long. */
export async function useToken(
  db: Db,
  {
    secretHash,
    kind,
    idleHours,
  }: { secretHash: string; kind: "session" | "access"; idleHours: number },
): Promise<{ account: Account; csrfSecret: string | undefined } | undefined> {
  const { rows } = await db.query(useTokenQuery, [secretHash, kind, idleHours]);
  const row = rows[0];
  if (!row) return undefined;
  const { csrf_secret, ...account } = row;
  return { account, csrfSecret: csrf_secret ?? undefined };
}

const deleteTokensOf = sql`delete from token where account_id = $1 and kind = 'access'`;

/** Ends every access token of an account; returns how many there were. */
export async function removeAccessTokens(db: Db, accountId: AccountId): Promise<number> {
  return (await db.query(deleteTokensOf, [accountId])).rowCount ?? 0;
}

const deleteToken = sql`delete from token where secret_hash = $1`;

/** Ends a session. */
export async function removeToken(db: Db, secretHash: string): Promise<void> {
  await db.query(deleteToken, [secretHash]);
}

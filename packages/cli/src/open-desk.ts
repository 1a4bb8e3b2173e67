import { createDesk, createSignInLink, ensureFirstAccount, serveDesk } from "@waymark/desk";
import type { Bell, Clock } from "@waymark/pipeline";
import type { Home } from "./home.ts";
import type { Session } from "./session.ts";
import { print, strong } from "./terminal.ts";
import { version } from "./version.ts";

/** Serves the desk, and prints where it is with a link that signs in once. */
export async function openDesk(
  { config, log }: Session,
  { db }: Home,
  { bell, now }: { bell: Bell | undefined; now: Clock },
): Promise<{ url: string; close(): Promise<void> }> {
  const app = createDesk({ db, bell, now, log, baseUrl: config.url, version });
  const desk = await serveDesk(app, config);
  const baseUrl = config.url ?? desk.url;
  const { account } = await ensureFirstAccount(db);
  const link = await createSignInLink(db, { accountName: account.name, baseUrl });
  print();
  print(`The desk is at ${strong(baseUrl)}`);
  print(`Sign in once as ${account.name}, within the hour: ${link}`);
  return desk;
}

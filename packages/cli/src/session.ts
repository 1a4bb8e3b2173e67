import { type Clock, createClock } from "@waymark/pipeline";
import type { Pool } from "@waymark/store";
import { type Config, loadConfig } from "./config.ts";
import { type Home, openHome } from "./home.ts";
import { type Interrupts, listenForInterrupts } from "./interrupts.ts";
import { createLog, type Logger } from "./log.ts";

/** What every command works with. */
export type Session = {
  config: Config;
  log: Logger;
  /** The domain clock of this installation. */
  now: Clock;
  interrupts: Interrupts;
};

/** Opens a session; programs that serve log what they do, commands only what goes wrong. */
export function openSession(level: "info" | "warn" = "warn"): Session {
  const config = loadConfig();
  return {
    config,
    log: createLog(config, level),
    now: createClock(config.clock),
    interrupts: listenForInterrupts(),
  };
}

/** Runs the work with the database open, and releases it however the work ends. */
export async function withHome<T>(session: Session, work: (home: Home) => Promise<T>): Promise<T> {
  const home = await openHome(session.config, session.log);
  try {
    return await work(home);
  } finally {
    await home.release();
  }
}

/** A command that needs nothing but the database. */
export const withDatabase = async <T>(
  work: (db: Pool, session: Session) => Promise<T>,
): Promise<T> => {
  const session = openSession();
  return withHome(session, ({ db }) => work(db, session));
};

import { type Night, startExampleWeb } from "@waymark/example-web";
import type { Clock } from "@waymark/pipeline";
import type { Pool } from "@waymark/store";
import { isExample, nightAt, nightReached } from "./example.ts";
import type { Session } from "./session.ts";

/** The time and the web that an installation lives in. */
export type Setting = {
  now: Clock;
  connectTo: { host: string; port: number } | undefined;
  close(): Promise<void>;
};

/**
 * The domain clock of an installation. One that watches the example alone lives in the example's night,
 * unless the settings say otherwise: its decisions belong to that time.
 */
export async function clockOf(session: Session, db: Pool): Promise<Clock> {
  const night = await nightOf(session, db);
  return night ? () => nightAt(night) : session.now;
}

/**
 * Where an installation crawls, and when. The example's sources bear the names of real sites, which no
 * command may visit by mistake: it gets the example web.
 */
export async function openSetting(session: Session, db: Pool): Promise<Setting> {
  const night = await nightOf(session, db);
  if (!night) {
    return { now: session.now, connectTo: session.config.connectTo, close: async () => undefined };
  }
  const web = await startExampleWeb({ night });
  return {
    now: () => nightAt(night),
    connectTo: { host: "127.0.0.1", port: web.port },
    close: () => web.close(),
  };
}

async function nightOf({ config }: Session, db: Pool): Promise<Night | undefined> {
  if (config.clock || config.connectTo || !(await isExample(db))) return undefined;
  return (await nightReached(db)) ?? 1;
}

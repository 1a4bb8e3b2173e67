import { openBell } from "@waymark/pipeline";
import type { Command } from "commander";
import { assertPortFree } from "../free-port.ts";
import { untilAsked } from "../interrupts.ts";
import { openDesk } from "../open-desk.ts";
import { openSession, withHome } from "../session.ts";
import { clockOf } from "../setting.ts";
import { note } from "../terminal.ts";

export function addServe(program: Command): void {
  program
    .command("serve")
    .summary("the desk: what curators and operators click")
    .description(
      "Serves the desk until it is stopped. Crawls that it starts are carried out by workers.",
    )
    .addHelpText("after", "\nExample:\n  WAYMARK_PORT=8080 waymark serve")
    .action(serve);
}

async function serve(): Promise<void> {
  const session = openSession("info");
  const { config } = session;
  await assertPortFree(config);
  const stopping = session.interrupts.patiently();
  await withHome(session, async (home) => {
    const bell = await openBell({ databaseUrl: home.databaseUrl, redisUrl: config.redisUrl });
    try {
      const desk = await openDesk(session, home, { bell, now: await clockOf(session, home.db) });
      await untilAsked(stopping);
      note("Stopping …");
      await desk.close();
    } finally {
      await bell.close();
    }
  });
}

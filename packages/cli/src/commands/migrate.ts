import type { Command } from "commander";
import { openSession, withHome } from "../session.ts";
import { print } from "../terminal.ts";

export function addMigrate(program: Command): void {
  program
    .command("migrate")
    .summary("bring the database to the newest schema")
    .description(
      "Brings the database to the newest schema. Safe to run again, and from many machines.",
    )
    .addHelpText("after", "\nExample:\n  DATABASE_URL=postgres://… waymark migrate")
    .action(async () => {
      await withHome(openSession("info"), async () => {
        print("The database has the newest schema.");
      });
    });
}

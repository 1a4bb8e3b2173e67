import { BadInput } from "@waymark/domain";
import { type WorkerPart, workerParts } from "@waymark/pipeline";
import type { Command } from "commander";
import { untilAsked } from "../interrupts.ts";
import { openWorker } from "../open-worker.ts";
import { assertQueueReachable } from "../reach-queue.ts";
import { openSession, withHome } from "../session.ts";
import { openSetting } from "../setting.ts";
import { note } from "../terminal.ts";

export function addWork(program: Command): void {
  program
    .command("work")
    .summary("a worker: visits, reads and reviews until it is stopped")
    .description("A worker: visits, reads and reviews what is due, until it is stopped.")
    .option(
      "--only <parts>",
      `take a share of the work alone: ${workerParts.join(",")}`,
      parseParts,
    )
    .addHelpText("after", "\nExample:\n  REDIS_URL=redis://… waymark work --only visit,read")
    .action(work);
}

async function work({ only }: { only?: WorkerPart[] }): Promise<void> {
  const session = openSession("info");
  await assertQueueReachable(session.config);
  const stopping = session.interrupts.patiently();
  await withHome(session, async (home) => {
    const setting = await openSetting(session, home.db);
    const worker = await openWorker(session, home, setting, { only });
    await untilAsked(stopping);
    note("Stopping: what is under way is finished first …");
    await worker.stop();
    await setting.close();
  });
}

function parseParts(text: string): WorkerPart[] {
  return text.split(",").map((word) => {
    const part = workerParts.find((known) => known === word.trim());
    if (part) return part;
    throw new BadInput(`--only ${text}: "${word}" is not one of ${workerParts.join(", ")}`);
  });
}

import { SingleBar } from "cli-progress";
import { note } from "./terminal.ts";

/** Shows how many of a known number are done: a bar on a terminal, a line now and then elsewhere. */
export type CountDisplay = { show(done: number): void; end(): void };

const lineEveryMs = 10_000;

/** Begins to show a count; `what` says what is counted, in many: "entries compared". */
export function showCount(what: string, total: number): CountDisplay {
  if (!process.stderr.isTTY) {
    let saidAt = Date.now();
    return {
      show(done) {
        if (Date.now() - saidAt < lineEveryMs) return;
        saidAt = Date.now();
        note(`  ${done} of ${total} ${what}`);
      },
      end: () => undefined,
    };
  }
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${what}, {eta_formatted} left`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 20,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
    stream: process.stderr,
  });
  bar.start(total, 0);
  return { show: (done) => bar.update(Math.min(done, total)), end: () => bar.stop() };
}

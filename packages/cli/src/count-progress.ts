import { SingleBar } from "cli-progress";
import { note } from "./terminal.ts";

/**
 * Shows how many of a number are done: a bar on a terminal, a line now and then elsewhere. The number, and what is
 * counted, may become known or change on the way.
 */
export type CountDisplay = {
  show(done: number, total?: number, what?: string): void;
  end(): void;
};

const lineEveryMs = 10_000;

/** Begins to show a count; `first` says what is counted, in many: "entries compared". */
export function showCount(first: string, expected = 1): CountDisplay {
  if (!process.stderr.isTTY) {
    let saidAt = Date.now();
    return {
      show(done, total = expected, what = first) {
        if (Date.now() - saidAt < lineEveryMs) return;
        saidAt = Date.now();
        note(`  ${done} of ${total} ${what}`);
      },
      end: () => undefined,
    };
  }
  const bar = new SingleBar({
    format: "{bar} {value}/{total} {what}, {eta_formatted} left",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 20,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
    stream: process.stderr,
  });
  bar.start(expected, 0, { what: first });
  return {
    show(done, total = expected, what = first) {
      bar.setTotal(Math.max(1, total));
      bar.update(Math.min(done, total), { what });
    },
    end: () => bar.stop(),
  };
}

import type { RunProgress } from "@waymark/pipeline";
import { Presets, SingleBar } from "cli-progress";
import { count, note } from "./terminal.ts";

/** Shows how far some runs are: a bar on a terminal, a plain line now and then elsewhere. */
export type ProgressDisplay = { show(progress: RunProgress[]): void; end(): void };

const lineEveryMs = 10_000;

export function showProgress(title: string): ProgressDisplay {
  return process.stderr.isTTY ? showBar(title) : showLines(title);
}

function showBar(title: string): ProgressDisplay {
  const bar = new SingleBar(
    {
      format: `${title} {bar} {value}/{total} pages, {doing}`,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      // The signal is ours to answer; the bar would leave the process by itself.
      gracefulExit: false,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  let began = false;
  return {
    show(progress) {
      const { visited, wanted, doing } = sumUp(progress);
      if (!began) bar.start(Math.max(1, visited + wanted), visited, { doing });
      began = true;
      bar.setTotal(Math.max(1, visited + wanted));
      bar.update(visited, { doing });
    },
    end: () => bar.stop(),
  };
}

function showLines(title: string): ProgressDisplay {
  note(`${title} …`);
  let saidAt = Date.now();
  return {
    show(progress) {
      if (Date.now() - saidAt < lineEveryMs) return;
      saidAt = Date.now();
      const { visited, wanted, doing } = sumUp(progress);
      note(`  ${count(visited, "page")} visited, ${wanted} wanted, ${doing}`);
    },
    end: () => undefined,
  };
}

function sumUp(progress: RunProgress[]): { visited: number; wanted: number; doing: string } {
  const visited = progress.reduce((sum, run) => sum + run.visited, 0);
  const wanted = progress.reduce((sum, run) => sum + run.wanted, 0);
  const unread = progress.reduce((sum, run) => sum + run.unread, 0);
  const states = progress.map((run) => run.state);
  const doing = states.includes("visiting")
    ? unread > 0
      ? `${unread} to read`
      : "visiting"
    : states.includes("confirming")
      ? "confirming"
      : "reviewing";
  return { visited, wanted, doing };
}

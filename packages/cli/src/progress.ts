import type { RunProgress } from "@waymark/pipeline";
import { MultiBar, type SingleBar } from "cli-progress";
import { count, cut, note } from "./terminal.ts";

/** Shows how far some runs are: a bar for each on a terminal, a plain line now and then elsewhere. */
export type ProgressDisplay = { show(progress: RunProgress[]): void; end(): void };

const lineEveryMs = 10_000;

export function showProgress(title: string): ProgressDisplay {
  return process.stderr.isTTY ? showBars(title) : showLines(title);
}

/** The lines are ours, from first to last; the library keeps them in their places on the screen. */
function showBars(title: string): ProgressDisplay {
  const screen = new MultiBar({
    format: "{line}",
    hideCursor: true,
    clearOnComplete: true,
    // A line moves up when a run above it has finished: what stands there now is another's.
    forceRedraw: true,
    // The signal is ours to answer; the bars would leave the process by themselves.
    gracefulExit: false,
    stream: process.stderr,
  });
  const shown: SingleBar[] = [];
  const paces = createPaces();
  return {
    show(progress) {
      const measured = paces.measure(progress, performance.now());
      const { rows = 24, columns = 80 } = process.stderr;
      const lines = progressLines(title, measured, { rows, columns });
      while (shown.length > lines.length) screen.remove(shown.pop()!);
      for (const [index, line] of lines.entries()) {
        const bar = shown[index];
        if (bar) bar.update({ line });
        else shown.push(screen.create(1, 0, { line }));
      }
    },
    end: () => screen.stop(),
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

/** How far a run is and how fast it goes; the pace is undefined until it can be told. */
export type MeasuredRun = RunProgress & { pagesPerSecond: number | undefined };

/**
 * What stands on the terminal: a line for all together, one for each run that is not finished, and, where
 * the terminal has no room for all of them, how many more there are.
 */
export function progressLines(
  title: string,
  runs: MeasuredRun[],
  { rows, columns }: { rows: number; columns: number },
): string[] {
  const open = runs.filter((run) => run.state !== "finished");
  // One row stays free, since the terminal would scroll at its last one.
  const room = Math.max(1, rows - 2);
  // Where room is short, it goes to those that still have pages to visit.
  const busy = [...open].sort((a, b) => Number(b.wanted > 0) - Number(a.wanted > 0));
  const own = open.length <= room ? open : busy.slice(0, Math.max(0, room - 1));
  const more = open.length - own.length;
  const nameWidth = Math.min(28, Math.max(0, ...own.map((run) => run.sourceId.length)));
  const lines = [
    describeAll(title, runs),
    ...own.map((run) => describeRun(run, nameWidth)),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ];
  return lines.map((line) => cutEnd(line, columns));
}

function describeAll(title: string, runs: MeasuredRun[]): string {
  const { visited, wanted, doing } = sumUp(runs);
  const finished = runs.filter((run) => run.state === "finished").length;
  const words = [
    `${visited}/${visited + wanted} pages`,
    ...(finished > 0 ? [`${finished} of ${runs.length} finished`] : []),
    doing,
    ...describePace(runs.filter((run) => run.wanted > 0)),
  ];
  return `${title}: ${words.join(", ")}`;
}

function describeRun(run: MeasuredRun, nameWidth: number): string {
  const { visited, wanted } = run;
  const words = [`${visited}/${visited + wanted} pages`, sumUp([run]).doing];
  const name = cut(run.sourceId, nameWidth).padEnd(nameWidth);
  const pace = wanted > 0 ? describePace([run]) : [];
  return `  ${name} ${drawBar(visited, visited + wanted)} ${[...words, ...pace].join(", ")}`;
}

/** How fast runs go together, and when the last of them is through: each is bound by its own hosts' pace. */
function describePace(runs: MeasuredRun[]): string[] {
  const known = runs.filter((run) => run.pagesPerSecond !== undefined);
  if (known.length === 0) return [];
  const sum = known.reduce((all, run) => all + run.pagesPerSecond!, 0);
  const pace = `${sum.toFixed(sum < 10 ? 1 : 0)} pages/s`;
  if (known.length < runs.length) return [pace];
  const seconds = Math.max(...known.map((run) => run.wanted / run.pagesPerSecond!));
  return [pace, `${describeSeconds(seconds)} left`];
}

function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const barWidth = 20;

function drawBar(part: number, whole: number): string {
  // Only what is all done may look so.
  const full = whole === 0 ? 0 : Math.floor((part / whole) * barWidth);
  return "█".repeat(full) + "░".repeat(barWidth - full);
}

/** Cuts a line where the terminal ends, keeping the spaces that align it. */
const cutEnd = (line: string, columns: number): string =>
  line.length > columns ? `${line.slice(0, Math.max(0, columns - 1))}…` : line;

/** Remembers how many pages runs had visited when, which tells their pace over the last half minute. */
export function createPaces(): {
  measure(progress: RunProgress[], nowMs: number): MeasuredRun[];
} {
  const seen = new Map<string, { atMs: number; visited: number }[]>();
  return {
    measure: (progress, nowMs) =>
      progress.map((run) => {
        const known = seen.get(run.id) ?? [];
        const last = known.at(-1);
        if (!last || nowMs - last.atMs >= sampleEveryMs) {
          known.push({ atMs: nowMs, visited: run.visited });
        }
        while (known.length > 1 && nowMs - known[0]!.atMs > windowMs) known.shift();
        seen.set(run.id, known);
        const { atMs, visited } = known[0]!;
        const ms = nowMs - atMs;
        const isKnown = ms >= leastMs && run.visited > visited;
        return {
          ...run,
          pagesPerSecond: isKnown ? ((run.visited - visited) * 1000) / ms : undefined,
        };
      }),
  };
}

const sampleEveryMs = 1_000;
const windowMs = 30_000;
/** A shorter time says more of chance than of the pace. */
const leastMs = 2_000;

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

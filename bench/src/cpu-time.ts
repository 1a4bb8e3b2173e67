import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second in /proc: 100 on every Linux that runs Node. */
const ticksPerSecond = 100;

/**
 * CPU seconds that this process and its readers have used since it began; readers that are gone count as
 * well. Where the system does not tell of children (not Linux) it is this process alone.
 */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1e6;
  try {
    const self = statOf(process.pid);
    const readers = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => readerTicks(Number(pid)));
    return own + (self.reaped + readers.reduce((sum, ticks) => sum + ticks, 0)) / ticksPerSecond;
  } catch {
    return own;
  }
}

/** The most memory that any reader alive has held so far, in bytes; 0 where the system does not tell. */
export function readersPeakBytes(): number {
  try {
    return Math.max(
      0,
      ...readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .map((pid) => peakOfReader(Number(pid))),
    );
  } catch {
    return 0;
  }
}

function peakOfReader(pid: number): number {
  try {
    if (!isOwnReader(pid)) return 0;
    const peak = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Number(peak?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

const isOwnReader = (pid: number): boolean =>
  readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("reader-child") &&
  statOf(pid).parent === process.pid;

/** Processes come and go while we look: one that is gone has no ticks. */
function readerTicks(pid: number): number[] {
  try {
    return isOwnReader(pid) ? [statOf(pid).used] : [];
  } catch {
    return [];
  }
}

function statOf(pid: number): { parent: number; used: number; reaped: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The command in brackets may hold spaces; the fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system, reapedUser, reapedSystem] = fields.slice(11, 15).map(Number);
  return { parent: Number(fields[1]), used: user! + system!, reaped: reapedUser! + reapedSystem! };
}

/*
 * What other processes have used, from /proc: a bench looks at a worker, its children and the database
 * from outside. Linux only, as the loopback addresses of the simulated sites are.
 */
import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second in /proc: 100 on every Linux that runs Node. */
const ticksPerSecond = 100;

/** What a piece of work took, measured from outside. */
export type Spent = {
  seconds: number;
  cpuSeconds: number;
  postgresSeconds: number;
  /** Most memory of the process itself since it began, and of its children together at one time. */
  peakBytes: number;
  childrenBytes: number;
};

/** Lets a process work and tells what it, its children and the database have spent on it. */
export async function measure(
  pid: number,
  postgresSeconds: () => number,
  work: () => Promise<void>,
): Promise<Spent> {
  const before = readTreeUse(pid);
  const postgresBefore = postgresSeconds();
  let childrenBytes = 0;
  const watch = setInterval(() => {
    childrenBytes = Math.max(childrenBytes, readTreeUse(pid)?.childrenBytes ?? 0);
  }, 200);
  const began = performance.now();
  try {
    await work();
  } finally {
    clearInterval(watch);
  }
  const seconds = (performance.now() - began) / 1000;
  const after = readTreeUse(pid);
  if (!before || !after) throw new Error("the measured process is gone");
  return {
    seconds,
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    postgresSeconds: postgresSeconds() - postgresBefore,
    peakBytes: after.peakBytes,
    childrenBytes,
  };
}

/** What a process and its children have used by now. */
export type TreeUse = {
  /** CPU seconds of the process, its children, and the children it has buried. */
  cpuSeconds: number;
  /** Most memory the process itself ever held, in bytes. */
  peakBytes: number;
  /** What its children hold together at this moment, in bytes. */
  childrenBytes: number;
};

/** What the tree under a process has used; undefined when the process is gone. */
export function readTreeUse(pid: number): TreeUse | undefined {
  const own = statOf(pid);
  if (!own) return undefined;
  const below = descendantsOf(pid);
  const ticks = [own, ...below].reduce((sum, { used, reaped }) => sum + used + reaped, 0);
  return {
    cpuSeconds: ticks / ticksPerSecond,
    peakBytes: memoryOf(pid, "VmHWM"),
    childrenBytes: below.reduce((sum, child) => sum + memoryOf(child.pid, "VmRSS"), 0),
  };
}

type Stat = { pid: number; parent: number; used: number; reaped: number };

function descendantsOf(pid: number): Stat[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const found: Stat[] = [];
  let parents = new Set([pid]);
  while (parents.size > 0) {
    const children = all.filter((stat) => parents.has(stat.parent));
    found.push(...children);
    parents = new Set(children.map((child) => child.pid));
  }
  return found;
}

function statOf(pid: number): Stat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // Processes come and go while we look.
    return undefined;
  }
}

/** Parent and ticks of a process from its line in /proc. */
export function parseStat(line: string): Stat {
  // The command in brackets may hold spaces and brackets; the fields are counted from behind it.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const [user, system, reapedUser, reapedSystem] = fields.slice(11, 15).map(Number);
  return {
    pid: Number.parseInt(line, 10),
    parent: Number(fields[1]),
    used: user! + system!,
    reaped: reapedUser! + reapedSystem!,
  };
}

function memoryOf(pid: number, field: "VmHWM" | "VmRSS"): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

import { readFileSync } from "node:fs";

/** What a process has used since it began: its own CPU time, and the memory it holds and once held. */
export type ProcessUsage = { cpuSeconds: number; memoryBytes: number; peakBytes: number };

/** Clock ticks a second in /proc: 100 on every Linux that runs Node. */
const ticksPerSecond = 100;

/** What a process uses, where the system tells (Linux); undefined elsewhere, and when it is gone. */
export function processUsage(pid: number | undefined): ProcessUsage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command in brackets may hold spaces; the fields are counted from behind it.
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13);
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kibibytes = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
    return {
      cpuSeconds: (Number(user) + Number(system)) / ticksPerSecond,
      memoryBytes: kibibytes("VmRSS") * 1024,
      peakBytes: kibibytes("VmHWM") * 1024,
    };
  } catch {
    return undefined;
  }
}

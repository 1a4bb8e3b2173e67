import { readdir, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

/** Kills all processes of a group and waits until they are gone: until then they may still write files. */
export async function killGroup(group: number): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    try {
      process.kill(-group, "SIGKILL");
    } catch {
      // Nobody is left in it.
      return;
    }
    await pause(25);
    // Those that only wait for a parent to take note of their end still count for the signal.
    const members = await Promise.all((await listPids()).map(readProcess));
    if (!members.some((each) => each.group === group && !/[ZX]/.test(each.state))) return;
  }
}

/**
 * Measures what a group of processes holds: every process's own pages, and the shared ones once. Added up as
 * they are, the same library would count once a process, which is more than what a page uses. Where there is
 * no /proc, it is nothing.
 */
export function createGauge(group: number): () => Promise<number> {
  // Most processes of a machine are none of ours, and are looked at once.
  const known = new Map<string, boolean>();
  return async () => {
    const pids = new Set(await listPids());
    for (const pid of known.keys()) if (!pids.has(pid)) known.delete(pid);
    for (const pid of pids) {
      if (!known.has(pid)) known.set(pid, (await readProcess(pid)).group === group);
    }
    const members = [...known].filter(([, isMember]) => isMember);
    const sizes = await Promise.all(members.map(([pid]) => readSize(pid)));
    const shared = Math.max(0, ...sizes.map((size) => size.shared));
    return (sizes.reduce((sum, { own }) => sum + own, 0) + shared) * pageBytes;
  };
}

const pageBytes = 4096;

const listPids = async (): Promise<string[]> =>
  (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));

async function readProcess(pid: string): Promise<{ state: string; group: number }> {
  const text = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  // The program's name stands in parentheses and may hold anything.
  const [state = "", , group] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state, group: Number(group) };
}

async function readSize(pid: string): Promise<{ own: number; shared: number }> {
  const text = await readFile(`/proc/${pid}/statm`, "latin1").catch(() => "");
  const [, resident = 0, shared = 0] = text.split(" ").map(Number);
  return { own: resident - shared, shared };
}

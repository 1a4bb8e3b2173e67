import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** When the process began, as an opaque word; `undefined` when there is no such process (any more). */
export function processStart(pid: number): string | undefined {
  if (process.platform !== "linux") return psColumn(pid, "lstart")?.replaceAll(/\W+/g, "");
  const stat = readProc(pid, "stat");
  if (stat === undefined) return undefined;
  // The command is in parentheses and may hold spaces; the state follows it, the start is 20 words on.
  const words = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A zombie has ended: in a container without an init nobody may ever collect it.
  return words[0] === "Z" || words[0] === "X" ? undefined : words[19];
}

/** The command line of a process, its arguments parted by spaces; `undefined` when it has ended. */
export function processCommand(pid: number): string | undefined {
  if (process.platform !== "linux") return psColumn(pid, "command");
  if (processStart(pid) === undefined) return undefined;
  return readProc(pid, "cmdline")?.replaceAll("\0", " ").trim();
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}

function psColumn(pid: number, column: string): string | undefined {
  try {
    const found = execFileSync("ps", ["-p", String(pid), "-o", `state=,${column}=`], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    const [state, ...rest] = found.split(/\s+/);
    return !state || state.startsWith("Z") ? undefined : rest.join(" ");
  } catch {
    return undefined;
  }
}

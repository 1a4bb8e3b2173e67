import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a command came to. */
export type Spoken = { code: number | null; out: string; err: string };

/** The settings of this machine and of the test run must not reach the command that is tested. */
function ownSettings(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, INIT_CWD: root };
}

/** Starts the real `waymark` command with these settings alone. */
export function startCommand(words: string[], settings: NodeJS.ProcessEnv): ChildProcess {
  const flags = ["--disable-warning=ExperimentalWarning", main];
  return spawn(process.execPath, [...flags, ...words], {
    cwd: root,
    env: { ...ownSettings(), ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs it to its end. */
export async function waymark(words: string[], settings: NodeJS.ProcessEnv): Promise<Spoken> {
  const command = startCommand(words, settings);
  const spoken: Spoken = { code: null, out: "", err: "" };
  command.stdout!.setEncoding("utf8").on("data", (part: string) => {
    spoken.out += part;
  });
  command.stderr!.setEncoding("utf8").on("data", (part: string) => {
    spoken.err += part;
  });
  [spoken.code] = await once(command, "close");
  return spoken;
}

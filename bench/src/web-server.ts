import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { World } from "./web-world.ts";

/** The server of a world, in a process of its own: every host answers at one address. */
export type WorldServer = {
  host: string;
  port: number;
  moveTo(night: number): Promise<void>;
  stop(): Promise<void>;
};

/** Starts the world's own server on a free port, logging every request to a file. */
export async function startWorldServer(
  world: World,
  { night, log }: { night: number; log: string },
): Promise<WorldServer> {
  const child = spawn(
    process.execPath,
    [world.serve, "--world", world.folder, "--night", `${night}`, "--port", "0", "--log", log],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const { host, port } = await listeningAt(child);
  const stopWithUs = () => child.kill();
  process.once("exit", stopWithUs);
  return {
    host,
    port,
    async moveTo(next) {
      const answer = await fetch(`http://${host}:${port}/__night?n=${next}`);
      const { night: now } = (await answer.json()) as { night: number };
      if (now !== next) throw new Error(`the world stayed at night ${now} instead of ${next}`);
    },
    async stop() {
      process.off("exit", stopWithUs);
      if (child.exitCode !== null) return;
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}

async function listeningAt(child: ChildProcess): Promise<{ host: string; port: number }> {
  const lines = createInterface({ input: child.stdout! });
  const gone = once(child, "exit").then(([code]) => {
    throw new Error(`the world's server ended before it listened (${code})`);
  });
  const [line] = (await Promise.race([once(lines, "line"), gone])) as [string];
  gone.catch(() => undefined);
  const [host, port] = (JSON.parse(line) as { listening: string }).listening.split(":");
  return { host: host!, port: Number(port) };
}

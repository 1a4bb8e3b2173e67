import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { describe } from "vitest";
import { findRedisServer } from "./programs.ts";

/** A `describe` for tests that need Redis: left out, and listed so at the end, where there is none. */
export const withRedis = describe.skipIf(findRedisServer() === undefined);

/** A Redis of a test file's own on a free port; it keeps nothing. */
export async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const program = findRedisServer();
  if (!program) throw new Error("there is no redis-server here: put the tests inside withRedis");
  const folder = mkdtempSync(join(tmpdir(), "waymark-redis-"));
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const settings = { port, bind: "127.0.0.1", dir: folder, save: "", appendonly: "no" };
    const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const server = spawn(program, words, { stdio: ["ignore", "pipe", "ignore"] });
    // The server must not outlive a test process that is ended half-way.
    const end = () => server.kill("SIGKILL");
    process.once("exit", end);
    if (await isReady(server.stdout)) {
      return {
        url: `redis://127.0.0.1:${port}`,
        stop: async () => {
          process.removeListener("exit", end);
          const ended = server.exitCode === null ? once(server, "exit") : undefined;
          end();
          await ended;
          rmSync(folder, { recursive: true, force: true });
        },
      };
    }
    process.removeListener("exit", end);
    if (attempt === 5) throw new Error(`${program} does not start on port ${port}`);
  }
}

/** True when the server says that it accepts connections, false when its words end before that. */
async function isReady(output: Readable): Promise<boolean> {
  let said = "";
  for await (const part of output.iterator({ destroyOnReturn: false })) {
    said += part;
    if (/ready to accept connections/i.test(said)) {
      output.resume();
      return true;
    }
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

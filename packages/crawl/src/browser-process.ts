import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { type Browser, type ConnectOverCDPTransport, chromium } from "playwright-core";
import { browserFlags } from "./browser-flags.ts";
import { createGauge, killGroup } from "./process-group.ts";

/** What a browser is started with. */
export type BrowserOptions = {
  path: string;
  userAgent: string;
  /** The filtering proxy on this machine: the only way out. */
  proxyPort: number;
  /** Whether pages are confined by the browser's own sandbox; by default they are, except under root. */
  sandbox?: boolean | undefined;
  /** Where the folder of the profile is made; by default the system's folder for temporary files. */
  tempFolder?: string | undefined;
  startMs: number;
};

/** A browser of our own, with its processes and its folder. */
export type BrowserProcess = {
  browser: Browser;
  pid: number;
  /** Bytes that its processes hold. */
  memoryBytes(): Promise<number>;
  /** Resolves when it has ended, whoever ended it. */
  ended: Promise<void>;
  /** Ends it and all its processes at once and removes its folder; safe to repeat. */
  kill(): Promise<void>;
};

/**
 * Starts a browser in a process group of its own, so that it can be killed whole: a page can bring it to where
 * it answers to nothing else. It gets an environment without any of our settings and secrets.
 */
export async function startBrowser(options: BrowserOptions): Promise<BrowserProcess> {
  const folder = await mkdtemp(join(options.tempFolder ?? tmpdir(), "waymark-browser-"));
  const sandbox = options.sandbox ?? process.getuid?.() !== 0;
  const child = spawn(options.path, browserFlags({ ...options, folder, sandbox }), {
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    env: {
      PATH: "/usr/local/bin:/usr/bin:/bin",
      LANG: "C.UTF-8",
      HOME: folder,
      TMPDIR: folder,
    },
  });
  const lastWords = listenTo(child.stderr!);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  let killed: Promise<void> | undefined;
  const kill = (): Promise<void> => {
    killed ??= endAll(child, ended).then(() => removeFolder(folder));
    return killed;
  };
  try {
    const browser = await Promise.race([
      chromium.connectOverCDP(pipeTransport(child, kill), {
        artifactsDir: join(folder, "artifacts"),
        timeout: options.startMs,
      }),
      ended.then(() => {
        throw new Error(`${options.path} ended at its start`);
      }),
    ]);
    return { browser, pid: child.pid!, memoryBytes: createGauge(child.pid!), ended, kill };
  } catch (cause) {
    await kill();
    throw new Error(`the browser ${options.path} does not start: ${lastWords()}`, { cause });
  }
}

/** What the browser last said on its error stream, for the message when it does not start. */
function listenTo(stream: Readable): () => string {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (piece: string) => {
    text = (text + piece).slice(-500);
  });
  return () => text.trim().split("\n").at(-1) || "it says nothing";
}

/** The DevTools protocol over the two pipes: messages end in a zero byte. */
function pipeTransport(child: ChildProcess, kill: () => Promise<void>): ConnectOverCDPTransport {
  const [, , , requests, answers] = child.stdio as unknown as [0, 0, 0, Writable, Readable];
  const transport: ConnectOverCDPTransport = {
    send(message) {
      if (requests.writable) requests.write(`${JSON.stringify(message)}\0`);
    },
    close: () => void kill(),
  };
  let parts: Buffer[] = [];
  let partsBytes = 0;
  answers.on("data", (piece: Buffer) => {
    let from = 0;
    for (let end = piece.indexOf(0); end >= 0; end = piece.indexOf(0, from)) {
      const message = Buffer.concat([...parts, piece.subarray(from, end)]).toString("utf8");
      parts = [];
      partsBytes = 0;
      from = end + 1;
      transport.onmessage?.(JSON.parse(message) as object);
    }
    if (from < piece.length) parts.push(piece.subarray(from));
    partsBytes += piece.length - from;
    // Only a page's doing makes a message this long.
    if (partsBytes > messageBytesMax) void kill();
  });
  for (const stream of [requests, answers]) stream.on("error", () => {});
  child.once("exit", () => transport.onclose?.("the browser has ended"));
  child.once("error", () => transport.onclose?.("the browser has not started"));
  return transport;
}

const messageBytesMax = 64_000_000;

async function endAll(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.pid === undefined) return;
  await killGroup(child.pid);
  await ended;
}

const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });

/** Whether a program starts as a browser that we can speak to. */
export async function isBrowser(path: string): Promise<boolean> {
  // Nobody listens at port 9: it needs no way out for this.
  const options = { path, userAgent: "", proxyPort: 9, startMs: 20_000 };
  const started = await startBrowser(options).catch(() => undefined);
  await started?.kill();
  return started !== undefined;
}

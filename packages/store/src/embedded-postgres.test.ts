import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEmbeddedPostgres, stopAbandonedPostgres } from "./embedded-postgres.ts";
import { processStart } from "./running-process.ts";

const launcher = new URL("./embedded-postgres.ts", import.meta.url).href;

let home: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "waymark-launcher-"));
});

afterEach(async () => {
  for (const child of started.splice(0)) {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
  await stopAbandonedPostgres(home);
  rmSync(home, { recursive: true, force: true });
});

const start = () => startEmbeddedPostgres({ home, durable: false });
const serverPid = () =>
  Number(readFileSync(join(home, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
const savedPort = () => JSON.parse(readFileSync(join(home, "postgres.json"), "utf8")).port;

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return Object.values((await client.query(question)).rows[0])[0];
  } finally {
    await client.end();
  }
}

/** A process of its own that uses the database until its input ends. */
async function startUser(after = "process.stdin.resume().on('end', () => use.release())") {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(launcher)});
    const use = await startEmbeddedPostgres({ home: ${JSON.stringify(home)}, durable: false });
    console.log(use.url);
    ${after}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  started.push(child);
  const { value: url } = await createInterface({ input: child.stdout })
    [Symbol.asyncIterator]()
    .next();
  const exited = once(child, "exit");
  return {
    url: url as string,
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    leave: async () => {
      child.stdin.end();
      await exited;
    },
    exited,
  };
}

async function untilEnded(pid: number): Promise<void> {
  await expect.poll(() => processStart(pid), { timeout: 10_000 }).toBeUndefined();
}

test("a home has a database that listens on this machine alone, and the last release stops it", async () => {
  const first = await start();
  const second = await start();
  const pid = serverPid();
  expect(second.url).toBe(first.url);
  expect(await ask(first.url, "select current_database()")).toBe("waymark");
  expect(await ask(first.url, "show listen_addresses")).toBe("127.0.0.1");
  expect(await ask(first.url, "show unix_socket_directories")).toBe("");
  expect(await ask(first.url, "show server_encoding")).toBe("UTF8");
  expect(statSync(join(home, "postgres.json")).mode & 0o777).toBe(0o600);

  await first.release();
  await first.release();
  expect(await ask(second.url, "select 1")).toBe(1);
  await second.release();
  expect(processStart(pid)).toBeUndefined();

  const again = await start();
  expect(again.url).toBe(first.url);
  await again.release();
});

test("a wrong password is refused", async () => {
  const use = await start();
  const wrong = new URL(use.url);
  wrong.password = "guess";
  await expect(ask(wrong.href, "select 1")).rejects.toThrow("password authentication failed");
  await use.release();
});

test("processes that start at once share one database, and a killed one is forgotten", async () => {
  const [one, two] = await Promise.all([startUser(), startUser()]);
  const pid = serverPid();
  expect(two.url).toBe(one.url);
  await one.kill();
  expect(await ask(two.url, "select 1")).toBe(1);
  const third = await startUser();
  await two.leave();
  expect(await ask(third.url, "select 1")).toBe(1);
  expect(serverPid()).toBe(pid);
  await third.leave();
  expect(processStart(pid)).toBeUndefined();
});

test("a database whose only user was killed is joined", async () => {
  const killed = await startUser();
  const pid = serverPid();
  await killed.kill();
  expect(processStart(pid)).toBeDefined();
  const use = await start();
  expect(serverPid()).toBe(pid);
  expect(await ask(use.url, "select 1")).toBe(1);
  await use.release();
  expect(processStart(pid)).toBeUndefined();
});

test("a database whose only user was killed can be stopped without a use", async () => {
  const killed = await startUser();
  const pid = serverPid();
  expect(await stopAbandonedPostgres(home)).toBe(false);
  await killed.kill();
  expect(await stopAbandonedPostgres(home)).toBe(true);
  expect(processStart(pid)).toBeUndefined();
});

test("a process that ends without a release takes the database with it", async () => {
  const hasty = await startUser("process.stdin.resume().on('end', () => process.exit(3))");
  const pid = serverPid();
  await hasty.leave();
  await untilEnded(pid);
});

test("a killed database starts again, although its pid file now names another process", async () => {
  const use = await start();
  const pid = serverPid();
  process.kill(pid, "SIGKILL");
  await untilEnded(pid);
  const pidFile = join(home, "postgres/postmaster.pid");
  writeFileSync(pidFile, readFileSync(pidFile, "utf8").replace(String(pid), String(process.ppid)));
  const again = await start();
  expect(await ask(again.url, "select 1")).toBe(1);
  await use.release();
  await again.release();
});

test("when the kept port is taken, another one is chosen and kept", async () => {
  const first = await start();
  await first.release();
  const taken = savedPort();
  const other = createServer().listen(taken, "127.0.0.1");
  await once(other, "listening");
  const second = await start();
  expect(savedPort()).not.toBe(taken);
  expect(await ask(second.url, "select 1")).toBe(1);
  await second.release();
  other.close();
});

test("data of another major version are refused with a sentence", async () => {
  const use = await start();
  await use.release();
  writeFileSync(join(home, "postgres/PG_VERSION"), "17\n");
  await expect(start()).rejects.toThrow(/of Postgres 17, and this Waymark brings Postgres 18/);
});

test("a home that cannot be written is named, with the setting that moves it", async () => {
  writeFileSync(join(home, "file"), "");
  const path = join(home, "file", "home");
  await expect(startEmbeddedPostgres({ home: path })).rejects.toThrow(
    `cannot write to ${path}, where the embedded database lives: set WAYMARK_HOME`,
  );
});

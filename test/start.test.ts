import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startCommand, waymark } from "./setup/command.ts";

const home = mkdtempSync(join(tmpdir(), "waymark-start-"));
const settings = { WAYMARK_HOME: home };
afterAll(() => rmSync(home, { recursive: true, force: true }));

const isPostgresGone = () => !existsSync(join(home, "postgres", "postmaster.pid"));

test("a first start crawls both nights and says what they brought", async () => {
  const { code, out, err } = await waymark(["start", "--once", "--fresh"], settings);
  expect(err).not.toMatch(/error|bug/i);
  expect(code).toBe(0);
  expect(out).toContain("The catalog was empty");
  for (const night of [1, 2]) {
    const told = out.slice(out.indexOf(`Night ${night}`));
    for (const word of ["found", "new", "changed", "double", "stale", "ended", "held back"]) {
      expect(told).toMatch(new RegExp(`^ {2}${word} +\\d+ `, "m"));
    }
  }
  expect(out).toMatch(/ \d+\.\d s$/m);
  expect(out).toMatch(/\d+ changes wait for a curator/);
  expect(isPostgresGone()).toBe(true);
}, 120_000);

test("a later start finds nothing new, serves the desk, and ends cleanly at Ctrl-C", async () => {
  const port = await freePort();
  const command = startCommand(["start"], { ...settings, WAYMARK_PORT: String(port) });
  let out = "";
  command.stdout!.setEncoding("utf8").on("data", (part: string) => {
    out += part;
  });
  const exit = once(command, "exit");
  try {
    await expect
      .poll(() => out, { timeout: 90_000, interval: 200 })
      .toContain("Ctrl-C stops everything");
    expect(out).toMatch(/^Nothing new: /m);
    expect(out).toContain(`The desk is at http://127.0.0.1:${port}`);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    const link = /http:\S+\/sign-in\/\S+/.exec(out)![0];
    expect((await fetch(link)).status).toBeLessThan(400);

    const asked = Date.now();
    command.kill("SIGINT");
    expect((await exit)[0]).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    expect(isPostgresGone()).toBe(true);
  } finally {
    command.kill("SIGKILL");
  }
}, 120_000);

test("what the example proposes is exported by the contract, decided and taken back", async () => {
  const [first] = await exportChanges("open");
  expect(Object.keys(first!)).toEqual(
    expect.arrayContaining("id,kind,initiative,fields,other,evidence,confidence,state".split(",")),
  );
  const ended = (await exportChanges("open")).find(({ kind }) => kind === "ended")!;
  const accepted = await waymark(["changes", "accept", ended.id, "--as", "rosa"], settings);
  const [, decision] = /decision (\d+)/.exec(accepted.out)!;
  expect((await exportChanges("open")).map(({ id }) => id)).not.toContain(ended.id);
  const shown = await waymark(["changes", "show", ended.id], settings);
  // The example lives in its own time, and so do decisions on it.
  expect(shown.out).toMatch(/^Decision \d+: accept by rosa on 2026-03-0/m);
  await waymark(["changes", "undo", decision!], settings);
  const again = (await exportChanges("all")).find(({ id }) => id === ended.id)!;
  expect(again.state).toBe("open");
}, 60_000);

type Exported = { id: string; kind: string; state: string };

async function exportChanges(state: "open" | "all"): Promise<Exported[]> {
  const { out } = await waymark(["changes", "export", "--state", state], settings);
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

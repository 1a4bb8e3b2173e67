import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCatalog } from "@waymark/cli";
import { exampleCatalogPath, exampleSourcesPath } from "@waymark/example-web";
import {
  listInitiatives,
  listRuns,
  listSources,
  openPool,
  type Pool,
  saveToldEvents,
  saveToldGrants,
} from "@waymark/store";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { waymark } from "./setup/command.ts";
import { createTestDatabase, type TestDatabase } from "./setup/database.ts";

// Every command is a process of its own; on a busy machine a test of six of them takes its time.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "waymark-cli-"));
const nowhere = join(folder, "no-home");
let database: TestDatabase;
let db: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openPool(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...words: string[]) => waymark(words, { DATABASE_URL: database.url });
const columns =
  "id,name,aliases,acronym,url,kind,description,lead_organization,funders,partners,states,start,end,status,topics";

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function assertNothingWritten(): Promise<void> {
  expect(await listInitiatives(db)).toEqual([]);
  expect(await listSources(db)).toEqual([]);
  expect(await listRuns(db)).toEqual([]);
}

describe("bad input is refused in a sentence, and nothing is written", () => {
  /** What a command must say, on stderr alone, where what it was given cannot be used. */
  const refuses = (
    name: string,
    words: () => string[],
    said: string[],
    settings: () => NodeJS.ProcessEnv = () => ({ DATABASE_URL: database.url }),
  ) =>
    test(name, async () => {
      const { code, out, err } = await waymark(words(), settings());
      for (const part of said) expect(err).toContain(part);
      expect(err).not.toContain("secret-word");
      expect(err).not.toMatch(/\n {4}at |This is a bug/);
      expect(out).toBe("");
      expect(code).toBe(1);
      await assertNothingWritten();
    });

  refuses(
    "a malformed catalog",
    () => [
      "catalog",
      "import",
      fileOf(
        "bad.csv",
        `${columns}\nA1,Alpha,,,,,,,,,,,,,\nA2,"Beta",,,nowhere,sort,"two\nlines",,,,,March 2020,,live,\nA2,Gamma,,,,,,,,,,,,,\nA3,x\n`,
      ),
    ],
    [
      'bad.csv line 3, column url: "nowhere" is not an http or https address',
      'line 3, column kind: "sort" is not one of initiative, state-program',
      'line 3, column start: "March 2020" is not a date; write YYYY',
      'line 3, column status: "live" is not one of planned, active, ended',
      'line 5, column id: "A2" stands on line 3 already',
      "line 6 has 2 cells where the first line names 15 columns",
    ],
  );
  refuses("a file that is not there", () => ["catalog", "import", "no-such-file.csv"], [
    "no-such-file.csv: there is no such file or folder",
  ]);
  refuses(
    "sources of an unknown kind",
    () => [
      "sources",
      "import",
      fileOf(
        "kinds.json",
        JSON.stringify([
          { id: "fine", name: "Fine", kind: "state", seeds: ["http://a.example/"] },
          { id: "wrong", name: "Wrong", kind: "blog", seeds: ["http://b.example/"] },
        ]),
      ),
    ],
    [
      'kinds.json, entry 2 ("wrong"), kind: "blog" is not one of foundation, state, initiative, library, network, news',
    ],
  );
  refuses(
    "a seed that is not http",
    () => [
      "sources",
      "import",
      fileOf(
        "seeds.json",
        JSON.stringify([{ id: "ftp", name: "F", kind: "state", seeds: ["ftp://a.example/"] }]),
      ),
    ],
    ['entry 1 ("ftp"), seeds number 1: "ftp://a.example/"', "is not an http or https address"],
  );
  refuses(
    "a seed on the command line that is not http",
    () => ["sources", "add", "--id", "x", "--name", "X", "--kind", "state", "--seed", "file:///x"],
    ['"file:///x"', "is not an http or https address"],
  );
  refuses("an unknown source", () => ["crawl", "nobody", "--wait"], [
    'there is no source "nobody"',
    "waymark sources list",
  ]);
  refuses("an unknown change", () => ["changes", "accept", "ch-none", "--as", "rosa"], [
    'there is no change "ch-none"',
  ]);
  refuses(
    "a database that does not answer",
    () => ["status"],
    ["cannot reach the database at 127.0.0.1:1", "correct DATABASE_URL"],
    () => ({ DATABASE_URL: "postgres://waymark:secret-word@127.0.0.1:1/waymark" }),
  );
  refuses(
    "a queue that does not answer",
    () => ["crawl", "nobody"],
    ["cannot reach Redis at REDIS_URL=redis://", "127.0.0.1:1", "unset REDIS_URL"],
    () => ({ DATABASE_URL: database.url, REDIS_URL: "redis://:secret-word@127.0.0.1:1" }),
  );
  refuses(
    "a home that cannot be written",
    () => ["status"],
    ["cannot write to /dev/null/home", "set WAYMARK_HOME", "DATABASE_URL"],
    () => ({ WAYMARK_HOME: "/dev/null/home" }),
  );
  refuses(
    "to begin again in a database that is not ours to remove",
    () => ["start", "--once", "--fresh"],
    ["--fresh removes the embedded database alone"],
  );
});

test("a port in use is told before anything long begins", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  const { port } = (await new Promise<void>((resolve) => server.once("listening", resolve)).then(
    () => server.address(),
  )) as { port: number };
  for (const program of ["start", "serve"]) {
    const settings = { WAYMARK_HOME: nowhere, WAYMARK_PORT: String(port) };
    const { code, err } = await waymark([program], settings);
    expect(err).toContain(`port ${port} is in use already`);
    expect(err).toContain("set WAYMARK_PORT to another port");
    expect(code).toBe(1);
  }
  expect(existsSync(nowhere)).toBe(false);
  server.close();
});

test("what catalog import takes in, catalog export gives back", async () => {
  const text = readFileSync(exampleCatalogPath, "utf8");
  const rows = parseCatalog(text, "catalog.csv");
  const shuffled = fileOf("shuffled.csv", withColumnsTurnedRound(text));
  expect((await run("catalog", "import", shuffled)).out).toBe(
    "30 rows: 30 added, 0 changed, 0 as they were\n",
  );

  const csv = (await run("catalog", "export")).out;
  expect(csv.split("\n")[0]).toBe(columns);
  expect(parseCatalog(csv, "export.csv")).toEqual(rows);
  const again = await run("catalog", "import", fileOf("export.csv", csv), "--json");
  expect(JSON.parse(again.out)).toEqual({ added: 0, changed: 0, unchanged: 30 });

  const output = join(folder, "catalog.jsonl");
  expect((await run("catalog", "export", "--format", "jsonl", "--output", output)).out).toBe("");
  const lines = readFileSync(output, "utf8").trim().split("\n");
  const entries = lines.map((line) => JSON.parse(line));
  expect(entries.map(({ id, name, funders }) => ({ id, name, funders }))).toEqual(
    rows.map(({ id, name, funders }) => ({ id, name, funders })),
  );
  expect(entries[0].lead_organization).toBe(rows[0]!.leadOrganization);

  const graph = JSON.parse((await run("catalog", "export", "--format", "jsonld")).out)["@graph"];
  expect(graph).toHaveLength(30);
  expect(graph[0]).toMatchObject({
    "@type": "Project",
    identifier: rows[0]!.id,
    name: rows[0]!.name,
    parentOrganization: { "@type": "Organization", name: rows[0]!.leadOrganization },
  });
});

test("what happened and who paid whom go to files of their own, and into linked data", async () => {
  const [first] = parseCatalog((await run("catalog", "export")).out, "export.csv");
  const id = first!.id as Parameters<typeof saveToldEvents>[1];
  const at = "2026-03-01T02:00:00Z";
  const evidence = [
    { type: "outcome" as const, url: "http://a.example/", outcome: "fetched" as const, at },
  ];
  await saveToldEvents(db, id, [
    {
      key: "k",
      kind: "launch",
      on: "2019-05",
      dated: "told",
      planned: false,
      parties: [{ role: "by", name: "=Pine College" }],
      evidence,
      decisionId: undefined,
    },
  ]);
  await saveToldGrants(db, id, [
    { key: "g", funder: "Oak Trust", amount: 5000, currency: "USD", months: 24, evidence },
  ]);

  const event = { id, name: first!.name, kind: "launch", date: "2019-05", confirmed: false };
  const [line, ...none] = (await run("catalog", "events")).out.trim().split("\n");
  expect(none).toEqual([]);
  expect(JSON.parse(line!)).toMatchObject({ ...event, what: "Launched by =Pine College" });
  const csv = (await run("catalog", "events", "--format", "csv")).out.split("\n");
  expect(csv[0]).toBe("id,name,kind,date,dated,planned,what,parties,confirmed,evidence");
  expect(csv[1]).toContain("launch,2019-05,told,false,Launched by =Pine College,by: =Pine College");
  expect(csv[1]).toContain("http://a.example/");
  expect((await run("catalog", "grants", "--format", "csv")).out).toContain(
    ",Oak Trust,,5000,USD,,,,24,,,http://a.example/",
  );
  const graph = JSON.parse((await run("catalog", "export", "--format", "jsonld")).out)["@graph"];
  expect(graph.find((one: { identifier: string }) => one.identifier === id)).toMatchObject({
    event: [{ "@type": "Event", startDate: "2019-05", "waymark:confirmed": false }],
    funding: [
      {
        "@type": "MonetaryGrant",
        funder: { name: "Oak Trust" },
        amount: { "@type": "MonetaryAmount", value: 5000, currency: "USD" },
      },
    ],
  });
});

test("sources are brought in, shown, paused and removed", async () => {
  expect((await run("sources", "import", exampleSourcesPath)).out).toMatch(
    /^(\d+) sources: \1 added, 0 written anew\n$/,
  );
  await run("sources", "pause", "ohio");
  expect((await run("sources", "list")).out).toMatch(/^ohio +state +0 +– +– +paused/m);
  expect((await run("crawl", "ohio")).err).toContain('source "ohio" is paused');
  await run("sources", "resume", "ohio");
  expect(JSON.parse((await run("sources", "show", "ohio", "--json")).out)).toMatchObject({
    id: "ohio",
    paused: false,
    runs: [],
  });
  expect((await run("sources", "remove", "ohio")).code).toBe(0);
  expect((await run("sources", "show", "ohio")).err).toContain('there is no source "ohio"');
});

test("an account is added, linked, and shut out", async () => {
  const added = await run("accounts", "add", "rosa", "--role", "curator");
  expect(added.out).toMatch(/^http:\/\/127\.0\.0\.1:4780\/sign-in\/\S+\n$/);
  expect((await run("accounts", "add", "rosa", "--role", "admin")).code).toBe(1);
  await run("accounts", "set", "rosa", "--disable");
  expect((await run("accounts", "link", "rosa")).err).toContain("disabled");
  expect(JSON.parse((await run("accounts", "list", "--json")).out)).toMatchObject([
    { name: "rosa", role: "curator", disabled: true },
  ]);
});

/** The same file with its columns the other way round; none of its cells holds a line break. */
function withColumnsTurnedRound(text: string): string {
  const cellsOf = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell]) => cell!);
  return text
    .trim()
    .split("\n")
    .map((line) => cellsOf(line).reverse().join(","))
    .join("\n");
}

test("a database that an earlier Waymark made is told, with what to do", async () => {
  const catalog = fileOf("one.csv", `${columns}\nW-1,Paths to Work${",".repeat(13)}\n`);
  expect((await run("catalog", "import", catalog)).code).toBe(0);
  await db.query("alter table knowledge rename column turn to was_turn");
  try {
    const page = fileOf("page.html", "<h1>Paths to Work</h1><p>Paths to Work trains people.</p>");
    const { code, err } = await run("read", page);
    expect(code).toBe(1);
    expect(err).toContain("made by an earlier Waymark");
    expect(err).toContain("`waymark migrate` brings it up to date");
  } finally {
    await db.query("alter table knowledge rename column was_turn to turn");
  }
});

import { type RunId, SnapshotId, type SourceId } from "@waymark/domain";
import {
  findChange,
  findInitiative,
  packPage,
  saveReadingStat,
  saveSnapshot,
  saveSwept,
} from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AskedDesk, openAskedDesk, type Session } from "../test/asked-desk.ts";
import { sampleIds, sampleNow } from "../test/sample-ids.ts";

let desk: AskedDesk;
let curator: Session;
beforeAll(async () => {
  desk = await openAskedDesk();
  curator = await desk.signIn("curator");
});
afterAll(() => desk.close());

const version = async (id: string) => String((await findChange(desk.db, id))!.version);

test("accept writes to the catalog, tells of it, and can be undone", async () => {
  const { get, post } = curator;
  const answer = await post(`/changes/${sampleIds.update}/decision`, {
    verdict: "accept",
    version: await version(sampleIds.update),
    why: "plain to see",
    back: "/changes?kind=update",
  });
  expect(answer.status).toBe(303);
  const back = answer.headers.get("location")!;
  expect(back).toMatch(/^\/changes\?kind=update&decided=\d+$/);
  expect((await findInitiative(desk.db, sampleIds.entry))!.values.end).toBe("2028-06");
  const page = await (await get(back)).text();
  expect(page).toContain("Accepted: <strong>Harbor Skills Compact</strong>");
  const undo = /action="(\/decisions\/\d+\/undo)"/.exec(page)![1]!;
  expect((await post(undo)).headers.get("location")).toBe("/changes?undone=update-1");
  expect((await findInitiative(desk.db, sampleIds.entry))!.values.end).toBe(null);
  expect((await findChange(desk.db, sampleIds.update))!.state).toBe("open");
});

test("a second decision on the same change is a conflict that leads to how it stands", async () => {
  const fields = { verdict: "reject", version: await version("stale-1") };
  expect((await curator.post("/changes/stale-1/decision", fields)).status).toBe(303);
  const answer = await curator.post("/changes/stale-1/decision", fields);
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain('href="/changes/stale-1"');
  const page = await (await curator.get("/changes/stale-1")).text();
  expect(page).toContain("Rejected by curator");
  const json = await curator.post("/changes/stale-1/decision", fields, {
    accept: "application/json",
  });
  expect([json.status, await json.json()]).toMatchObject([409, { error: { status: 409 } }]);
});

test("a decision on an older version is a conflict", async () => {
  const fields = { verdict: "accept", version: "0" };
  expect((await curator.post("/changes/new-1/decision", fields)).status).toBe(409);
});

test("what a curator edits goes into the catalog in place of what was proposed", async () => {
  const answer = await curator.post("/changes/ended-1/decision", {
    verdict: "accept",
    version: await version("ended-1"),
    "edit.status": "ended",
    "edit.end": "2025-11",
  });
  expect(answer.status).toBe(303);
  const entry = await findInitiative(desk.db, "rural-pathways" as never);
  expect(entry!.values).toMatchObject({ status: "ended", end: "2025-11" });
});

test("an edit that is no value is refused with its field", async () => {
  const answer = await curator.post("/changes/new-1/decision", {
    verdict: "accept",
    version: await version("new-1"),
    "edit.start": "next spring",
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("The field “Start” is not usable: write a date as YYYY");
  expect((await findChange(desk.db, "new-1"))!.state).toBe("open");
});

for (const back of [
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/changes\\..\\x",
  "/changesevil",
  "javascript:alert(1)",
])
  test(`a decision never leads elsewhere: ${back}`, async () => {
    const fields = { verdict: "reject", version: await version("duplicate-1"), back };
    const answer = await curator.post("/changes/duplicate-1/decision", fields);
    const location = answer.headers.get("location")!;
    expect(location).toMatch(/^\/changes\?decided=\d+$/);
    await curator.post(`/decisions/${/\d+$/.exec(location)![0]}/undo`);
  });

test("an operator adds a source, pauses it, lets it go on, and crawls it", async () => {
  const { post, get } = await desk.signIn("operator");
  const fields = {
    name: "Årbor & Works",
    kind: "network",
    id: "",
    seeds: "https://arbor.example/",
  };
  const added = await post("/sources", fields);
  expect(added.headers.get("location")).toBe("/sources/a-rbor-works?told=added");
  expect((await post("/sources", fields)).status).toBe(400);
  expect((await post("/sources", { ...fields, id: "b", seeds: "ftp://x" })).status).toBe(400);
  await post("/sources/a-rbor-works/pause");
  expect(await (await get("/sources/a-rbor-works")).text()).toContain("paused");
  expect((await post("/sources/a-rbor-works/crawl")).status).toBe(400);
  await post("/sources/a-rbor-works/resume");
  const started = await post("/sources/a-rbor-works/crawl");
  expect(started.headers.get("location")).toBe("/sources/a-rbor-works?told=started");
  const again = await post("/sources/a-rbor-works/crawl");
  expect(again.headers.get("location")).toBe("/sources/a-rbor-works?told=already-open");
});

test("a source whose pages are held back says so, and a curator takes their new shape", async () => {
  const { get, post } = await desk.signIn("curator");
  const { rows } = await desk.db.query<{ pageId: string; run: RunId; id: SourceId }>(
    `select page.id as "pageId", run.id as run, source_id as id from page join run using (source_id)
     where page.snapshot_id is not null order by page.id, run.id limit 1`,
  );
  const { pageId, run, id } = rows[0]!;
  await desk.db.query("update page set held_snapshot_id = snapshot_id where id = $1", [pageId]);
  const figures = { records: 4, filled: { url: 3 }, byRecipe: {}, distinct: 4, characters: 400 };
  const message = "The source told of 12 efforts and tells of 4 now.";
  await saveReadingStat(desk.db, id, {
    runId: run,
    at: new Date("2026-03-02T07:00:00Z"),
    readerVersion: "1",
    recipeVersion: undefined,
    figures,
    drifts: [{ code: "records", before: 12, now: 4, message }],
  });
  const page = await (await get(`/sources/${id}`)).text();
  expect(page).toContain("1 page changed shape and is held back");
  expect(page).toContain("75 %");
  expect(await (await get(`/runs/${encodeURIComponent(run)}`)).text()).toContain(
    `Held back: ${message}`,
  );
  const answer = await post(`/sources/${id}/accept`);
  expect(answer.headers.get("location")).toBe(`/sources/${id}?told=accepted`);
  const after = await (await get(`/sources/${id}?told=accepted`)).text();
  expect(after).not.toContain("changed shape");
  expect(after).toContain("accepted by curator");
});

test("a quote of a PDF tells its page, beside it and where the paper itself is not shown", async () => {
  const { get } = await desk.signIn("curator");
  const id = SnapshotId.parse("d".repeat(64));
  const packed = await packPage({ bytes: Buffer.from("%PDF-1.7 no text") });
  const snapshot = { id, contentType: "application/pdf", skim: undefined, ...packed };
  await saveSnapshot(desk.db, snapshot, sampleNow);
  await desk.db.query(
    "update change set proposal = jsonb_set(proposal, '{evidence,0}', proposal #> '{evidence,0}' || $1) where id = $2",
    [JSON.stringify({ page: 12, snapshotId: id }), "duplicate-1"],
  );
  const change = await (await get("/changes/duplicate-1")).text();
  expect(change).toContain("\u00b7 page 12 \u00b7");
  const link = /href="(\/pages\/[^"]+page=12[^"]*)"/.exec(change)?.[1];
  const shown = await (await get(link!.replaceAll("&amp;", "&"))).text();
  expect(shown).toContain("The quote stands on page 12");
  expect(shown).toMatch(/href="https:[^"]+#page=12"/);
});

test("how a source is watched is set when it is added; what cannot be is refused in a sentence", async () => {
  const { post, get } = await desk.signIn("operator");
  const fields = { name: "Quay", kind: "state", id: "", seeds: "https://quay.example/" };
  const settings = { render: "never", intervalMinHours: "48", politenessGroup: "Harbor" };
  for (const [wrong, sentence] of [
    [{ intervalMaxHours: "12" }, "its shortest interval, 48 hours, is longer than its longest, 12"],
    [
      { intervalMinHours: "", intervalMaxHours: "12" },
      "its shortest interval, 20 hours, is longer than its longest, 12",
    ],
    [{ intervalMinHours: "1.5" }, "write a whole number of hours"],
    [{ render: "often" }, "“render” is not usable"],
    [{ politenessGroup: "two words" }, "“politenessGroup” is not usable"],
  ] as const) {
    const answer = await post("/sources", { ...fields, ...settings, ...wrong });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(sentence);
  }
  await post("/sources", { ...fields, ...settings, intervalMaxHours: "" });
  const page = await textOf(await get("/sources/quay"));
  expect(page).toContain("at least 2 days and at most 28 days apart");
  expect(page).toContain("Browser never");
  expect(page).toContain("harbor its hosts share one pace");
  expect(page).toContain("Nothing is known yet: it has not been crawled.");
  await post("/sources", { ...fields, name: "Mole" });
  const plain = await textOf(await get("/sources/mole"));
  expect(plain).toContain("at least 20 hours and at most 28 days apart");
  expect(plain).toContain("none: each of its hosts has a pace of its own");
});

test("a source tells how it answers, what it was spared and what was left alone", async () => {
  const page = await textOf(await curator.get("/sources/northgate"));
  for (const told of [
    "17 pages: 1 due now, 1 never visited, 1 shown through a browser",
    "12 of 30 visits (40 %), over its last 4 runs",
    "1 list answers, 1 does not",
    "unchanged The page had not changed. 5",
    "refused The page was not to be visited. 1 northgate.example/internal",
    "held, 41 of 41",
    "wrong 2 of 17",
    "turned us away 3 times in a row",
    "Calendar A calendar leads on from day to day for ever. 214",
    "/programs/* shows more",
  ])
    expect(page).toContain(told);
  const silent = await textOf(await curator.get("/sources/lakeshore"));
  expect(silent).toContain("silent 1 run brought no page.");
  expect(silent).toContain("closed robots.txt answered 503");
});

test("each source has its health in a line, and a run tells what it was spared", async () => {
  const sources = await textOf(await curator.get("/sources"));
  expect(sources).toContain("partial 56 % of 16 pages good · 1 due · 1 host to wait for");
  expect(sources).toContain("silent no good run yet");
  const run = await textOf(await curator.get(`/runs/${sampleIds.run}`));
  expect(run).toContain("Not modified 6 answered with 304: nothing was sent");
  expect(run).toContain("63 kB came over the wire; 240 kB did not have to be sent again");
  const overview = await textOf(await curator.get("/"));
  expect(overview).toContain("6 of 18 visits were answered with “not modified”");
  expect(overview).toContain("lakeshore.example lakeshore robots.txt answered 503");
});

/** The words of a page, as one reads them: without tags, and with one space between two words. */
async function textOf(answer: Response): Promise<string> {
  return (await answer.text())
    .replace(/<span class="visually-hidden">[^<]*<\/span>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

test("an admin adds an account, hands out a link, disables it; not their own", async () => {
  const { post, get, cookie } = await desk.signIn("admin");
  await post("/accounts", { name: "Grace", role: "reader" });
  const page = await (await get("/accounts")).text();
  const path = /action="(\/accounts\/[^"/]+)\/link"[\s\S]*?for Grace/.exec(page)![1]!;
  expect(await (await post(`${path}/link`)).text()).toMatch(
    /http:\/\/desk\.test\/sign-in\/[\w-]{43}/,
  );
  await post(path, { disabled: "yes" });
  expect((await post(`${path}/link`)).status).toBe(400);
  const { rows } = await desk.db.query("select id from account where name = 'admin'");
  expect((await post(`/accounts/${rows[0].id}`, { role: "reader" })).status).toBe(400);
  expect(cookie).not.toBe("");
});

test("the catalog as CSV: lists joined, quotes doubled, formulas made harmless", async () => {
  await desk.db.query(
    `update initiative_value set value = '"=HYPERLINK(\\"x\\"), a"' where field = 'description' and initiative_id = 'harbor-skills'`,
  );
  const answer = await curator.get("/export/catalog.csv");
  const [head, ...lines] = (await answer.text()).split("\r\n");
  expect(answer.headers.get("content-disposition")).toContain("catalog.csv");
  expect(head).toBe(
    "id,name,aliases,acronym,url,kind,description,lead_organization,funders,partners,states,start,end,status,topics",
  );
  const line = lines.find((one) => one.startsWith("harbor-skills,"))!;
  expect(line).toContain(`"'=HYPERLINK(""x""), a"`);
  expect(line).toContain("MD | VA");
});

test("changes and entries as JSON lines", async () => {
  const lines = async (path: string) =>
    (await (await curator.get(path)).text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  const open = await lines("/export/changes.jsonl");
  expect(open.find(({ id }) => id === "new-1")).toMatchObject({ kind: "new", state: "open" });
  expect((await lines("/export/changes.jsonl?state=all")).length).toBeGreaterThan(open.length);
  const entries = await lines("/export/catalog.jsonl");
  expect(entries.find(({ id }) => id === "harbor-skills").lead_organization).toBe(
    "Tidewater College",
  );
  expect((await lines("/export/suppressed.jsonl"))[0]).toMatchObject({ rule: "same-organization" });
});

test("health is good before any worker ran and while one sweeps, and bad when it stopped", async () => {
  const ask = async () => {
    const answer = await desk.app.request("/health");
    return [answer.status, await answer.json()];
  };
  expect(await ask()).toEqual([
    200,
    { ok: true, database: true, secondsSinceSweep: null, version: "0.0.0-test" },
  ]);
  await saveSwept(desk.db);
  expect((await ask())[0]).toBe(200);
  await desk.db.query("update upkeep set swept_at = now() - interval '200 seconds'");
  expect(await ask()).toMatchObject([503, { ok: false, database: true }]);
  expect(await (await curator.get("/")).text()).toContain("No worker has looked in for 3 minutes");
});

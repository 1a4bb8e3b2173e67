import { findChange, listPairs } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AskedDesk, openAskedDesk, type Session } from "../test/asked-desk.ts";
import { sampleIds } from "../test/sample-ids.ts";

let desk: AskedDesk;
let curator: Session;
beforeAll(async () => {
  desk = await openAskedDesk();
  curator = await desk.signIn("curator");
});
afterAll(() => desk.close());

const textOf = async (path: string, session = curator) => (await session.get(path)).text();
const pairOf = async (id: string) => (await listPairs(desk.db, { id })).pairs[0];

test("a pair with a mention shows both sides, the reasons and the proof", async () => {
  const page = await textOf("/pairs?of=mention");
  expect(page).toContain("1 pair");
  expect(page).toContain("a shared place for open credentials, led by Lakeshore Works");
  expect(page).toContain("same lead Lakeshore Works");
  expect(page).toMatch(/−1\.1<span class="visually-hidden"> against/);
  expect(page).toContain('<strong class="only">Harbor Skills Compact</strong>');
  expect(page).toMatch(/Together<\/span><span><\/span><span class="step-n">−0\.2/);
});

test("readers see the pairs without buttons", async () => {
  const page = await textOf("/pairs", await desk.signIn("reader"));
  expect(page).toContain("data-change");
  expect(page).not.toContain("data-decide");
});

test("a judgement is kept with its reason, and the pair does not wait any more", async () => {
  const path = `/pairs/${sampleIds.mentionPair}/judgement`;
  const fields = { verdict: "different", why: "another owner", back: "/pairs?of=mention" };
  const answer = await curator.post(path, fields);
  expect([answer.status, answer.headers.get("location")]).toEqual([
    303,
    "/pairs?of=mention&judged=different",
  ]);
  expect(await textOf("/pairs?of=mention&judged=different")).toContain("was judged different");
  const { rows } = await desk.db.query("select verdict, who, why from judgement");
  expect(rows).toEqual([{ verdict: "different", who: "curator", why: "another owner" }]);
  expect(await pairOf(sampleIds.mentionPair)).toBeUndefined();
  // Somebody who still has the page open hears that it was judged.
  expect((await curator.post(path, fields)).status).toBe(404);
});

test("entries judged the same wait as a duplicate", async () => {
  const [pair] = (await listPairs(desk.db, { of: "entry" })).pairs;
  const answer = await curator.post(
    `/pairs/${pair!.id}/judgement`,
    { verdict: "same" },
    { accept: "application/json" },
  );
  const { changeId } = (await answer.json()) as { changeId: string };
  expect(await findChange(desk.db, changeId)).toMatchObject({ kind: "duplicate", state: "open" });
  expect(await textOf(`/pairs?judged=same&change=${changeId}`)).toContain(
    `href="/changes/${changeId}"`,
  );
});

test("what is no verdict is refused, and a judgement never leads elsewhere", async () => {
  await desk.db.query("truncate judgement");
  const path = `/pairs/${sampleIds.mentionPair}/judgement`;
  expect((await curator.post(path, { verdict: "perhaps" })).status).toBe(400);
  for (const back of ["https://evil.example/", "//evil.example", "/pairs\\..\\x", "/pairsevil"]) {
    await desk.db.query("truncate judgement");
    const answer = await curator.post(path, { verdict: "unsure", back });
    expect(answer.headers.get("location")).toBe("/pairs?judged=unsure");
  }
});

test("an empty workbench says whether anything is to be compared yet", async () => {
  await desk.db.query("truncate judgement");
  await desk.db.query("delete from pair");
  expect(await textOf("/pairs")).toContain("No doubt left");
  expect(await textOf("/pairs?name=nothing")).toContain("Nothing here matches");
  await desk.db.query("update initiative set compared_version = null where id = 'harbor-skills'");
  expect(await textOf("/pairs")).toContain("1 entry was touched since the last sweep");
});

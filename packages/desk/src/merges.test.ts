import type { InitiativeId } from "@waymark/domain";
import { mergeEntries } from "@waymark/pipeline";
import { findInitiative, listMentionsOfInitiative } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AskedDesk, openAskedDesk, type Session } from "../test/asked-desk.ts";
import { sampleIds, sampleNow } from "../test/sample-ids.ts";

let desk: AskedDesk;
let curator: Session;
let reader: Session;
beforeAll(async () => {
  desk = await openAskedDesk();
  curator = await desk.signIn("curator");
  reader = await desk.signIn("reader");
});
afterAll(() => desk.close());

const from = "rural-pathways" as InitiativeId;
const into = sampleIds.entry;
const page = async (session: Session, path: string) => (await session.get(path)).text();

test("the address of a merged entry leads to the one that stayed, which can let it go again", async () => {
  await mergeEntries(desk.db, { from, into, who: "ada", now: sampleNow });
  const answer = await reader.get(`/initiatives/${from}`);
  expect([answer.status, answer.headers.get("location")]).toEqual([
    302,
    `/initiatives/${into}?was=${from}`,
  ]);
  expect(await page(reader, answer.headers.get("location")!)).toContain(
    "was merged into this entry",
  );
  expect(await page(reader, `/initiatives/${into}`)).not.toContain("Un-merge");
  expect(await page(curator, `/initiatives/${into}`)).toContain(`/initiatives/${from}/unmerge`);

  const asking = await page(curator, `/initiatives/${from}/unmerge`);
  expect(asking).toContain("What will happen");
  expect(asking).toContain("stands for itself again and leaves");
  expect((await findInitiative(desk.db, from))?.mergedInto).toBe(into);

  const done = await curator.post(`/initiatives/${from}/unmerge`);
  expect(done.status).toBe(303);
  expect(await page(curator, done.headers.get("location")!)).toContain("stands for itself again.");
  expect((await findInitiative(desk.db, from))?.mergedInto).toBeUndefined();
  expect((await curator.post(`/initiatives/${from}/unmerge`)).status).toBe(400);
});

test("an unseen effort's address leads to the entry that it became", async () => {
  await desk.db.query(
    "insert into cluster (id, initiative_id, led_to) values ('c-new', $1, null), ('c-old', null, 'c-new')",
    [into],
  );
  for (const id of ["c-new", "c-old"])
    expect((await reader.get(`/initiatives/${id}`)).headers.get("location")).toBe(
      `/initiatives/${into}?was=${id}`,
    );
  expect((await reader.get("/initiatives/c-never")).status).toBe(404);
});

test("a ticked mention leaves the entry, after it was shown what that means, and comes back by undo", async () => {
  const [mention] = await listMentionsOfInitiative(desk.db, into);
  expect(await page(reader, `/initiatives/${into}`)).not.toContain("Not this effort");
  expect(await page(curator, `/initiatives/${into}`)).toContain(`value="${mention!.id}"`);
  expect((await curator.get(`/initiatives/${into}/split`)).status).toBe(400);
  const asking = await page(curator, `/initiatives/${into}/split?mention=${mention!.id}`);
  expect(asking).toContain("leave");
  expect(await listMentionsOfInitiative(desk.db, into)).toContainEqual(mention);

  const fields = { mentions: mention!.id, into: "entry", name: "Harbor Pilot", why: "the pilot" };
  const done = await curator.post(`/initiatives/${into}/split`, fields);
  const shown = done.headers.get("location")!;
  const made = /^\/initiatives\/(wm-\w+)\?split=(\d+)$/.exec(shown)!;
  expect((await findInitiative(desk.db, made[1] as InitiativeId))?.values.name).toBe(
    "Harbor Pilot",
  );
  expect(await page(curator, shown)).toContain(`action="/decisions/${made[2]}/undo"`);
  await curator.post(`/decisions/${made[2]}/undo`);
  expect((await listMentionsOfInitiative(desk.db, into)).map(({ id }) => id)).toContain(
    mention!.id,
  );
  expect(await findInitiative(desk.db, made[1] as InitiativeId)).toBeUndefined();
});

test("a form that names no mention of the entry is refused", async () => {
  const answer = await curator.post(`/initiatives/${into}/split`, {
    mentions: "mn-none",
    into: "unseen",
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("has no mention");
});

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

test("an entry tells what happened with the words that say so, its grants and how it hangs together", async () => {
  const page = await (await curator.get(`/initiatives/${sampleIds.entry}`)).text();
  const text = page.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  for (const told of [
    "Sep 2021 Launched by Harbor Skills Compact As told In January 2026 we launched the Credential Commons",
    "Feb 15, 2026 announced Awarded a grant by Pierpont Fund As told",
    "2 proofs on 2 pages, in the same words",
    "2028 To end Planned",
    "Feb 15, 2026 24 months Pierpont Fund Harbor Skills Compact $1,250,000 train crane operators Ports Fund",
    "Follows Harbor Skills Initiative",
  ])
    expect(text).toContain(told);
  expect(page).toContain('href="/initiatives/harbor-skills-initiative"');
});

test("an entry tells whom to ask, and where a page says so", async () => {
  const page = await (await curator.get(`/initiatives/${sampleIds.entry}`)).text();
  const [, link = ""] =
    /<li>ask@northgate\.example <a class="small" href="([^"]+)"/.exec(page) ?? [];
  const shown = await (await curator.get(link.replaceAll("&amp;", "&"))).text();
  expect(shown).toMatch(/<mark[^>]*>ask@northgate\.example<\/mark>/);
});

test("events and grants as JSON lines", async () => {
  const lines = async (path: string) =>
    (await (await curator.get(path)).text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  const events = await lines("/export/events.jsonl");
  expect(events).toHaveLength(4);
  expect(events[0]).toMatchObject({ id: sampleIds.entry, kind: "launch", confirmed: false });
  expect((await lines("/export/grants.jsonl"))[0]).toMatchObject({ amount: 1_250_000 });
});

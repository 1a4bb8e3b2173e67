import { afterAll, beforeAll, expect, test } from "vitest";
import { type AskedDesk, openAskedDesk, type Session } from "../test/asked-desk.ts";

const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)> javascript:alert(3) \u202egnp.exe\u2066 & </textarea></title> \${7*7}`;

let desk: AskedDesk;
let admin: Session;
beforeAll(async () => {
  desk = await openAskedDesk(hostile);
  admin = await desk.signIn("admin");
  await desk.signIn("curator", hostile);
  await admin.post("/changes/stale-1/decision", { verdict: "reject", version: "1", why: hostile });
});
afterAll(() => desk.close());

const query = encodeURIComponent(hostile);
for (const path of [
  "/",
  "/changes",
  `/changes?text=${query}&source=${query}&kind=${query}`,
  "/changes/update-1",
  "/changes/duplicate-1",
  "/changes/stale-1",
  "/initiatives",
  `/initiatives?text=${query}&state=${query}`,
  "/initiatives/harbor-skills",
  "/sources",
  "/sources/lakeshore",
  "/sources/northgate",
  "/runs",
  "/runs/run-1",
  "/decisions",
  "/suppressed",
  `/suppressed?rule=${query}`,
  "/pages/page-1/evidence",
  `/pages/page-1/evidence?quote=${query}`,
  "/accounts",
  `/${query}`,
  `/changes/${query}`,
])
  test(`nothing of a hostile name works on ${decodeURIComponent(path).slice(0, 60)}`, async () => {
    const page = await (await admin.get(path)).text();
    expect(page).not.toMatch(/<script>|<img src=x|<\/textarea><\/title>/);
    expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(page).not.toMatch(/\s(href|src|action)="(?!\/|#|https?:\/\/)/);
    // The only script is ours, and outside of quotes no tag has a handler.
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.replace(/"[^"]*"/g, '""')).not.toMatch(/<[a-z][^>]*\son\w+=/i);
  });

test("the sign-in page too", async () => {
  const { createSignInLink } = await import("./sign-in.ts");
  const link = await createSignInLink(desk.db, {
    accountName: hostile,
    baseUrl: "http://desk.test",
  });
  const page = await (await desk.app.request(link)).text();
  expect(page).toContain("Sign in as &lt;script&gt;");
  expect(page).not.toMatch(/<script>|[\u202a-\u202e]/);
});

test("a line of CSV stays one record with as many values as the head", async () => {
  const text = await (await admin.get("/export/catalog.csv")).text();
  const line = text.split("\r\n").find((one) => one.startsWith("harbor-skills,"))!;
  const values = line.match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)!.filter((value) => value !== "");
  expect(values).toHaveLength(15);
});

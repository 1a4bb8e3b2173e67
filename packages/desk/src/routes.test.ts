import { mayActAs, type Role, roles } from "@waymark/domain";
import { findAccount, saveAccount } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AskedDesk, openAskedDesk, type Session, signInAll } from "../test/asked-desk.ts";
import { sampleIds } from "../test/sample-ids.ts";
import { createRoutes } from "./routes.ts";

let desk: AskedDesk;
let sessions: Record<Role, Session>;
let disabled: Session;

beforeAll(async () => {
  desk = await openAskedDesk();
  sessions = await signInAll(desk);
  disabled = await desk.signIn("admin", "gone");
  const account = (await findAccount(desk.db, "gone"))!;
  await saveAccount(desk.db, { ...account, disabled: true });
});
afterAll(() => desk.close());

// Ids that exist nowhere: whoever may ask then hears 404 or 400, whoever may not hears 401 or 403.
const routes = createRoutes();
const pathOf = (path: string) => path.replace(/:\w+/g, "424242");
const isRefused = ({ status }: Response) => status === 401 || status === 403;

for (const { method, path, needs } of routes) {
  // The way in is tried with links that work elsewhere; here each wrong one would count as a try.
  // What programs ask with a token is tried in reconcile.test.ts.
  if (needs === "nobody" || needs === "token" || path === "/sign-out") continue;
  for (const role of roles) {
    const mayAsk = mayActAs(role, needs);
    test(`${role} ${mayAsk ? "may" : "may not"} ${method} ${path}`, async () => {
      const { get, post } = sessions[role];
      const answer = await (method === "GET" ? get(pathOf(path)) : post(pathOf(path)));
      expect(isRefused(answer)).toBe(!mayAsk);
      expect(answer.status).not.toBe(500);
    });
  }
  test(`a stranger may not ${method} ${path}`, async () => {
    const headers = { origin: "http://desk.test" };
    const answer = await desk.app.request(`http://desk.test${pathOf(path)}`, { method, headers });
    expect(answer.status).toBe(401);
  });
  test(`somebody disabled may not ${method} ${path}`, async () => {
    const { get, post } = disabled;
    const answer = await (method === "GET" ? get(pathOf(path)) : post(pathOf(path)));
    expect(answer.status).toBe(401);
  });
  if (method === "GET") continue;
  test(`${method} ${path} from another site is refused`, async () => {
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
    ])
      expect((await sessions.admin.post(pathOf(path), {}, headers)).status).toBe(403);
  });
  test(`${method} ${path} without a word of where it is from is refused`, async () => {
    const { cookie, csrf } = sessions.admin;
    const body = new URLSearchParams({ csrf });
    const url = `http://desk.test${pathOf(path)}`;
    const answer = await desk.app.request(url, { method, headers: { cookie }, body });
    expect(answer.status).toBe(403);
  });
  test(`${method} ${path} without the session's own secret is refused`, async () => {
    const { admin, curator } = sessions;
    for (const csrf of ["", "x", curator.csrf])
      expect((await admin.post(pathOf(path), { csrf })).status).toBe(403);
  });
}

test("every route that changes something is asked by POST, and every other by GET", () => {
  for (const { method, path } of routes)
    expect(["GET", "POST", path === "/reconcile/*" && "OPTIONS"]).toContain(method);
});

test("strangers are told how to get in, and programs hear it in JSON", async () => {
  const page = await desk.app.request("http://desk.test/changes");
  expect(await page.text()).toContain("pnpm waymark accounts link");
  const headers = { accept: "application/json" };
  const answer = await desk.app.request("http://desk.test/changes", { headers });
  expect([answer.status, await answer.json()]).toMatchObject([401, { error: { status: 401 } }]);
});

for (const path of [
  "/nothing",
  "/changes/none",
  "/initiatives/none",
  "/sources/none",
  "/runs/none",
  "/pages/none/evidence",
  "/snapshots/none",
  `/snapshots/${"0".repeat(64)}`,
  "/assets/nothing.js",
])
  test(`404 with a sentence: ${path}`, async () => {
    const answer = await sessions.reader.get(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(/There is no [\w ]+\./);
  });

for (const path of [
  "/",
  "/changes",
  "/changes?kind=new&text=x%25&source=northgate&page=2",
  "/changes?page=99999999999999&kind=nonsense",
  "/changes?decided=1&undone=nothing",
  `/changes/${sampleIds.update}`,
  "/changes/duplicate-1",
  "/pairs",
  "/pairs?verdict=unsure&of=mention&name=x%25&page=2",
  "/pairs?verdict=nonsense&judged=same&change=nothing",
  "/initiatives?text=harbor&status=active&state=VA&freshness=fresh",
  "/initiatives/harbor-skills",
  "/sources",
  "/sources/northgate?pages=failing&told=started",
  "/runs?show=nonsense",
  `/runs/${sampleIds.run}`,
  "/decisions?show=-1",
  "/suppressed?rule=same-organization",
  "/pages/page-1/evidence?start=-1&end=x",
  "/accounts",
])
  test(`shows ${path}`, async () => {
    const answer = await sessions.admin.get(path);
    expect(answer.status).toBe(200);
    const page = await answer.text();
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).toMatch(/<html lang="en">/);
    expect(page).not.toMatch(/undefined|\[object|NaN| style="| on\w+="/);
  });

test("pages carry a strict policy and are kept by nobody", async () => {
  const { headers } = await sessions.reader.get("/");
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(headers.get("content-security-policy")).not.toMatch(/unsafe|\*/);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
});

test("too large a form is refused", async () => {
  const answer = await sessions.operator.post("/sources", { seeds: "x".repeat(300_000) });
  expect(answer.status).toBe(413);
});

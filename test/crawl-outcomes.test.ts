import { importCatalog } from "@waymark/pipeline";
import { listChanges, listInitiatives } from "@waymark/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCrawl, type TestCrawl } from "./setup/crawl.ts";
import { type Answer, page, type Script } from "./setup/loopback-web.ts";

/*
 * Every way in which a page can fail to be one, told apart by its outcome; and that one night of all of them
 * changes no entry.
 */

/** No browser is found: what needs one stays a shell. */
const workers = [{ chromiumPath: "no-such-chromium" }];
const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const login = `<title>Sign in</title><h1>Sign in</h1><form><input name=user><input type=password></form>`;
const captcha = `<title>Just a moment...</title><p>Checking your browser before you go on.</p>`;
const missing = `<title>Page not found</title><h1>Page not found</h1><p>Try the start page.</p>`;
const parked = `<title>kelp.example.org</title><p>This domain is for sale. Make an offer on this domain.</p>`;
const shell = `<title>App</title><div id="root"></div><script src="/app.js"></script>`;

const bad: Record<string, Answer> = {
  "/gone": { status: 410 },
  "/not-there": { status: 404 },
  "/forbidden": { status: 403 },
  "/members": login,
  "/guarded": captcha,
  "/missing": missing,
  "/for-sale": parked,
  "/app": shell,
  "/failing": { status: 500 },
  "/reset": "reset",
  "/huge": { headers: { "content-length": "50000000" }, body: Buffer.alloc(50_000_000) },
  "/picture": { headers: { "content-type": "image/png" }, body: png },
  "/unlabelled": { body: png },
  "/moved": { status: 301, headers: { location: "/new-place" } },
  "/lent": { status: 302, headers: { location: "/other-place" } },
};

describe("outcomes of one night", () => {
  let crawl: TestCrawl;
  const host = "motley.example.org";
  beforeAll(async () => {
    crawl = await openCrawl({ sources: [{ id: "motley", seeds: [`http://${host}/`] }], workers });
    crawl.web.play(host, {
      "/": page("Front", { links: Object.keys(bad) }),
      "/new-place": page("Moved to here"),
      "/other-place": page("Lent to here"),
      ...bad,
    });
    await crawl.crawl("operator");
  });
  afterAll(() => crawl?.close());

  test.each([
    ["/gone", "gone"],
    ["/not-there", "gone"],
    ["/forbidden", "refused"],
    ["/members", "login"],
    ["/guarded", "blocked"],
    ["/missing", "soft-404"],
    ["/for-sale", "parked"],
    ["/app", "shell"],
    ["/failing", "broken"],
    ["/reset", "broken"],
    ["/huge", "too-large"],
    ["/picture", "wrong-type"],
    ["/unlabelled", "wrong-type"],
    ["/new-place", "fetched"],
    ["/other-place", "fetched"],
    ["/", "fetched"],
  ])("%s is %s", async (path, outcome) => {
    const found = (await crawl.pagesOf("motley"))[`http://${host}${path}`]!;
    expect(found.outcome).toBe(outcome);
    expect(found.failures).toBe(outcome === "fetched" ? 0 : 1);
    expect(found.snapshotId === undefined).toBe(outcome !== "fetched");
  });

  test("a permanent redirect moves a page, a passing one does not", async () => {
    const pages = await crawl.pagesOf("motley");
    const moved = { outcome: "moved", failures: 0 };
    expect(pages[`http://${host}/moved`]).toMatchObject({
      ...moved,
      movedTo: `http://${host}/new-place`,
    });
    expect(pages[`http://${host}/lent`]).toMatchObject({ ...moved, movedTo: undefined });
  });
});

describe("nights of one source", () => {
  let crawl: TestCrawl;
  const host = "harbor.example.org";
  const efforts = ["Harbor Skills Pathways", "Meadow Credential Registry"];
  const effortPage = (name: string) =>
    `<!doctype html><html lang="en"><head><title>${name}</title></head><body><main><h1>${name}</h1>
<p>${name} is an initiative that helps working adults earn credentials for jobs in Ohio. It was launched in 2021
and is led by the Juniper Foundation.</p><p>${name} brings community colleges and employers together, so that
skills learned at work count towards a degree.</p></main></body></html>`;
  const good: Script = {
    "/": page("Our programs", { links: ["/skills", "/registry"] }),
    "/skills": effortPage(efforts[0]!),
    "/registry": effortPage(efforts[1]!),
  };
  beforeAll(async () => {
    crawl = await openCrawl({ sources: [{ id: "harbor", seeds: [`http://${host}/`] }], workers });
    await importCatalog(
      crawl.db,
      efforts.map((name, n) => ({
        id: `effort-${n}`,
        name,
        url: `http://${host}${["/skills", "/registry"][n]}`,
      })),
      new Date("2026-02-28T07:00:00Z"),
    );
    crawl.web.play(host, good);
    await crawl.crawl("operator", { at: "2026-03-01T07:00:00Z" });
  });
  afterAll(() => crawl?.close());

  const everywhere = (answer: Answer): Script => ({
    "/": answer,
    "/skills": answer,
    "/registry": answer,
  });
  const withoutRobots: Script = { "/robots.txt": { status: 404 } };

  /** The catalog, what is proposed, and what pages say of efforts: all that a night may change. */
  async function stateOf({ db }: TestCrawl) {
    const states = ["confirming", "open", "accepted", "rejected", "withdrawn"] as const;
    const changes = await listChanges(db, { states: [...states] });
    return {
      entries: (await listInitiatives(db)).map(({ id, values }) => ({ id, values })),
      mentions: (
        await db.query("select mention->>'name' as name, missing_count from mention order by id")
      ).rows,
      changes: changes.map(({ id, kind, state, fields }) => ({ id, kind, state, fields })),
    };
  }

  test.each<[string, Script]>([
    ["fails", everywhere({ status: 500 })],
    ["breaks off", everywhere("reset")],
    ["asks for a password", everywhere(login)],
    ["holds us for a machine", everywhere(captcha)],
    ["is not found, and says so as a page", everywhere(missing)],
    ["is gone", everywhere({ status: 410 })],
    ["is for sale", everywhere(parked)],
    ["lies behind a robots.txt that fails", { "/robots.txt": { status: 503 } }],
    ["has no address", { "/robots.txt": "nothing" }],
  ])(
    "a night on which everything %s changes nothing, and the next finds all again",
    async (_what, script) => {
      const before = await stateOf(crawl);
      for (const name of efforts)
        expect(before.mentions).toContainEqual({ name, missing_count: 0 });
      const { rows: newest } = await crawl.db.query("select max(visited_at) as at from page");
      const night = (days: number) =>
        new Date(newest[0].at.getTime() + days * 86_400_000).toISOString();
      crawl.web.play(host, script);
      const { harbor: bad } = await crawl.crawl("operator", { at: night(1) });
      expect(bad!.outcome).toBe("failed");
      expect((await crawl.visitsOf(bad)).length).toBeGreaterThanOrEqual(3);
      expect(await stateOf(crawl)).toEqual(before);

      crawl.web.play(host, { ...good, ...withoutRobots });
      await crawl.crawl("operator", { at: night(2) });
      const pages = await crawl.pagesOf("harbor");
      for (const path of Object.keys(good))
        expect(pages[`http://${host}${path}`], path).toMatchObject({
          failures: 0,
          outcome: "unchanged",
        });
      expect(await stateOf(crawl)).toEqual(before);
    },
  );
});

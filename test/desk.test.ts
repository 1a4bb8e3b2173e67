import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import AxeBuilder from "@axe-core/playwright";
import { createAccessToken, createDesk, createSignInLink, serveDesk } from "@waymark/desk";
import { findChange, listPairs, openPool, type Pool, packPage, saveSnapshot } from "@waymark/store";
import { pino } from "pino";
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleNow } from "../packages/desk/test/sample-ids.ts";
import { addSampleRows } from "../packages/desk/test/sample-rows.ts";
import { findChromium, withChromium } from "./setup/chromium.ts";
import { createTestDatabase, type TestDatabase } from "./setup/database.ts";

const wcagTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

withChromium("the desk in a browser", () => {
  let database: TestDatabase;
  let db: Pool;
  let desk: Awaited<ReturnType<typeof serveDesk>>;
  let browser: Browser;
  let session: Awaited<ReturnType<BrowserContext["storageState"]>>;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = openPool(database.url, { max: 4 });
    await addSampleRows(db);
    const app = createDesk({
      db,
      bell: undefined,
      now: () => sampleNow,
      log: pino({ level: "silent" }),
      version: "0.0.0-test",
    });
    desk = await serveDesk(app, { port: 0, host: "127.0.0.1" });
    browser = await chromium.launch({
      executablePath: findChromium()!,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    });
    const context = await browser.newContext();
    const page = await context.newPage();
    const account = { accountName: "ada", role: "admin", baseUrl: desk.url } as const;
    await page.goto(await createSignInLink(db, account));
    await page.getByRole("button", { name: "Sign in as ada" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    session = await context.storageState();
    await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
    await db?.end();
    await database?.drop();
  });

  const open = async (
    path: string,
    options: Parameters<Browser["newContext"]>[0] = {},
  ): Promise<Page> => {
    const context = await browser.newContext({ storageState: session, ...options });
    const page = await context.newPage();
    await page.goto(`${desk.url}${path}`);
    return page;
  };
  const state = async (id: string) => (await findChange(db, id))?.state;
  const idOf = (card: Locator) => card.getAttribute("id");
  const focused = (page: Page) => page.evaluate("document.activeElement?.id");

  test("j, a, u: to a change, accept it, take that back", async () => {
    const page = await open("/changes");
    await page.keyboard.press("j");
    expect(await focused(page)).toBe("change-update-1");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    expect(await focused(page)).toBe("change-update-1");
    await page.keyboard.press("a");
    expect(await focused(page)).toBe("change-new-1");
    await page.getByRole("button", { name: "Undo" }).and(page.locator(":enabled")).waitFor();
    expect(await state("update-1")).toBe("accepted");
    expect(await page.locator("[data-waiting]").textContent()).toMatch(/^4/);
    await expect
      .poll(() => page.locator("#live").textContent())
      .toContain("Accepted: Harbor Skills Compact. 4 left on this page.");
    await page.keyboard.press("u");
    await expect.poll(() => state("update-1")).toBe("open");
    await expect.poll(() => focused(page)).toBe("change-update-1");
    // The same change can be decided again at once: the page knows its new version.
    await page.keyboard.press("r");
    await expect.poll(() => state("update-1")).toBe("rejected");
    await page.keyboard.press("u");
    await expect.poll(() => state("update-1")).toBe("open");
    await page.context().close();
  });

  test("j, d, n: through the pairs by key, and none is undone by mistake", async () => {
    const page = await open("/pairs");
    const cards = page.locator("[data-change]:not([data-decided])");
    expect(await cards.count()).toBe(2);
    const [first, last] = await Promise.all([cards.first(), cards.last()].map(idOf));
    // A key means the pair whose button has the focus, also where another one comes first.
    await cards.last().locator("[data-decide] button").first().focus();
    await page.keyboard.press("n");
    await expect.poll(() => page.locator(`#${last}[data-decided]`).count()).toBe(1);
    await expect
      .poll(() => page.locator("#live").textContent())
      .toMatch(/^Left unsure: .+\. 1 left on this page\.$/);
    await expect.poll(async () => (await listPairs(db)).pairs.map(({ id }) => id)).toEqual([first]);
    await page.keyboard.press("j");
    expect(await focused(page)).toBe(first);
    await page.keyboard.press("d");
    await expect
      .poll(() => page.locator("#live").textContent())
      .toMatch(/^Judged different: .+\. 0 left on this page\.$/);
    await page.keyboard.press("u");
    await expect
      .poll(() => page.locator("#live").textContent())
      .toBe("There is nothing to undo on this page.");
    const judged = await db.query("select verdict from judgement where who = 'ada' order by id");
    expect(judged.rows).toEqual([{ verdict: "unsure" }, { verdict: "different" }]);
    // What is judged of a pair is no change: the count of those that wait stays.
    expect(await page.locator("[data-waiting]").textContent()).toMatch(/^5/);
    await page.context().close();
  });

  test("a decision that came too late comes back with its reason", async () => {
    const page = await open("/changes");
    const { version } = (await findChange(db, "stale-1"))!;
    await db.query("update change set version = version + 1 where id = 'stale-1'");
    const card = page.locator("#change-stale-1");
    await card.getByRole("button", { name: "Accept" }).click();
    await card.locator(".trouble").waitFor();
    expect(await card.getByRole("button", { name: "Accept" }).isVisible()).toBe(true);
    expect(await focused(page)).toBe("change-stale-1");
    await db.query("update change set version = $1 where id = 'stale-1'", [version]);
    await page.context().close();
  });

  test("keys rest in fields, with Ctrl, and when they are switched off", async () => {
    const page = await open("/changes");
    await page.getByLabel("Title holds").pressSequentially("area j");
    expect(await page.getByLabel("Title holds").inputValue()).toBe("area j");
    await page.locator("h1").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("?");
    await page.getByRole("button", { name: "Keys are on" }).click();
    await page.getByRole("button", { name: "Close" }).click();
    await page.keyboard.press("j");
    await page.keyboard.press("a");
    expect(await focused(page)).not.toMatch(/^change-/);
    const { rows } = await db.query("select count(*)::int as n from change where state = 'open'");
    expect(rows[0].n).toBe(5);
    await page.context().close();
  });

  test("o opens the evidence, lit in the page", async () => {
    const page = await open("/changes");
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    await page.locator("mark").first().waitFor();
    expect(await page.locator("mark").first().textContent()).toBe(
      "is now funded by Northgate Foundation and the Pierpont Fund through June 2028",
    );
    await page.context().close();
  });

  test("without scripts: accept, and undo from the note", async () => {
    const page = await open("/changes?kind=new", { javaScriptEnabled: false });
    await page.getByRole("button", { name: "Accept" }).click();
    expect(await page.locator(".note").textContent()).toContain("Accepted: Credential Commons");
    expect(await state("new-1")).toBe("accepted");
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await state("new-1")).toBe("open");
    await page.context().close();
  });

  const paths = [
    "/",
    "/changes",
    "/changes/update-1#edit",
    "/changes/duplicate-1",
    "/pairs",
    "/initiatives",
    "/initiatives/harbor-skills",
    "/sources",
    "/sources/northgate",
    "/runs",
    "/runs/run-1",
    "/decisions",
    "/suppressed",
    "/accounts",
    "/pages/page-1/evidence?start=0&end=0",
    "/nothing-here",
    "/sign-in",
  ];
  // Night differs from day in its colours alone.
  for (const [colorScheme, narrow] of [
    ["light", (axe: AxeBuilder) => axe.withTags([...wcagTags, "best-practice"])],
    ["dark", (axe: AxeBuilder) => axe.withRules(["color-contrast"])],
  ] as const)
    test(`WCAG 2.2 AA, ${colorScheme}: nothing found on any page`, async () => {
      const page = await open("/", { colorScheme });
      const found: string[] = [];
      for (const path of paths) {
        await page.goto(`${desk.url}${path}`);
        for (const details of await page.locator("details").all())
          await details.evaluate((one) => one.setAttribute("open", ""));
        const { violations } = await narrow(new AxeBuilder({ page }).exclude("iframe")).analyze();
        for (const { id, nodes } of violations)
          found.push(`${path} ${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      }
      expect(found).toEqual([]);
      await page.context().close();
    }, 120_000);

  test("no page is wider than a narrow screen", async () => {
    const page = await open("/", { viewport: { width: 320, height: 640 } });
    for (const path of paths) {
      await page.goto(`${desk.url}${path}`);
      const over = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(`${path} ${over}`).toBe(`${path} 0`);
    }
    await page.context().close();
  });

  test("a page of OpenRefine's, on another port, reads the answers and frames the preview", async () => {
    const base = `${desk.url}/reconcile/${await createAccessToken(db, { accountName: "ada", days: 1 })}`;
    const refine = createServer((_, response) => {
      response.setHeader("content-type", "text/html");
      response.end(`<iframe width="430" height="320" src="${base}/preview?id=harbor-skills"></iframe>
        <p id="fetched"></p><p id="called"></p>
        <script>fetch("${base}/suggest/entity?prefix=harbor").then((r) => r.json()).then(({ result }) => { fetched.textContent = result[0].id; });
        const tell = ({ name }) => { called.textContent = name; };</script><script src="${base}?callback=tell"></script>`);
    });
    await new Promise<void>((done) => refine.listen(0, "127.0.0.1", done));
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(refine.address() as AddressInfo).port}/`);
    await expect.poll(() => page.locator("#fetched").textContent()).toBe("harbor-skills");
    await expect.poll(() => page.locator("#called").textContent()).toContain("Waymark");
    const preview = page.frameLocator("iframe");
    await preview.getByRole("heading", { name: "Harbor Skills Compact" }).waitFor();
    await context.close();
    refine.closeAllConnections();
    refine.close();
  });

  test("a hostile page in the frame runs nothing, asks for nothing and leads nowhere", async () => {
    const asked: string[] = [];
    const canary = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end();
    });
    canary.on("connection", () => asked.push("a connection"));
    await new Promise<void>((done) => canary.listen(0, "127.0.0.1", done));
    const evil = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
    const body = `<!doctype html><link rel=preconnect href="${evil}"><link rel=stylesheet href="${evil}/css">
      <base href="${evil}/"><meta http-equiv=refresh content="0;url=${evil}/refresh"><style>body{background:url(${evil}/bg)}</style>
      <script>fetch("${evil}/script");top.location="${evil}/top"</script><img src="${evil}/img" onerror="fetch('${evil}/onerror')">
      <svg onload="fetch('${evil}/svg')"><image href="${evil}/image"/></svg><iframe src="${evil}/frame"></iframe>
      <video poster="${evil}/poster" src="${evil}/video"></video><object data="${evil}/object"></object>
      <p style="background:url(${evil}/style)">words</p><form action="${evil}/form"><button autofocus>go</button></form>`;
    const id = "e".repeat(64) as never;
    const bytes = new TextEncoder().encode(body);
    const packed = {
      id,
      contentType: "text/html",
      skim: undefined,
      ...(await packPage({ bytes })),
    };
    await saveSnapshot(db, packed, sampleNow);
    const page = await open(`/pages/page-1/evidence?snapshot=${id}`);
    await page.locator("details", { hasText: "As a page" }).locator("summary").click();
    await page.frameLocator("iframe").getByText("words").waitFor();
    await page.goto(`${desk.url}/snapshots/${id}`);
    await page.waitForTimeout(500);
    expect(page.url()).toBe(`${desk.url}/snapshots/${id}`);
    expect(asked).toEqual([]);
    await page.context().close();
    canary.closeAllConnections();
    canary.close();
  });
});

import { findSnapshot, type Run } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withChromium } from "./setup/chromium.ts";
import { openCrawl, type TestCrawl, type VisitRow } from "./setup/crawl.ts";
import { page, type Script, sentence } from "./setup/loopback-web.ts";

/*
 * A browser is used where a page itself shows the need, and only where it brings something.
 */

/** A page that a script builds from what it asks for, in many more words than its shell has. */
const built = (topic: string, asks: string[] = []): string => `<!doctype html><html lang="en">
<head><title>${topic}</title></head><body><div id="root"></div><noscript>Please enable JavaScript.</noscript>
<script>
  const root = document.getElementById("root");
  root.innerHTML = "<main><h1>${topic}</h1><p>${sentence(topic)}</p><p>${sentence(`${topic} more`)}</p></main>";
  for (const path of ${JSON.stringify(asks)})
    fetch(path).then((answer) => answer.text()).then((text) => {
      root.firstChild.insertAdjacentHTML("beforeend", "<p>" + text + "</p>");
    }, () => {});
</script></body></html>`;

/** A page that asks for scripts though it says all that it has to say without them. */
const pleading = (topic: string): string =>
  page(topic, { head: `<script src="/count.js"></script>` }).replace(
    "</body>",
    "<noscript>This page works best with JavaScript.</noscript></body>",
  );

const text = (body: string, type = "text/plain") => ({ headers: { "content-type": type }, body });
const script: Script = {
  "/": page("Front", { links: ["/apps/one", "/apps/two", "/plain/one", "/plain/two"] }),
  "/robots.txt": text("User-agent: *\nDisallow: /private/"),
  "/apps/one": built("Wharf courses", ["/open/words.txt", "/private/words.txt"]),
  "/apps/two": built("Kiln courses"),
  "/plain/one": pleading("Quiet page"),
  "/plain/two": pleading("Quieter page"),
  "/count.js": text("window.counted = true", "text/javascript"),
  "/open/words.txt": text("opened lantern"),
  "/private/words.txt": text("hidden lantern"),
};

const pathOf = (url: string): string => new URL(url).pathname;
const visitsByPath = async (
  crawl: TestCrawl,
  run: Run | undefined,
): Promise<Record<string, VisitRow>> =>
  Object.fromEntries((await crawl.visitsOf(run)).map((one) => [pathOf(one.url), one]));

withChromium("with a browser", () => {
  let crawl: TestCrawl;
  let runs: Record<string, Run>;
  const host = "app.example.org";
  beforeAll(async () => {
    crawl = await openCrawl({
      sources: [
        { id: "app", seeds: [`http://${host}/`] },
        { id: "never", seeds: ["http://never.example.org/"], render: "never" },
      ],
      at: "2026-03-01T07:00:00Z",
      // The worker that visits has no browser: it leaves such pages to the one that has.
      workers: [{ only: ["visit", "read", "review"] }, { only: ["render"] }],
    });
    for (const name of [host, "never.example.org"]) crawl.web.play(name, script);
    runs = await crawl.crawl("operator");
  }, 120_000);
  afterAll(() => crawl?.close());

  test("a page that a script builds is shown, its words are kept, and its sibling's too", async () => {
    const visits = await visitsByPath(crawl, runs.app);
    const pages = await crawl.pagesOf("app");
    for (const [path, topic] of [
      ["/apps/one", "Wharf courses"],
      ["/apps/two", "Kiln courses"],
    ] as const) {
      expect(visits[path], path).toMatchObject({ outcome: "fetched", rendered: true });
      const shown = pages[`http://${host}${path}`]!;
      expect(shown).toMatchObject({ needsBrowser: true, title: topic });
      expect(shown.readSnapshotId).toBe(shown.snapshotId);
      expect(shown.textLength).toBeGreaterThan(sentence(topic).length);
      const kept = new TextDecoder().decode(
        (await findSnapshot(crawl.db, shown.snapshotId!))!.bytes,
      );
      expect(kept, "with what the script added").toContain(`<p>${sentence(topic)}</p>`);
      expect(kept.includes("opened lantern")).toBe(path === "/apps/one");
    }
    expect(runs.app!.saved.rendered).toBe(2);
  });

  test("what a script asks for keeps to robots.txt", () => {
    expect(crawl.web.asksOf(host, "/open/words.txt")).toHaveLength(1);
    expect(crawl.web.asksOf(host, "/private/words.txt")).toEqual([]);
  });

  test("pages that gain nothing from a browser are tried once, and are pages as they are", async () => {
    const visits = await visitsByPath(crawl, runs.app);
    for (const path of ["/plain/one", "/plain/two"])
      expect(visits[path], path).toMatchObject({ outcome: "fetched", rendered: false });
    expect(crawl.web.asksOf(host, "/count.js")).toHaveLength(1);
  });

  test("a source that wants no browser has its shells told as shells", async () => {
    const visits = await visitsByPath(crawl, runs.never);
    expect(visits["/apps/one"]).toMatchObject({ outcome: "shell", rendered: false });
    expect(visits["/plain/one"]!.outcome).toBe("fetched");
    expect(crawl.web.asksOf("never.example.org", "/count.js")).toEqual([]);
    expect(await crawl.incidentsOf("never")).toEqual([]);
  });

  test("on a later night what needs a browser goes there at once, and the rest is not tried again", async () => {
    crawl.web.forget();
    crawl.web.play(host, {
      "/apps/one": built("Wharf courses and more"),
      "/plain/one": pleading("Quiet page with other words"),
    });
    const { app } = await crawl.crawl("operator", { at: "2026-03-02T07:00:00Z", sources: ["app"] });
    const visits = await visitsByPath(crawl, app);
    expect(visits["/apps/one"]).toMatchObject({
      outcome: "fetched",
      rendered: true,
      changed: true,
    });
    expect(visits["/apps/two"]).toMatchObject({ outcome: "unchanged", changed: false });
    expect(visits["/plain/one"]).toMatchObject({
      outcome: "fetched",
      rendered: false,
      changed: true,
    });
    expect(crawl.web.asksOf(host, "/apps/one")).toHaveLength(1);
    expect(crawl.web.asksOf(host, "/count.js")).toEqual([]);
  }, 60_000);
});

test("where no worker has a browser share, its pages wait for one that has", async () => {
  const crawl = await openCrawl({
    sources: [{ id: "app", seeds: ["http://app.example.org/"] }],
    workers: [{ only: ["visit", "read", "review"] }],
  });
  try {
    crawl.web.play("app.example.org", script);
    const [runId] = await crawl.open("operator");
    const waiting = async () => {
      const { rows } = await crawl.db.query(
        "select url from page where wanted_by = $1 and needs_browser order by url",
        [runId],
      );
      return rows.map((row) => pathOf(row.url));
    };
    const all = ["/apps/one", "/apps/two", "/plain/one", "/plain/two"];
    await expect.poll(waiting, { timeout: 20_000 }).toEqual(all);
    await crawl.startWorker({ only: ["render"], chromiumPath: "no-such-chromium" });
    const { app } = await crawl.finish([runId!]);
    expect((await visitsByPath(crawl, app))["/apps/one"]!.outcome).toBe("shell");
  } finally {
    await crawl.close();
  }
}, 60_000);

test("without a browser an incident says so, and all other pages are got", async () => {
  const crawl = await openCrawl({
    sources: [{ id: "app", seeds: ["http://app.example.org/"] }],
    workers: [{ chromiumPath: "no-such-chromium" }],
  });
  try {
    crawl.web.play("app.example.org", script);
    const { app } = await crawl.crawl("operator");
    const visits = await visitsByPath(crawl, app);
    for (const path of ["/apps/one", "/apps/two"]) {
      expect(visits[path]!.outcome, path).toBe("shell");
      expect(visits[path]!.error, path).toMatch(/; no browser was found on this machine$/);
    }
    for (const path of ["/", "/plain/one", "/plain/two"])
      expect(visits[path]!.outcome, path).toBe("fetched");
    expect(await crawl.incidentsOf("app")).toEqual(["no-browser"]);
  } finally {
    await crawl.close();
  }
}, 60_000);

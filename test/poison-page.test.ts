import { listIssues } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hostilePdfs } from "../packages/pipeline/test/hostile-pdfs.ts";
import { openCrawl, type TestCrawl } from "./setup/crawl.ts";
import { page } from "./setup/loopback-web.ts";

/*
 * A page that kills its reader is tried three times, set aside with an issue that says why, and holds up nothing.
 */

const host = "venom.example.org";
let crawl: TestCrawl;

beforeAll(async () => {
  crawl = await openCrawl({
    sources: [{ id: "venom", seeds: [`http://${host}/`] }],
    workers: [{ chromiumPath: "no-such-chromium" }],
  });
  const bomb = hostilePdfs["512 MB packed twice"]!();
  crawl.web.play(host, {
    "/": page("Front", { links: ["/report.pdf", "/other"] }),
    "/report.pdf": { headers: { "content-type": "application/pdf" }, body: bomb },
    "/other": page("Another page"),
  });
}, 60_000);
afterAll(() => crawl?.close());

test("a page that kills its reader is set aside, and the rest is read", {
  timeout: 240_000,
}, async () => {
  const runs = await crawl.crawl("operator");
  const pages = await crawl.pagesOf("venom");
  const poison = pages[`http://${host}/report.pdf`]!;
  expect(poison.setAsideBecause).toMatch(/^reading took .+ \(3 times\)$/);
  expect(poison.readFailures).toBe(3);
  for (const path of ["/", "/other"]) {
    const other = pages[`http://${host}${path}`]!;
    expect(other.readSnapshotId).toBe(other.snapshotId);
    expect(other.setAsideBecause).toBeUndefined();
  }
  expect(runs.venom?.setAsideBecause).toBeUndefined();
  const issues = await listIssues(crawl.db, "venom" as never);
  expect(issues.map(({ code }) => code)).toContain("page-set-aside");
});

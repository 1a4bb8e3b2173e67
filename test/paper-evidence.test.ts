import { listChanges } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { paperOf } from "../packages/extract/test/paper.ts";
import { openCrawl, type TestCrawl } from "./setup/crawl.ts";

/* From a PDF on the web to the queue: a curator is told on which page a quote stands. */

let crawl: TestCrawl;
beforeAll(async () => {
  crawl = await openCrawl({
    sources: [{ id: "harbor", seeds: ["http://harbor.example/"], kind: "foundation" }],
  });
  const heading = (text: string) => ({ text, x: 72, y: 740, size: 18 });
  const says = (...lines: string[]) =>
    lines.map((text, index) => ({ text, x: 72, y: 710 - index * 14 }));
  const body = paperOf(
    [
      heading("Report of the year"),
      ...says(
        "The fund paid for work that helps adults learn while they hold a job. It",
        "supports colleges and unions that train people for better jobs together.",
      ),
    ],
    [
      heading("Bright Lane Initiative"),
      ...says(
        "The Bright Lane Initiative is a workforce program that helps adult learners",
        "earn credentials at work. It is led by Pine College and was launched in 2021.",
      ),
    ],
  );
  crawl.web.play("harbor.example", {
    "/": '<!doctype html><html lang="en"><title>Harbor Fund</title><main><h1>Harbor Fund</h1><p>We pay for work that helps adults learn. <a href="/report.pdf">Our report</a> tells of it.</p></main></html>',
    "/report.pdf": { headers: { "content-type": "application/pdf" }, body },
  });
  await crawl.crawl("operator");
}, 120_000);
afterAll(() => crawl?.close());

test("every quote of a change that a PDF proves names its page", async () => {
  const changes = await listChanges(crawl.db, { states: ["open"] });
  const change = changes.find(({ title }) => title === "Bright Lane Initiative");
  expect(change?.evidence.length).toBeGreaterThan(0);
  for (const proof of change!.evidence) expect(proof).toMatchObject({ type: "quote", page: 2 });
});

import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test, vi } from "vitest";
import { paperOf } from "../packages/extract/test/paper.ts";
import { waymark } from "./setup/command.ts";

// Every command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "waymark-read-"));
const nowhere = join(folder, "no-home");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a page is read without a database, by the contract", async () => {
  const page = join(folder, "page.html.gz");
  writeFileSync(
    page,
    gzipSync(
      '<!doctype html><html lang="en"><title>Paths to Work</title><h1>Paths to Work</h1><p>Paths to Work is a workforce initiative of the Example Foundation that gives adult learners credentials for jobs in Ohio. It was launched in 2021.</p>',
    ),
  );
  const words = ["read", page, "--url", "http://paths.example/", "--json"];
  const { code, out, err } = await waymark(words, { WAYMARK_HOME: nowhere });
  expect(code).toBe(0);
  expect(err).toContain("There is no catalog to hold pages against");
  expect(existsSync(nowhere)).toBe(false);
  const read = JSON.parse(out);
  expect(Object.keys(read)).toEqual(["file", "page", "text", "mentions", "changes"]);
  expect(Object.keys(read.page)).toEqual(["kind", "title", "language", "dates"]);
  expect(read.page).toMatchObject({ title: "Paths to Work", language: "en" });
  expect(read.changes).toEqual([]);
  expect(read.mentions).toHaveLength(1);
  expect(read.mentions[0].name).toBe("Paths to Work");
  expect(Object.keys(read.mentions[0])).toEqual(
    "name,url,description,leadOrganization,funders,partners,states,start,end,status,evidence,contacts,relations,events,grants".split(
      ",",
    ),
  );
  const quote = "It was launched in 2021.";
  expect(read.mentions[0].events).toMatchObject([
    { kind: "launch", on: "2021", evidence: [{ field: "event", quote }] },
  ]);
  for (const evidence of read.mentions[0].evidence) {
    expect(evidence).toEqual({
      field: expect.any(String),
      quote: expect.any(String),
      start: expect.any(Number),
      end: expect.any(Number),
    });
  }
});

test("a quote of a PDF names its page, to programs and to people", async () => {
  const paper = join(folder, "report.pdf");
  const title = (text: string) => ({ text, x: 72, y: 740, size: 18 });
  const says = (first: string, second: string) => [
    { text: first, x: 72, y: 710 },
    { text: second, x: 72, y: 696 },
  ];
  const bytes = paperOf(
    [
      title("Report of the year"),
      ...says(
        "The fund paid for work that helps adults learn while they hold a job. It",
        "supports colleges and unions that train people for better jobs together.",
      ),
    ],
    [
      title("Bright Lane Initiative"),
      ...says(
        "The Bright Lane Initiative is a program that helps nurses earn degrees at",
        "work. It was launched in 2021.",
      ),
    ],
  );
  writeFileSync(paper, bytes);
  const json = await waymark(["read", paper, "--json"], { WAYMARK_HOME: nowhere });
  const [mention] = JSON.parse(json.out).mentions;
  expect(mention.name).toBe("Bright Lane Initiative");
  for (const { page } of mention.evidence) expect(page).toBe(2);
  for (const { evidence } of mention.events) expect(evidence).toMatchObject([{ page: 2 }]);
  const plain = await waymark(["read", paper], { WAYMARK_HOME: nowhere });
  expect(plain.out).toContain("“Bright Lane Initiative” page 2");
});

test("a feed is told entry by entry", async () => {
  const feed = join(folder, "news.rss");
  writeFileSync(
    feed,
    '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>Yards open</title><link>https://a.example/1</link><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate><description>Nine of them.</description></item></channel></rss>',
  );
  const plain = await waymark(["read", feed], { WAYMARK_HOME: nowhere });
  expect(plain.out).toMatch(/Entries.* 1[\s\S]*2026-03-03 Yards open.*https:\/\/a\.example\/1/);
  const json = await waymark(["read", feed, "--json"], { WAYMARK_HOME: nowhere });
  expect(JSON.parse(json.out).entries).toMatchObject([
    { title: { value: "Yards open" }, text: "Nine of them." },
  ]);
});

test("several pages print one line of JSON each; one that fails does not hide the others", async () => {
  const page = join(folder, "small.html");
  writeFileSync(page, "<title>Small</title><p>Nothing here.");
  const words = ["read", page, join(folder, "missing.html"), page];
  const { code, out, err } = await waymark(words, { WAYMARK_HOME: nowhere });
  const lines = out.trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).file)).toEqual([page, page]);
  expect(err).toContain("missing.html: there is no such file or folder");
  expect(code).toBe(1);
});

import { execFileSync } from "node:child_process";
import { emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { ReaderDied, ReaderPool } from "./reader-pool.ts";

const page = (html: string) => ({
  url: "http://a.example/",
  bytes: new TextEncoder().encode(html),
  contentType: "text/html",
});

test("reads a page in a child process", async () => {
  const reader = new ReaderPool(1);
  const reading = await reader.read(
    page("<title>Hello</title><main><p>Some words.</p></main>"),
    emptyKnowledge,
  );
  expect(reading.page.title).toBe("Hello");
  expect(reading.text).toContain("Some words.");
  await reader.close();
});

test("a child that is killed is a death the parent saw, and the next page is read", async () => {
  const reader = new ReaderPool(1);
  await reader.skim(page("<p>warm</p>"));
  const long = `<main>${"<p>word word word word</p>".repeat(60_000)}</main>`;
  const asked = reader.read(page(long), emptyKnowledge);
  asked.catch(() => undefined);
  const child = execFileSync("pgrep", ["-P", String(process.pid), "-f", "reader-child"], {
    encoding: "utf8",
  });
  process.kill(Number(child.trim().split("\n")[0]), "SIGKILL");
  await expect(asked).rejects.toThrow(ReaderDied);
  await expect(reader.skim(page("<title>Next</title>"))).resolves.toMatchObject({ title: "Next" });
  await reader.close();
});

import { emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { readDocument, skimPage } from "../index.ts";
import { pageOf } from "./page-of.ts";

const html = `<!doctype html><html lang="en"><head><title>Harbor Rivet Compact</title></head><body><main>
<h1>Harbor Rivet Compact</h1><p>The Harbor Rivet Compact is a program of Pier College that trains riggers in nine yards.</p>
<ul><li><a href="/a">Yards</a></li><li><a href="/b">Dates</a></li></ul></main></body></html>`;
const document = () => ({
  url: "https://rivet.example/",
  bytes: Buffer.from(html),
  contentType: "text/html",
});

test("look and reading share one parse, and neither changes what the other sees", async () => {
  const shared = document();
  const page = pageOf(shared);
  const looked = skimPage(shared);
  const read = await readDocument(shared, emptyKnowledge);
  expect(pageOf(shared)).toBe(page);
  expect(skimPage(shared)).toEqual(looked);
  expect(skimPage(document())).toEqual(looked);
  expect(await readDocument(document(), emptyKnowledge)).toEqual(read);
  expect(read.mentions.map(({ name }) => name)).toEqual(["Harbor Rivet Compact"]);
});

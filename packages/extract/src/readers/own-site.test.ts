import { emptyKnowledge, type Knowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { readDocument } from "../index.ts";

const url = "https://harborcoast.example/work/compact/";

/** A catalog that knows the effort by the name of the body on whose site it stands. */
const knowledge: Knowledge = {
  ...emptyKnowledge,
  version: "one",
  names: [{ id: "compact", names: ["Harbor Coast Network"], url }],
};

const nameOf = async (heading: string, text: string) => {
  const html = `<!doctype html><html lang="en"><head><title>${heading} | Harbor Coast Network</title>
<meta property="og:site_name" content="Harbor Coast Network"></head><body><header><nav><a href="/">Home</a></nav></header>
<main><h1>${heading}</h1><p>Nine colleges along the coast train welders and riggers together, and share what they learn.</p>${text}</main></body></html>`;
  const reading = await readDocument(
    { url, bytes: Buffer.from(html), contentType: "text/html" },
    knowledge,
  );
  return reading.mentions.map(({ role, name, aliases }) => [role, name, aliases]);
};

test("an effort that calls its known name the former one is called as its page is headed", async () => {
  const former = ["own", "Harbor Coast Alliance", ["Harbor Coast Network"]];
  expect(await nameOf("Harbor Coast Alliance", "<p>Formerly Harbor Coast Network.</p>")).toEqual([
    former,
  ]);
  expect(
    await nameOf(
      "Harbor Coast Alliance",
      "<p>The Harbor Coast Alliance, previously known as the Harbor Coast Network, began in 2019.</p>",
    ),
  ).toEqual([former]);
});

test("another heading alone renames nothing where the site goes by the known name", async () => {
  for (const text of ["", "<p>Formerly led by Pier College.</p>"])
    expect(await nameOf("Harbor Coast Alliance", text)).toEqual([
      ["own", "Harbor Coast Network", []],
    ]);
});

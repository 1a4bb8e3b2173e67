import { emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { decodeSource, quoteOf, readDocument } from "../index.ts";

/** What a report without markup tells of, each effort with its description. */
async function read(text: string) {
  const document = {
    url: "http://a.example/report.txt",
    bytes: Buffer.from(text),
    contentType: "text/plain",
  };
  const { mentions } = await readDocument(document, emptyKnowledge);
  const source = decodeSource(document);
  for (const { quote, start, end } of mentions.flatMap(({ evidence }) => evidence))
    expect(quoteOf(source.slice(start, end))).toBe(quote);
  return mentions.map(({ name, description }) => [name, description]);
}

const opening =
  "ANNUAL REPORT OF THE HARBOR FUND\n\nThe fund paid for work along the coast, and this report tells of it in the order in which it began.\n";

test("a project that a report labels is described by the sentence that names it", async () => {
  const people =
    "Rosa Lind came to the fund from the college on the hill, and writes about ports. Her work is on Lantern Path, a school for welders.";
  expect(
    await read(
      `${opening}\nProject: Lantern Path\n\n${people}\n\nProjects: Harbor Compass; Second Start\n\nTom Reyes spends his days with grown-up learners and what they need. He began Second Start with two friends.\n`,
    ),
  ).toEqual([
    ["Lantern Path", "Her work is on Lantern Path, a school for welders."],
    [
      "Harbor Compass",
      "Tom Reyes spends his days with grown-up learners and what they need. He began Second Start with two friends.",
    ],
    ["Second Start", "He began Second Start with two friends."],
  ]);
});

const section = (name: string, text: string) => `\n\n${name}\n${text}\n`;
const told = (name: string) =>
  section(
    name,
    `${name} is a project that helps welders along the coast to learn, and it goes on until next year.`,
  );

test("a section among those of projects is one, though it does not say so", async () => {
  const names = (
    await read(
      opening +
        told("Lantern Path") +
        told("Harbor Compass") +
        section(
          "Teachable Boats",
          "People learn best when they teach, and here they teach a boat that asks them questions about the sea.",
        ) +
        told("Second Start"),
    )
  ).map(([name]) => name);
  expect(names).toEqual(["Lantern Path", "Harbor Compass", "Teachable Boats", "Second Start"]);
});

test("a section among others is no project, though two of them are", async () => {
  const other = (name: string) =>
    section(
      name,
      "The trustees met four times, and what they said of the coast was written down by the office.",
    );
  const names = (
    await read(
      opening +
        told("Lantern Path") +
        other("Money Matters") +
        other("Meeting Places") +
        told("Second Start"),
    )
  ).map(([name]) => name);
  expect(names).toEqual(["Lantern Path", "Second Start"]);
});

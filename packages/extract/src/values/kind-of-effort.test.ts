import { expect, test } from "vitest";
import { proves, whole } from "./finding.ts";
import { labelledKind, toldKind } from "./kind-of-effort.ts";

const text = (words: string) =>
  whole({
    text: words,
    segments: [{ at: 0, length: words.length, source: 0, sourceLength: words.length }],
  });

const check = (name: string, description: string, kind: string | undefined) =>
  test(`"${name}: ${description}" is ${kind ?? "of no kind"}`, () => {
    const told = description
      ? proves("description", description, text(description), "sentence", 0.7)
      : undefined;
    expect(toldKind(text(name), told)[0]?.value).toBe(kind);
  });

check("Lantern", "Lantern is a statewide network of evening schools.", "network");
check("Lantern", "Lantern is an open data standard for transcripts.", "standard");
check("Lantern", "Lantern is the first statewide program that pays for tools.", "state-program");
check("Harbor Skills Alliance", "It trains welders on the coast.", "alliance");
check("Harbor Credential Registry", "", "platform");
check("Harbor Framework Project", "", "initiative");
check("Bridge to Work", "A paid placement of twelve weeks.", undefined);

test("a label says it plainly, and a long value is no kind", () => {
  expect(labelledKind(text("State program"), 0.9)[0]).toMatchObject({ value: "state-program" });
  expect(labelledKind(text("Alliance of employers"), 0.9)[0]).toMatchObject({ value: "alliance" });
  expect(
    labelledKind(
      text("We know many kinds of networks, and this text goes on to tell of each."),
      0.9,
    ),
  ).toEqual([]);
});

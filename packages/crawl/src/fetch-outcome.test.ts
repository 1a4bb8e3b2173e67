import { expect, test } from "vitest";
import { observedOutcomeOf, visitOutcomeOf } from "./fetch-outcome.ts";

test("outcomes as visits and as evidence", () => {
  expect(visitOutcomeOf({ kind: "busy", status: 429 })).toBe("broken");
  expect(visitOutcomeOf({ kind: "forbidden-address", reason: "x" })).toBe("refused");
  expect(
    observedOutcomeOf(
      {
        kind: "moved",
        location: "http://b.org/",
        permanent: true,
        hops: [{ url: "http://a.org/", status: 301, location: "http://b.org/" }],
      },
      { url: "http://a.org/", at: new Date("2026-03-01T00:00:00Z") },
    ),
  ).toEqual({
    url: "http://a.org/",
    outcome: "moved",
    at: "2026-03-01T00:00:00.000Z",
    status: 301,
    location: "http://b.org/",
  });
  expect(
    observedOutcomeOf(
      { kind: "no-address", error: "ENOTFOUND" },
      { url: "http://a.org/", at: new Date(0) },
    ),
  ).toMatchObject({ outcome: "no-address", error: "ENOTFOUND" });
});

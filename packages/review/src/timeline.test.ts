import type { Event, Party } from "@waymark/domain";
import { expect, test } from "vitest";
import { timelineOf } from "./timeline.ts";

const event = (more: Partial<Event>): Event => ({
  key: JSON.stringify(more),
  kind: "launch",
  on: undefined,
  dated: "told",
  planned: false,
  parties: [],
  evidence: [],
  decisionId: undefined,
  ...more,
});
const funder = (name: string): Party => ({ role: "funder", name });

const check = (what: string, events: Partial<Event>[], expected: string[]) =>
  test(what, () =>
    expect(
      timelineOf(events.map(event)).map(
        ({ kind, on, decisionId }) => `${kind} ${on} ${decisionId ?? "told"}`,
      ),
    ).toEqual(expected),
  );

check(
  "what pages tell alone is told, oldest first, undated last",
  [{ kind: "award" }, { on: "2021" }, { on: "2019-05" }],
  ["launch 2019-05 told", "launch 2021 told", "award undefined told"],
);
check(
  "a decision confirms what pages tell, whose date is better than the day of the decision",
  [
    { kind: "rename", on: "2021-05" },
    { kind: "rename", on: "2026-03-01", dated: "decided", decisionId: 7 },
  ],
  ["rename 2021-05 7"],
);
check(
  "a decision does not confirm what was told to happen after it",
  [
    { kind: "rename", on: "2026-05" },
    { kind: "rename", on: "2026-03-01", dated: "decided", decisionId: 7 },
  ],
  ["rename 2026-03-01 7", "rename 2026-05 told"],
);
check(
  "nor a plan, another kind, or somebody else's part",
  [
    { kind: "sunset", on: "2025", planned: true },
    { kind: "archive", on: "2025" },
    { kind: "award", on: "2025", parties: [funder("Elm Fund")] },
    { kind: "sunset", on: "2025", dated: undefined, decisionId: 3 },
    {
      kind: "award",
      on: "2026-03-01",
      dated: "decided",
      decisionId: 4,
      parties: [funder("Oak Trust")],
    },
  ],
  [
    "archive 2025 told",
    "award 2025 told",
    "sunset 2025 3",
    "sunset 2025 told",
    "award 2026-03-01 4",
  ].toSorted((a, b) => a.split(" ")[1]!.localeCompare(b.split(" ")[1]!)),
);
check(
  "a decision that names more than pages do stays beside them",
  [
    { kind: "award", on: "2025", parties: [funder("Oak Trust")] },
    {
      kind: "award",
      on: "2026-03-01",
      dated: "decided",
      decisionId: 4,
      parties: [funder("Oak Trust"), funder("Elm Fund")],
    },
  ],
  ["award 2025 4", "award 2026-03-01 4"],
);

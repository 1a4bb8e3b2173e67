import type { Match, Mention } from "@waymark/domain";
import { expect, test } from "vitest";
import type { Known, MentionSeen, PageSeen, SuppressionSeen } from "./web-known.ts";
import { alarmWords } from "./web-report.ts";
import type { Ruling } from "./web-score.ts";
import { traceEvent } from "./web-trace.ts";
import type { TruthEvent, TruthInitiative } from "./web-world.ts";

const url = "http://harbor.example/skills/";
const initiative: TruthInitiative = {
  ...{ id: "harbor", name: "Harbor Skills", names: ["Harbor Skills"], urls: [url] },
  ...{ catalogIds: ["H-1"], tellable: {}, history: [] },
};
const event = (kind: string, fields: TruthEvent["fields"] = {}): TruthEvent => ({
  ...{ night: 2, kind, type: kind, initiative: "harbor", catalogIds: ["H-1"], fields },
  ...{ why: "it changed", evidence: [url] },
});
const page: PageSeen = {
  ...{ id: "p", url, sourceId: "s", sourceKind: "initiative", outcome: "fetched", kind: "detail" },
  ...{ title: null, isRead: true, setAsideBecause: null, movedTo: null, visits: [] },
};
const mention = (values: Partial<Mention>, seen: Partial<MentionSeen> = {}): MentionSeen => ({
  ...{ id: "m", pageUrl: url, sourceKind: "initiative", initiativeId: "H-1", clusterId: null },
  missingCount: 0,
  match: { verdict: "same", score: 1, reasons: [] } satisfies Match,
  mention: {
    ...{ key: "k", role: "own", name: "Harbor Skills", aliases: [], relations: [], signs: [] },
    ...{ range: { start: 0, end: 1 }, relevance: { score: 1, reasons: [] }, evidence: [] },
    ...values,
  },
  ...seen,
});
const suppression = (rule: string, kind: string, field: string): SuppressionSeen => ({
  ...{ effort: "H-1", field, rule, title: "Harbor Skills", kind, reason: "", isCurrent: true },
});
const entry = {
  id: "H-1",
  names: ["Harbor Skills"],
  url,
  freshness: "fresh",
  freshnessReason: null,
};
const nothing: Known = { pages: [], mentions: [], suppressions: [], changes: [], entries: [entry] };

const check = (name: string, missed: TruthEvent, known: Partial<Known>, stop: string) =>
  test(name, () => {
    const trace = traceEvent({ ...nothing, ...known }, missed, initiative);
    expect(`${trace.stop.room}: ${trace.stop.where}`).toBe(stop);
  });

const renamed = event("update", { name: { old: "Harbor Skills", new: "Harbor Works" } });
const funded = event("update", { funders: { old: [], new: ["Tide Fund"] } });
check("a page nobody found", event("new"), {}, "crawl: no evidence page is known");
check(
  "a page that was never read",
  event("new"),
  { pages: [{ ...page, isRead: false, outcome: "shell" }] },
  "crawl: no evidence page was read (shell)",
);
check(
  "a page without a mention",
  event("new"),
  { pages: [page] },
  "extract: no page has a mention of it",
);
check(
  "a new effort taken for an entry",
  event("new"),
  { pages: [page], mentions: [mention({})] },
  "match: its mentions were taken for an entry",
);
check(
  "a new effort out of scope",
  event("new"),
  {
    pages: [page],
    mentions: [mention({ relevance: { score: 0.2, reasons: [] } }, { initiativeId: null })],
  },
  "extract: no mention is relevant enough",
);
check(
  "a field held back by a rule",
  renamed,
  {
    pages: [page],
    mentions: [mention({})],
    suppressions: [suppression("volatile", "update", "name")],
  },
  "review: suppressed: volatile",
);
check(
  "a rule on another field explains nothing",
  funded,
  {
    pages: [page],
    mentions: [mention({})],
    suppressions: [suppression("volatile", "update", "name")],
  },
  "extract: no evidence page tells the field that changed",
);
check(
  "a field that is told and lost",
  funded,
  { pages: [page], mentions: [mention({ funders: ["Tide Fund"] })] },
  "review: the evidence page tells the field, but no change and no suppression",
);
check(
  "a change that waits to be confirmed",
  renamed,
  {
    pages: [page],
    changes: [
      {
        ...{ id: "c", kind: "update", effort: "H-1", state: "confirming", title: "Harbor Skills" },
        ...{ fields: [{ field: "name", old: "Harbor Skills", new: "Harbor Works" }] },
        ...{ reasons: [], confirmBy: 1 },
      },
    ],
  },
  "review: its change is confirming",
);
check("a silent site", event("stale"), {}, "review: no change and no suppression");

test("false alarms of one kind have the same words", () => {
  const ruling = (why: string) =>
    ({
      decision: "reject",
      why,
      change: { kind: "update", fields: { name: {} } },
    }) as unknown as Ruling;
  const one =
    "nothing of that kind happened to harbor by night 2 (fields: name); truth: new on night 1; quiet change there: job list";
  const other =
    "nothing of that kind happened to meadow by night 3 (fields: name); truth: stale on night 1";
  expect(alarmWords(ruling(one))).toBe(alarmWords(ruling(other)));
  expect(alarmWords(ruling(one))).toBe(
    "update [name]: nothing of that kind happened to … by night n; something else did",
  );
});

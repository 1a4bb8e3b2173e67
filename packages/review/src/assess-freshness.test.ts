import { emptyKnowledge, type KnownEffort } from "@waymark/domain";
import { expect, test } from "vitest";
import { asLines } from "../test/as-lines.ts";
import { address, dated, daysAgo, effort, entry, now, says } from "../test/known-effort.ts";
import { assessFreshness } from "./assess-freshness.ts";
import { proposeChanges } from "./propose-changes.ts";

const check = (what: string, given: Partial<KnownEffort>, step: string, reason = "") =>
  test(what, () => {
    const freshness = assessFreshness(effort(given), now);
    expect(freshness.step).toBe(step);
    expect(freshness.reason).toContain(reason);
  });

const own = says({ end: "2025-10" }, { end: "2025-10" });
const past = { initiative: entry({ end: "2025-10" }), mentions: [own] };

check(
  "a stated end long past and an old newest date",
  { ...past, ownDates: [dated("2024-12-01")] },
  "stale",
  "2025-10",
);
check(
  "a stated end long past and a recent date",
  { ...past, ownDates: [dated("2025-11-01"), dated("2023-01-01")] },
  "fresh",
);
check("a date of a year only may still be recent", { ...past, ownDates: [dated("2025")] }, "fresh");
check("a stated end long past and no date at all", past, "stale", "no date at all");
check(
  "a stated end that passed last month",
  { initiative: entry({ end: "2026-01" }), mentions: [says({})], ownDates: [dated("2024-01-01")] },
  "ageing",
);
check(
  "no stated end and an old newest date",
  { initiative: entry({ end: null }), mentions: [says({})], ownDates: [dated("2024-01-01")] },
  "ageing",
);
check(
  "no stated end and no date",
  { initiative: entry({ end: null }), mentions: [says({})] },
  "fresh",
);
check(
  "its own page states a later end than the catalog",
  { ...past, mentions: [says({ end: "2027-10" })], ownDates: [dated("2024-01-01")] },
  "ageing",
);
check(
  "the catalog knows a later end than its page",
  { initiative: entry({ end: "2027-10" }), mentions: [own], ownDates: [dated("2024-01-01")] },
  "ageing",
);
check(
  "a stated end past and no page of its own",
  { initiative: entry({ end: "2025-10" }) },
  "ageing",
  "no page of its own",
);
check(
  "the catalog says it has ended",
  { ...past, initiative: entry({ end: "2025-10", status: "ended" }) },
  "fresh",
  "ended",
);
check(
  "years past its end",
  { initiative: entry({ end: "2023" }), mentions: [says({})], ownDates: [dated("2022")] },
  "presumed-ended",
);

const gone = (...outcomes: Parameters<typeof address>[0]) => ({
  ownAddresses: [address(outcomes)],
});
check(
  "gone on two nights",
  gone(["gone", 0, { status: 404 }], ["gone", 1], ["fetched", 9]),
  "stale",
  "404",
);
check("gone on one night", gone(["gone", 0], ["fetched", 1]), "ageing", "one night");
check(
  "gone twice within one night",
  gone(["gone", 0], ["gone", 0.1], ["fetched", 1]),
  "ageing",
  "one night",
);
check("gone, back, gone", gone(["gone", 0], ["fetched", 1], ["gone", 2]), "ageing");
check("gone and back", gone(["fetched", 0], ["gone", 1], ["gone", 2]), "fresh");
check("gone, refused, gone", gone(["gone", 0], ["refused", 1], ["gone", 2]), "stale");
check(
  "410 one day after the other",
  gone(["gone", 0, { status: 410 }], ["gone", 1, { status: 410 }]),
  "stale",
  "410",
);
check(
  "no address on two nights",
  gone(["no-address", 0], ["no-address", 60]),
  "stale",
  "name service",
);
const deep = { url: "http://foundation.example/programs/compass/" };
const onDeepPage = (...outcomes: Parameters<typeof address>[0]) => ({
  initiative: entry({ url: deep.url }),
  ownAddresses: [address(outcomes, deep)],
});
check(
  "a page that somebody else's living site no longer finds",
  onDeepPage(["gone", 0, { status: 404 }], ["gone", 1, { status: 404 }]),
  "ageing",
  "may only have moved",
);
check(
  "a page that is gone for good",
  onDeepPage(["gone", 0, { status: 410 }], ["gone", 1, { status: 410 }]),
  "stale",
);
check("parked on two nights", gone(["parked", 0], ["parked", 60]), "stale", "parking");
check("parked, then gone", gone(["parked", 0], ["no-address", 60]), "stale");
check("a soft 404 for one night", gone(["soft-404", 0], ["unchanged", 1]), "ageing");
check("broken for weeks", gone(["broken", 0], ["broken", 7], ["broken", 14]), "fresh");
check("refused by robots", gone(["refused", 0], ["refused", 1]), "fresh");
check("blocked", gone(["blocked", 0], ["blocked", 1]), "fresh");
check("gone for two years", gone(["gone", 0], ["gone", 730]), "presumed-ended");
check(
  "the address of the catalog gone while another own one answers",
  {
    ownAddresses: [
      address([
        ["gone", 0],
        ["gone", 1],
      ]),
      address([["fetched", 0]], { url: "http://skillsriver.example/" }),
    ],
  },
  "fresh",
);

test("settings decide how many nights it takes", () => {
  const known = effort(gone(["parked", 0], ["fetched", 9]));
  const settings = {
    endGraceDays: 60,
    silentDays: 365,
    nightsApartHours: 18,
    absentNights: 1,
    presumedEndedDays: 540,
    newsDays: 60,
    missingVisits: 2,
    relevanceMin: 0.5,
    namedByMin: 3,
  };
  expect(assessFreshness(known, now, settings).step).toBe("stale");
});

const propose = (given: Partial<KnownEffort>, at = now) =>
  proposeChanges(effort(given), emptyKnowledge, at);

test("a stale entry is a question with its step, its reason and its proof", () => {
  const { changes, freshness } = propose({ ...past, ownDates: [dated("2024-12-01")] });
  expect(asLines(changes)).toEqual(["stale stale"]);
  expect(changes[0]?.reasons).toEqual([freshness.reason]);
  expect(changes[0]?.evidence.map((each) => ("field" in each ? each.field : each.outcome))).toEqual(
    ["end", "sign"],
  );
});

test("the question stays the same from night to night", () => {
  const absent = gone(["gone", 0], ["gone", 1]);
  const later = gone(["no-address", -3], ["gone", 0], ["gone", 1]);
  const [tonight, another] = [propose(absent), propose(later, daysAgo(-3))];
  expect(another.changes[0]?.fingerprint).toBe(tonight.changes[0]?.fingerprint);
});

test("a stale question that was answered is not asked again", () => {
  const absent = gone(["gone", 0], ["gone", 1]);
  const fingerprint = propose(absent).changes[0]!.fingerprint;
  for (const state of ["accepted", "rejected"] as const) {
    const decided = { fingerprint, kind: "stale", state, confirmed: true, decidedAt: now } as const;
    expect(propose({ ...absent, past: [decided] }).changes).toEqual([]);
  }
});

test("an effort said to have ended is not stale as well", () => {
  const mentions = [says({ end: "2025-10", signs: [{ kind: "ended" }] })];
  const { changes } = propose({
    initiative: entry({ end: "2025-10" }),
    mentions,
    ownDates: [dated("2024-01-01")],
  });
  expect(asLines(changes)).toEqual(["ended status active → ended"]);
});

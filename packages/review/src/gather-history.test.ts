import {
  type Evidence,
  emptyKnowledge,
  type KnownMention,
  type Party,
  type ToldEvent,
  type ToldGrant,
} from "@waymark/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { announces, says } from "../test/known-effort.ts";
import { gatherHistory } from "./gather-history.ts";

/** "by=Pine College" → a party. */
const party = (written: string): Party => {
  const [role, name] = written.split("=") as [Party["role"], string];
  return { role, name };
};
const proof = (field: "event" | "grant", quote: string): Evidence => ({
  field,
  value: quote,
  quote,
  start: 10,
  end: 10 + quote.length,
  method: "sentence",
  confidence: 0.8,
});

/** An event as "launch 2019 by=Pine College", "launch ~2026-03-03" (the day of an announcement), "sunset planned". */
function event(written: string, quote = written): ToldEvent {
  const [kind, ...rest] = written.split(/ (?=~?\d{4}|planned|[a-z-]+=)/) as [
    ToldEvent["kind"],
    ...string[],
  ];
  const on = rest.find((part) => /^~?\d/.test(part));
  return {
    kind,
    ...(on && { on: on.replace("~", ""), dated: on.startsWith("~") ? "announced" : "told" }),
    ...(rest.includes("planned") && { planned: true }),
    parties: rest.filter((part) => part.includes("=")).map(party),
    evidence: [proof("event", quote)],
  };
}

const story = (host: string, ...events: string[]) =>
  announces(host, { events: events.map((one) => event(one)) });

const inBrief = (mentions: readonly KnownMention[]) =>
  gatherHistory(mentions, emptyKnowledge).events.map(({ kind, on, planned, parties, evidence }) =>
    [
      kind,
      on,
      planned && "planned",
      ...parties.map(({ role, name }) => `${role}=${name}`),
      `×${evidence.length}`,
    ]
      .filter(Boolean)
      .join(" "),
  );

const check = (what: string, mentions: KnownMention[], ...expected: string[]) =>
  test(what, () => expect(inBrief(mentions)).toEqual(expected));

describe("events of several pages", () => {
  check(
    "copies of one release on two sites are one event with two proofs",
    [
      story("a.example", "launch ~2026-03-03 by=Pine College"),
      story("b.example", "launch ~2026-03-05 by=Pine College"),
    ],
    "launch 2026-03-03 by=Pine College ×2",
  );
  check(
    "a page that dates it itself wins over the day of the news",
    [
      story("a.example", "launch ~2026-03-03"),
      story("b.example", "launch 2026-02-20 by=Pine College"),
    ],
    "launch 2026-02-20 by=Pine College ×2",
  );
  check(
    "the more exact of two dates that agree",
    [
      story("a.example", "merger 2021 successor=Talent Sea"),
      story("b.example", "merger 2021-07 successor=The Talent Sea"),
    ],
    "merger 2021-07 successor=The Talent Sea ×2",
  );
  check(
    "an undated launch is the launch",
    [story("a.example", "launch 2019"), story("b.example", "launch")],
    "launch 2019 ×2",
  );
  check(
    "an undated award is none of the dated ones",
    [
      story("a.example", "award 2019 funder=Oak Trust"),
      story("b.example", "award funder=Oak Trust"),
    ],
    "award 2019 funder=Oak Trust ×1",
    "award funder=Oak Trust ×1",
  );
  check(
    "pages that disagree on the year are both shown",
    [story("a.example", "launch 2019"), story("b.example", "launch 2018")],
    "launch 2018 ×1",
    "launch 2019 ×1",
  );
  check(
    "two funders of one spring are two awards",
    [
      story("a.example", "award ~2026-03-03 funder=Oak Trust"),
      story("b.example", "award ~2026-03-05 funder=Elm Fund"),
    ],
    "award 2026-03-03 funder=Oak Trust ×1",
    "award 2026-03-05 funder=Elm Fund ×1",
  );
  check(
    "news of another year tells of another expansion",
    [
      story("a.example", "expansion ~2024-03-03 place=Ohio"),
      story("b.example", "expansion ~2026-03-03 place=Ohio"),
    ],
    "expansion 2024-03-03 place=Ohio ×1",
    "expansion 2026-03-03 place=Ohio ×1",
  );
  check(
    "what was planned and has come is told once",
    [story("a.example", "launch 2026 planned"), story("b.example", "launch 2026-02")],
    "launch 2026-02 ×1",
  );
  check(
    "a plan alone stays a plan",
    [story("a.example", "sunset 2027 planned")],
    "sunset 2027 planned ×1",
  );
  check(
    "a page that was without it for one night still tells it, for two nights no more",
    [
      announces("a.example", { events: [event("launch 2019")] }, { missingCount: 1 }),
      announces("b.example", { events: [event("sunset 2024")] }, { missingCount: 2 }),
    ],
    "launch 2019 ×1",
  );
});

test("the order in which pages come changes nothing", () => {
  const written = [
    "launch 2019 by=Pine College",
    "launch ~2019-05-02",
    "launch",
    "launch 2019-04 by=Oak College",
    "launch 2018",
    "award 2020 funder=Oak Trust",
    "award ~2020-02-03",
    "award ~2020-03-01 funder=Elm Fund",
    "sunset planned",
    "sunset 2024",
    "rename 2021 new-name=Talent Sea",
    "rename former-name=River new-name=Talent Sea",
  ];
  const mentions = written.map((one, index) => story(`s${index}.example`, one));
  const expected = gatherHistory(mentions, emptyKnowledge);
  fc.assert(
    fc.property(fc.shuffledSubarray(mentions, { minLength: mentions.length }), (shuffled) => {
      expect(gatherHistory(shuffled, emptyKnowledge)).toEqual(expected);
    }),
    { numRuns: 50, seed: 7 },
  );
  const keys = expected.events.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

describe("grants", () => {
  const grant = (told: Partial<ToldGrant>): ToldGrant => ({
    funder: "Oak Trust",
    evidence: [proof("grant", "q")],
    ...told,
  });
  const gather = (...grants: Partial<ToldGrant>[]) =>
    gatherHistory(
      grants.map((one, index) => announces(`s${index}.example`, { grants: [grant(one)] })),
      emptyKnowledge,
    ).grants;

  test("one grant in a release, its copy and the grantee's news is one, with all that is known of it", () => {
    const [one, ...rest] = gather(
      { amount: 500_000, currency: "USD", grantee: "Pine College", on: "2026-03-03" },
      { amount: 500_000, currency: "USD", grantee: "Pine College", on: "2026-03-03" },
      { grantee: "The Pine College", months: 24 },
    );
    expect(rest).toEqual([]);
    expect(one).toMatchObject({
      amount: 500_000,
      grantee: "Pine College",
      months: 24,
      on: "2026-03-03",
    });
    expect(one!.evidence).toHaveLength(3);
  });
  test.each([
    [{ amount: 500_000 }, { amount: 300_000 }],
    [{ grantee: "Pine College" }, { grantee: "Oak College" }],
    [
      { amount: 500_000, on: "2020" },
      { amount: 500_000, on: "2023" },
    ],
    [
      { amount: 500_000, currency: "USD" },
      { amount: 500_000, currency: "EUR" },
    ],
    [{ funder: "Oak Trust" }, { funder: "Elm Fund" }],
  ])("%o and %o are two", (one, other) => {
    expect(gather(one, other)).toHaveLength(2);
  });
});

describe("relations", () => {
  const related = (name: string) =>
    says({
      relations: [{ kind: "successor", name }],
      evidence: [{ ...proof("event", `follows ${name}`), field: "relation", value: name }],
    });
  const names = [
    { id: "A", names: ["Talent Sea"] },
    { id: "B", names: ["Twin"] },
    { id: "C", names: ["Twin"] },
  ];
  const to = (name: string) =>
    gatherHistory([related(name)], { ...emptyKnowledge, names }).relations;

  test("a name that one entry bears leads to it", () => {
    expect(to("Talent Sea")).toMatchObject([{ kind: "successor", toName: "Talent Sea", to: "A" }]);
    expect(to("Talent Sea")[0]!.evidence).toMatchObject([{ quote: "follows Talent Sea" }]);
  });
  test("a name of none or of two leads nowhere", () => {
    expect(to("Harbor Plan")).toMatchObject([{ toName: "Harbor Plan", to: undefined }]);
    expect(to("Twin")).toMatchObject([{ to: undefined }]);
  });
});

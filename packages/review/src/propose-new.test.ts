import {
  emptyKnowledge,
  type Knowledge,
  type KnownEffort,
  type KnownMention,
} from "@waymark/domain";
import { expect, test } from "vitest";
import { asLines, rulesOf } from "../test/as-lines.ts";
import { announces, cluster, elsewhere, now, says } from "../test/known-effort.ts";
import { proposeChanges } from "./propose-changes.ts";

const review = (
  mentions: KnownMention[],
  given: Partial<KnownEffort> = {},
  knowledge: Knowledge = emptyKnowledge,
) => proposeChanges(cluster(mentions, given), knowledge, now);
const check = (
  what: string,
  mentions: KnownMention[],
  expected: string[],
  given: Partial<KnownEffort> = {},
) => test(what, () => expect(asLines(review(mentions, given).changes)).toEqual(expected));
const quiet = (
  what: string,
  mentions: KnownMention[],
  rules: string[],
  given: Partial<KnownEffort> = {},
) =>
  test(what, () => {
    const { changes, suppressions } = review(mentions, given);
    expect(asLines(changes)).toEqual([]);
    expect(suppressions.map(({ rule }) => rule)).toEqual(rules);
  });
/** The fused value of a field. */
const fuses = (what: string, field: string, mentions: KnownMention[], expected: unknown) =>
  test(what, () => {
    const [change] = review(mentions).changes;
    expect(change?.fields.find((delta) => delta.field === field)?.new).toEqual(expected);
  });

const named = ["new name null → Skills River"];
const withSite = ["new name null → Skills River; url null → http://skillsriver.org/"];
const listed = (host: string, more = {}) => elsewhere(host, { ...more });

check("its own site", [says({})], withSite);
check(
  "a page about it elsewhere",
  [says({ role: "detail" }, undefined, { url: "http://a.example/river", source: "library" })],
  named,
);
check("an announcement", [announces("wire.example", {})], named);
check("a list with labelled fields", [listed("a.example")], named);
check(
  "a list that describes it",
  [listed("a.example", { method: "heading", description: "Helps." })],
  ["new name null → Skills River; description null → Helps."],
);
check("named by more than three entries", [listed("a.example", { method: "link" })], named, {
  namedBy: 4,
});
quiet("named in passing", [listed("a.example", { method: "link" })], ["named-only"]);
quiet("named by three entries", [listed("a.example", { method: "link" })], ["named-only"], {
  namedBy: 3,
});
quiet("out of scope", [says({ relevance: { score: 0.2, reasons: [] } })], ["out-of-scope"]);
test("what is out of scope is kept with the words that say so", () => {
  const reasonFor = (reasons: string[]) =>
    review([says({ relevance: { score: 0.2, reasons } })]).suppressions[0]?.reason;
  expect(reasonFor(['is rather about animals ("cats")'])).toBe(
    'Its pages do not tell of learning and work. It is rather about animals ("cats").',
  );
  expect(reasonFor([])).toContain("None of its words tells of learning or work.");
});
check(
  "in scope on one of two pages",
  [says({ relevance: { score: 0.2, reasons: [] } }), announces("wire.example", {})],
  withSite,
);
quiet(
  "a heading that could stand above anything",
  [says({ name: "Our Programs" })],
  ["generic-name"],
);
quiet(
  "a headline",
  [announces("wire.example", { name: "Oak Board awards grants for learning and work" })],
  ["generic-name"],
);
quiet("a date", [listed("a.example", { name: "May 14, 2024" })], ["generic-name"]);
quiet("a number", [says({ name: "2024" })], ["generic-name"]);
quiet(
  "the matcher is unsure whether the catalog has it",
  [says({}, undefined, { match: { verdict: "unsure" } })],
  ["unsure-match"],
);
check(
  "the matcher is unsure of a list's line only",
  [says({}), elsewhere("a.example", {}, undefined, { match: { verdict: "unsure" } })],
  withSite,
);
check(
  "a relative of an entry is new",
  [says({}, undefined, { match: { verdict: "related", relation: "phase_of" } })],
  withSite,
);
test("a relative of an entry says how they are related", () => {
  const match = { verdict: "related", relation: "phase_of", initiativeId: "LW-1" } as const;
  const names = [{ id: "LW-1", names: ["Skills Sea", "Sea"] }];
  const [change] = review(
    [says({}, undefined, { match: match as never })],
    {},
    {
      ...emptyKnowledge,
      names,
    },
  ).changes;
  expect(change?.reasons).toContain("“Skills River” is a phase of “Skills Sea”.");
});
quiet(
  "only a staging copy tells of it",
  [says({}, undefined, { url: "http://demo.skillsriver.org/" })],
  [],
);
quiet("all mentions are gone", [says({}, undefined, { missingCount: 3 })], []);
quiet("no quote proves anything", [says({ evidence: [] })], ["no-evidence"]);

test("a list that names an organization", () => {
  const knowledge = { ...emptyKnowledge, organizations: [{ name: "Skills River", aliases: [] }] };
  expect(rulesOf(review([listed("a.example")], {}, knowledge).suppressions)).toEqual([
    "organization name",
  ]);
  expect(asLines(review([says({})], {}, knowledge).changes)).toEqual(withSite);
});

fuses(
  "its own page before a list",
  "leadOrganization",
  [
    says({ leadOrganization: "Oak Board" }),
    listed("a.example", { leadOrganization: "Alder College" }),
    listed("b.example", { leadOrganization: "Alder College" }),
  ],
  "Oak Board",
);
fuses(
  "among equals the majority",
  "leadOrganization",
  [
    listed("a.example", { leadOrganization: "Oak Board" }),
    listed("b.example", { leadOrganization: "Alder College" }),
    listed("c.example", { leadOrganization: "The Alder College" }),
  ],
  "The Alder College",
);
fuses(
  "members of all own pages",
  "partners",
  [
    says({ partners: ["Elm Institute"] }),
    says({ partners: ["Fir Schools", "The Elm Institute"] }, undefined, {
      url: "http://skillsriver.org/partners",
    }),
    listed("a.example", { partners: ["Gum Works"] }),
  ],
  ["The Elm Institute", "Fir Schools"],
);
fuses(
  "a funder speaks for its own money",
  "funders",
  [
    says({ funders: ["Birch Foundation"] }),
    says({ role: "detail", funders: ["Willow Fund"] }, undefined, {
      url: "http://willow.example/river",
      source: "foundation",
      publisher: "Willow Fund",
    }),
  ],
  ["Birch Foundation", "Willow Fund"],
);
fuses(
  "its own address, proven by its name there",
  "url",
  [
    says({
      url: "http://skillsriver.org/",
      evidence: [
        {
          field: "name",
          value: "Skills River",
          quote: "Skills River",
          start: 0,
          end: 12,
          method: "heading",
          confidence: 0.9,
        },
      ],
    }),
  ],
  "http://skillsriver.org/",
);
fuses("a notice makes it ended", "status", [says({ signs: [{ kind: "archived" }] })], "ended");
fuses("a start ahead makes it planned", "status", [says({ start: "2026-09" })], "planned");
fuses(
  "past tense and a closing date make it ended",
  "status",
  [says({ signs: [{ kind: "past-tense" }], end: "2025-06" })],
  "ended",
);
fuses(
  "a notice before a label that lags",
  "status",
  [says({ signs: [{ kind: "ended" }] }), listed("a.example", { status: "active" })],
  "ended",
);
fuses(
  "the front page is the address that nobody names",
  "url",
  [says({}), says({}, undefined, { url: "http://skillsriver.org/about" })],
  "http://skillsriver.org/",
);
fuses(
  "the page of its lead is the address that nobody names",
  "url",
  [
    says({ role: "detail", leadOrganization: "Alder College" }, undefined, {
      url: "http://alder.example/river",
      source: "state",
      publisher: "Alder College",
    }),
  ],
  "http://alder.example/river",
);
fuses(
  "the page of a library is no address of its own",
  "url",
  [
    says({ role: "detail", leadOrganization: "Alder College" }, undefined, {
      url: "http://library.example/river",
      source: "library",
      publisher: "Library",
    }),
  ],
  undefined,
);
fuses("no word of its status", "status", [says({})], undefined);

test("later pages enrich the question without asking anew", () => {
  const [first] = review([listed("a.example")]).changes;
  const [later] = review([listed("a.example"), says({ leadOrganization: "Oak Board" })]).changes;
  expect(later?.fingerprint).toBe(first?.fingerprint);
  expect(later!.confidence).toBeGreaterThan(first!.confidence);
});

fuses(
  "a lead other than the effort itself",
  "leadOrganization",
  [
    says({ leadOrganization: "Skills River" }),
    elsewhere("a.example", { role: "detail", leadOrganization: "Oak Board" }),
  ],
  "Oak Board",
);
fuses(
  "a company and its philanthropy pay once",
  "funders",
  [
    says({ funders: ["Hazel", "Birch Foundation"] }),
    elsewhere("hazel.example", { role: "detail", funders: ["Hazel Philanthropy"] }),
  ],
  ["Birch Foundation", "Hazel"],
);
fuses(
  "funders that pages about it tell beside its own",
  "funders",
  [
    says({ funders: ["Birch Foundation"] }),
    elsewhere("a.example", { role: "detail", funders: ["Willow Fund"] }),
  ],
  ["Birch Foundation", "Willow Fund"],
);
test("a list that names an effort which somebody else leads", () => {
  const knowledge = { ...emptyKnowledge, organizations: [{ name: "Skills River", aliases: [] }] };
  const led = listed("a.example", { leadOrganization: "Oak Board" });
  expect(asLines(review([led], {}, knowledge).changes)).toHaveLength(1);
});

fuses(
  "the address to which its name links in a list",
  "url",
  [
    announces("wire.example", {}),
    listed("a.example", {
      url: "http://skillsriver.org/",
      evidence: [
        {
          field: "name",
          value: "Skills River",
          quote: "Skills River",
          start: 0,
          end: 12,
          method: "link",
          confidence: 0.9,
        },
      ],
    }),
  ],
  "http://skillsriver.org/",
);

quiet(
  "a page that bears only its publisher's name",
  [elsewhere("a.example", { role: "detail" }, undefined, { publisher: "Skills River" })],
  ["organization"],
);

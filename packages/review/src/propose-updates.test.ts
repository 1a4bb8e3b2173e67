import { emptyKnowledge, type KnownMention } from "@waymark/domain";
import { expect, test } from "vitest";
import { asLines, rulesOf } from "../test/as-lines.ts";
import { announces, daysAgo, effort, elsewhere, entry, now, says } from "../test/known-effort.ts";
import { proposeChanges } from "./propose-changes.ts";

const review = (mentions: KnownMention[], initiative = entry()) =>
  proposeChanges(effort({ initiative, mentions }), emptyKnowledge, now);

const check = (what: string, mentions: KnownMention[], expected: string[], initiative = entry()) =>
  test(what, () => expect(asLines(review(mentions, initiative).changes)).toEqual(expected));

const quiet = (what: string, mentions: KnownMention[], rules: string[], initiative = entry()) =>
  test(what, () => {
    const { changes, suppressions } = review(mentions, initiative);
    expect(asLines(changes)).toEqual([]);
    expect(rulesOf(suppressions)).toEqual(rules);
  });

const about = { url: "http://skillsriver.org/about", kind: "detail" } as const;
const two = ["Birch Foundation", "Willow Fund"];

// Funders, partners, states: who came and who left.
check(
  "an own page lists another funder",
  [says({ funders: two }, { funders: ["Birch Foundation"] })],
  ["update funders +Willow Fund"],
);
check(
  "an own page no longer lists a funder",
  [says({ funders: ["Birch Foundation"] }, { funders: two })],
  ["update funders -Willow Fund"],
  entry({ funders: two }),
);
check(
  "a partner joins and another leaves",
  [
    says(
      { partners: ["Elm Institute", "Fir Schools", "Gum Works"] },
      { partners: ["Cedar Union", "Elm Institute", "Fir Schools"] },
    ),
  ],
  ["update partners +Gum Works -Cedar Union"],
);
check(
  "a state joins",
  [says({ states: ["OH", "TX", "NM"] }, { states: ["OH", "TX"] })],
  ["update states +NM"],
);
check(
  "a page that names only some members adds to the catalog's",
  [says({ partners: ["Cedar Union", "Gum Works"] }, { partners: ["Cedar Union"] })],
  ["update partners +Gum Works"],
);
check(
  "two own pages add a member each: one change of the field",
  [
    says({ partners: ["Cedar Union", "Gum Works"] }, { partners: ["Cedar Union"] }),
    says({ partners: ["Cedar Union", "Hazel Labs"] }, { partners: ["Cedar Union"] }, about),
  ],
  ["update partners +Gum Works +Hazel Labs"],
);
check(
  "the page at the catalog's address speaks for it, whoever's site it is on",
  [
    says(
      { role: "detail", funders: two },
      { role: "detail", funders: ["Birch Foundation"] },
      { url: "https://www.alder.edu/work/river/", source: "state" },
    ),
  ],
  ["update funders +Willow Fund"],
  entry({ url: "http://alder.edu/work/river" }),
);
check(
  "a page that begins to tell a field which the catalog lacks fills it",
  [says({ funders: ["Willow Fund"] }, {})],
  ["update funders +Willow Fund"],
  entry({ funders: [] }),
);
quiet(
  "the first reading of an own page changes no set",
  [says({ funders: two }, undefined)],
  ["first-reading funders"],
);
quiet(
  "members in another order",
  [
    says(
      { partners: ["Fir Schools", "Elm Institute", "Cedar Union"] },
      { partners: ["Cedar Union", "Elm Institute", "Fir Schools"] },
    ),
  ],
  [],
);
quiet(
  "a member with article and legal form",
  [says({ funders: ["The Birch Foundation, Inc."] }, { funders: ["Birch Foundation"] })],
  [],
);
quiet(
  "a funder under its initials",
  [says({ partners: ["NCS"] }, { partners: ["National Council of Smiths"] })],
  [],
  entry({ partners: ["National Council of Smiths"] }),
);
quiet(
  "a member with a word more is a spelling",
  [says({ funders: ["Birch Family Foundation"] }, { funders: ["Birch Foundation"] })],
  ["respelling funders"],
);
quiet(
  "a field that vanished from the page",
  [says({}, { funders: ["Birch Foundation"], states: ["OH", "TX"] })],
  [],
);
quiet(
  "a list that lost more than it kept",
  [
    says(
      { partners: ["Fir Schools"] },
      { partners: ["Cedar Union", "Elm Institute", "Fir Schools"] },
    ),
  ],
  ["mostly-gone partners"],
);
quiet(
  "a list told to be empty",
  [says({ partners: [] }, { partners: ["Cedar Union", "Elm Institute", "Fir Schools"] })],
  ["list-gone partners"],
);
quiet(
  "a member gone from one own page and still on another",
  [
    says({ funders: ["Birch Foundation"] }, { funders: two }),
    says({ funders: two }, { funders: two }, about),
  ],
  ["still-told funders"],
  entry({ funders: two }),
);
quiet(
  "a member that never was in the catalog leaves",
  [
    says(
      { partners: ["Cedar Union", "Elm Institute"] },
      { partners: ["Cedar Union", "Elm Institute", "Ash Guild"] },
    ),
  ],
  [],
);
quiet(
  "a member without a quote",
  [says({ funders: two, evidence: [] }, { funders: ["Birch Foundation"] })],
  ["no-evidence funders"],
);

// Who repeats others is not believed alone.
quiet(
  "a list elsewhere shows an old funder again",
  [
    elsewhere(
      "library.example",
      { funders: two },
      { funders: ["Birch Foundation"] },
      { source: "library" },
    ),
  ],
  ["not-authoritative funders"],
);
quiet(
  "a list elsewhere drops a funder",
  [
    elsewhere(
      "library.example",
      { funders: ["Birch Foundation"] },
      { funders: two },
      { source: "library" },
    ),
  ],
  ["not-authoritative funders"],
  entry({ funders: two }),
);
check(
  "two independent sites agree on a newcomer",
  [
    elsewhere("network.example", { funders: two }, { funders: ["Birch Foundation"] }),
    elsewhere("library.example", { funders: two }, { funders: two }, { source: "library" }),
  ],
  ["update funders +Willow Fund"],
);
quiet(
  "two pages of one site are one witness",
  [
    elsewhere("network.example", { funders: two }, { funders: ["Birch Foundation"] }),
    elsewhere(
      "network.example",
      { funders: two },
      { funders: two },
      { url: "http://network.example/b" },
    ),
  ],
  ["not-authoritative funders"],
);
quiet(
  "two sites agree against its own page",
  [
    says({ leadOrganization: "Alder College" }, { leadOrganization: "Alder College" }),
    elsewhere(
      "network.example",
      { leadOrganization: "Oak Board" },
      { leadOrganization: "Alder College" },
    ),
    elsewhere(
      "library.example",
      { leadOrganization: "Oak Board" },
      { leadOrganization: "Alder College" },
    ),
  ],
  ["not-authoritative leadOrganization"],
);
check(
  "a funder's own page, new on a site that we watch, adds that funder",
  [
    says({ role: "detail", funders: ["Willow Fund"] }, undefined, {
      url: "http://willow.example/grants/river",
      source: "foundation",
      publisher: "Willow Fund",
      watchedSince: daysAgo(60),
      firstSeenAt: daysAgo(0),
    }),
  ],
  ["update funders +Willow Fund"],
);
quiet(
  "a funder's page that was there when we came changes nothing",
  [
    says({ role: "detail", funders: ["Willow Fund"] }, undefined, {
      url: "http://willow.example/grants/river",
      source: "foundation",
      publisher: "Willow Fund",
      watchedSince: daysAgo(0),
      firstSeenAt: daysAgo(0),
    }),
  ],
  ["first-reading funders"],
);
quiet(
  "a funder's page speaks of its own money only",
  [
    says({ role: "detail", funders: ["Hickory Trust"] }, undefined, {
      url: "http://willow.example/grants/river",
      source: "foundation",
      publisher: "Willow Fund",
      watchedSince: daysAgo(60),
      firstSeenAt: daysAgo(0),
    }),
  ],
  ["first-reading funders"],
);
quiet(
  "a staging copy of its own site",
  [
    says(
      { funders: two },
      { funders: ["Birch Foundation"] },
      { url: "http://staging.skillsriver.org/" },
    ),
  ],
  ["not-authoritative funders"],
);
quiet(
  "a mention that the matcher is unsure of",
  [says({ funders: two }, { funders: ["Birch Foundation"] }, { match: { verdict: "unsure" } })],
  [],
);
quiet(
  "a mention gone for several visits",
  [says({ funders: two }, { funders: ["Birch Foundation"] }, { missingCount: 2 })],
  [],
);

// Lead organization, dates, status.
check(
  "its own page names another lead",
  [says({ leadOrganization: "Oak Board" }, { leadOrganization: "Alder College" })],
  ["update leadOrganization Alder College → Oak Board"],
);
quiet(
  "the lead with a word more",
  [says({ leadOrganization: "Alder Community College" }, { leadOrganization: "Alder College" })],
  ["respelling leadOrganization"],
);
quiet(
  "another lead on the first reading",
  [says({ leadOrganization: "Oak Board" }, undefined)],
  ["first-reading leadOrganization"],
);
check(
  "an announcement hands it over",
  [
    announces("wire.example", {
      leadOrganization: "Oak Board",
      quotes: { leadOrganization: "Oak Board is taking over Skills River" },
    }),
  ],
  ["update leadOrganization Alder College → Oak Board"],
);
check(
  "an announcement names the former lead beside the new one",
  [
    announces("wire.example", {
      leadOrganization: "Oak Board",
      quotes: { leadOrganization: "from Alder College, Oak Board gets the keys" },
    }),
  ],
  ["update leadOrganization Alder College → Oak Board"],
);
quiet(
  "an announcement that names some organization",
  [
    announces("wire.example", {
      leadOrganization: "Oak Board",
      quotes: { leadOrganization: "Oak Board welcomed guests" },
    }),
  ],
  ["not-explicit leadOrganization"],
);
quiet(
  "an announcement of last year",
  [announces("wire.example", { funders: two, announcedOn: "2025-02-15" })],
  ["first-reading funders"],
);
check(
  "an announcement brings a funder",
  [announces("wire.example", { funders: ["Willow Fund"] })],
  ["update funders +Willow Fund"],
);
quiet(
  "an announcement that leaves a funder out",
  [announces("wire.example", { funders: ["Birch Foundation"] })],
  [],
  entry({ funders: two }),
);
check(
  "the stated end moves",
  [says({ end: "2028-06" }, { end: "2027-06" })],
  ["update end 2027-06 → 2028-06"],
);
check(
  "an end stated under a label counts on the first reading",
  [says({ end: "2028-06" }, undefined)],
  ["update end 2027-06 → 2028-06"],
);
quiet(
  "an end that is only hinted at on the first reading",
  [says({ end: "2028-06", certainty: 0.5 }, undefined)],
  ["first-reading end"],
);
quiet("the same end with its day", [says({ end: "2027-06-30" }, { end: "2027-06" })], []);
quiet(
  "a status word without a statement of its own kind",
  [says({ status: "active" }, { status: "planned" })],
  [],
);
check(
  "a plan becomes active",
  [says({ status: "active" }, { status: "planned" })],
  ["update status planned → active"],
  entry({ status: "planned" }),
);

// Names.
check(
  "its own page bears another name",
  [says({ name: "Talent River" }, { name: "Skills River" })],
  ["update name Skills River → Talent River; aliases +Skills River"],
);
check(
  "one generic word for another is a new name",
  [says({ name: "Skills River Collaborative" }, { name: "Skills River Program" })],
  ["update name Skills River Program → Skills River Collaborative; aliases +Skills River Program"],
  entry({ name: "Skills River Program" }),
);
check(
  "an announcement gives the former name",
  [
    announces("wire.example", {
      name: "Talent River",
      aliases: ["Skills River"],
      quotes: { aliases: "Talent River, formerly Skills River" },
    }),
  ],
  ["update name Skills River → Talent River; aliases +Skills River"],
);
check(
  "an announcement gives the new name",
  [
    announces("wire.example", {
      aliases: ["Talent River"],
      quotes: { aliases: "Skills River is now known as Talent River" },
    }),
  ],
  ["update name Skills River → Talent River; aliases +Skills River"],
);
check(
  "the former name may lack an article that the catalog writes",
  [
    says(
      {
        name: "Talent River",
        aliases: ["Skills River"],
        quotes: { aliases: "Formerly Skills River." },
      },
      undefined,
    ),
  ],
  ["update name The Skills River → Talent River; aliases +The Skills River"],
  entry({ name: "The Skills River" }),
);
check(
  "its own page calls the catalog's name the former one, on the first reading",
  [
    says(
      {
        name: "Talent River",
        aliases: ["Skills River"],
        quotes: { aliases: "previously called Skills River" },
      },
      undefined,
    ),
  ],
  ["update name Skills River → Talent River; aliases +Skills River"],
);
quiet(
  "the name in capitals, with an acronym",
  [says({ name: "SKILLS RIVER (SR)" }, { name: "Skills River" })],
  [],
);
quiet(
  "the name with the site's behind it",
  [says({ name: "Skills River | Alder College" }, { name: "Skills River" })],
  [],
);
quiet(
  "the name with a tagline",
  [says({ name: "Skills River: learning that flows" }, { name: "Skills River" })],
  [],
);
quiet(
  "the name with a generic word more",
  [says({ name: "The Skills River Initiative" }, { name: "Skills River" })],
  [],
);
quiet(
  "an alias that the catalog knows",
  [says({ name: "Skriv" }, { name: "Skills River" })],
  ["known-alias name"],
  entry({ aliases: ["Skriv"] }),
);
quiet(
  "another name on the first reading",
  [says({ name: "Talent River" }, undefined)],
  ["first-reading name"],
);
quiet(
  "a heading of a subpage",
  [says({ name: "Meet our partners" }, { name: "Skills River" }, about), says({}, {})],
  ["contradicted name"],
);
quiet(
  "a heading that says nothing",
  [says({ name: "Welcome" }, { name: "Skills River" })],
  ["generic-name name"],
);
quiet(
  "a list elsewhere has another name",
  [elsewhere("network.example", { name: "Talent River" }, { name: "Skills River" })],
  ["not-authoritative name"],
);

// Wording.
quiet(
  "another description",
  [says({ description: "We do more" }, { description: "We do much" })],
  ["prose description"],
);
quiet("another topic", [says({ topics: ["credit"] }, { topics: ["badges"] })], ["minor topics"]);

quiet(
  "a library's page repeats, even where the catalog links to it",
  [
    says(
      { role: "detail", funders: two },
      { role: "detail", funders: ["Birch Foundation"] },
      { url: "http://library.example/river", source: "library" },
    ),
  ],
  ["not-authoritative funders"],
  entry({ url: "http://library.example/river" }),
);

test("the home page changed and the about page lags: the newer words win, each night alike", () => {
  const home = says({ leadOrganization: "Oak Board" }, { leadOrganization: "Alder College" });
  const lagging = says(
    { leadOrganization: "Alder College" },
    { leadOrganization: "Alder College" },
    about,
  );
  expect(asLines(review([home, lagging]).changes)).toEqual([
    "update leadOrganization Alder College → Oak Board",
  ]);
  const accepted = entry({ leadOrganization: "Oak Board" });
  expect(review([{ ...home, baseline: home.mention }, lagging], accepted).changes).toEqual([]);
});

test("of two own pages that changed to different words the later counts", () => {
  const early = says(
    { leadOrganization: "Oak Board" },
    { leadOrganization: "Alder College" },
    { changedAt: daysAgo(9) },
  );
  const late = says(
    { leadOrganization: "Yew Agency" },
    { leadOrganization: "Alder College" },
    { ...about, changedAt: daysAgo(1) },
  );
  expect(asLines(review([early, late]).changes)).toEqual([
    "update leadOrganization Alder College → Yew Agency",
  ]);
});

test("a repeater that says the same lends its quote and waits as well", () => {
  const own = says({ funders: two }, { funders: ["Birch Foundation"] });
  const list = elsewhere("library.example", { funders: two }, { funders: ["Birch Foundation"] });
  const { changes, suppressions, settled } = review([own, list]);
  expect(changes[0]?.evidence.map(({ url }) => url).toSorted()).toEqual([
    "http://library.example/list",
    "http://skillsriver.org/",
  ]);
  expect(suppressions).toEqual([]);
  expect(settled).toEqual([]);
});

// Whoever leads it speaks for it, in lists too.
const byLead = { publisher: "Alder College" };
check(
  "a state joins in its lead's list",
  [elsewhere("alder.example", { states: ["OH", "TX", "NM"] }, { states: ["OH", "TX"] }, byLead)],
  ["update states +NM"],
);
check(
  "its lead's list renames it",
  [elsewhere("alder.example", { name: "Skills Delta" }, {}, byLead)],
  ["update name Skills River → Skills Delta; aliases +Skills River"],
);
quiet(
  "its lead's list renames it, and its own front door keeps the name",
  [says({}, {}), elsewhere("alder.example", { name: "Skills Delta" }, {}, byLead)],
  ["contradicted name"],
);
quiet(
  "its lead's list differs at the first reading",
  [elsewhere("alder.example", { states: ["OH", "TX", "NM"] }, undefined, byLead)],
  ["first-reading states"],
);
check(
  "an own page fills a gap under a label of its own",
  [says({ end: "2028-06" })],
  ["update end null → 2028-06"],
  entry({ end: undefined }),
);
quiet(
  "an own page fills a gap in a sentence",
  [says({ leadOrganization: "Oak Board", method: "sentence" })],
  ["first-reading leadOrganization"],
  entry({ leadOrganization: undefined }),
);
check(
  "a mention that came with the cluster the entry was made from",
  [
    says(
      { funders: two },
      { funders: ["Birch Foundation"] },
      { match: { verdict: "different", initiativeId: undefined } },
    ),
  ],
  ["update funders +Willow Fund"],
);
test("few proofs, from many pages", () => {
  const pages = Array.from({ length: 9 }, (_none, n) =>
    says(
      { funders: two },
      { funders: ["Birch Foundation"] },
      { url: `http://skillsriver.org/${n}` },
    ),
  );
  const [change] = review(pages).changes;
  expect(new Set(change!.evidence.map(({ url }) => url)).size).toBe(6);
  expect(change!.evidence).toHaveLength(6);
});

const willow = { publisher: "Willow Fund", source: "foundation" as const };
check(
  "a foundation's list of grants gained the effort",
  [says({}, {}), elsewhere("willow.example", { funders: ["Willow Fund"] }, {}, willow)],
  ["update funders +Willow Fund"],
);
quiet(
  "a foundation's list of grants names it, its own page leaves that money out",
  [
    says({ funders: ["Birch Foundation"] }, { funders: ["Birch Foundation"] }),
    elsewhere("willow.example", { funders: ["Willow Fund"] }, {}, willow),
  ],
  ["contradicted funders"],
);

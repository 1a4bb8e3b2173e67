import { emptyKnowledge, type KnownEffort } from "@waymark/domain";
import { expect, test } from "vitest";
import { asLines, rulesOf } from "../test/as-lines.ts";
import { address, daysAgo, effort, elsewhere, entry, now, says } from "../test/known-effort.ts";
import { proposeChanges } from "./propose-changes.ts";

const review = (given: Partial<KnownEffort>) => proposeChanges(effort(given), emptyKnowledge, now);
const check = (
  what: string,
  given: Partial<KnownEffort>,
  expected: string[],
  rules: string[] = [],
) =>
  test(what, () => {
    const { changes, suppressions } = review(given);
    expect(asLines(changes)).toEqual(expected);
    expect(rulesOf(suppressions)).toEqual(rules);
  });

const old = "http://alder.example/projects/river";
const next = "http://alder.example/our-work/river";
const atOld = { initiative: entry({ url: old }) };
const onPage = (url: string, role: "own" | "detail" = "detail", firstSeenAt = daysAgo(0)) =>
  says({ role, url }, undefined, { url, firstSeenAt, source: "state" });
const listed = (host: string, url: string) => elsewhere(host, { url });

check(
  "the address leads elsewhere for good",
  { ownAddresses: [address([["moved", 0]], { movedTo: "http://talentriver.org/" })] },
  ["update url http://skillsriver.org/ → http://talentriver.org/"],
);
check(
  "it leads to itself with www and https",
  { ownAddresses: [address([["moved", 0]], { movedTo: "https://www.skillsriver.org" })] },
  [],
);
check(
  "a page that leads to a front door is gone rather than moved",
  {
    ...atOld,
    ownAddresses: [address([["moved", 0]], { url: old, movedTo: "http://alder.example/" })],
  },
  [],
  ["moved-to-home url"],
);
check(
  "it leads to a staging host",
  {
    ...atOld,
    ownAddresses: [
      address([["moved", 0]], { url: old, movedTo: "http://staging.alder.example/projects/river" }),
    ],
  },
  [],
  ["rehearsal-site url"],
);
check(
  "the old address is gone and a page of the same slug is new on the site",
  {
    ...atOld,
    mentions: [onPage(next)],
    ownAddresses: [
      address(
        [
          ["gone", 0],
          ["fetched", 60],
        ],
        { url: old },
      ),
    ],
  },
  [`update url ${old} → ${next}`],
);
check(
  "the catalog's address never answered and lists point to a page of another slug",
  {
    ...atOld,
    mentions: [
      onPage("http://alder.example/rivers"),
      listed("a.example", "http://alder.example/rivers"),
      listed("b.example", "http://alder.example/rivers"),
    ],
    ownAddresses: [address([["gone", 0]], { url: old })],
  },
  [`update url ${old} → http://alder.example/rivers`],
);
check(
  "the old address is gone for a night while another page was there all along",
  {
    ...atOld,
    mentions: [
      onPage("http://alder.example/grants/river", "detail", daysAgo(60)),
      listed("a.example", "http://alder.example/grants/river"),
    ],
    ownAddresses: [
      address(
        [
          ["gone", 0],
          ["fetched", 60],
        ],
        { url: old },
      ),
    ],
  },
  [],
);
check(
  "the old address is gone and nobody knows of another",
  {
    ...atOld,
    mentions: [listed("a.example", old)],
    ownAddresses: [
      address(
        [
          ["gone", 0],
          ["fetched", 60],
        ],
        { url: old },
      ),
    ],
  },
  [],
);
check(
  "a list names an address that we have not read",
  {
    ...atOld,
    mentions: [listed("a.example", next), listed("b.example", next)],
    ownAddresses: [address([["gone", 0]], { url: old })],
  },
  [],
);
check(
  "the old address answers and another page tells of it too",
  {
    ...atOld,
    mentions: [onPage(next), listed("a.example", next)],
    ownAddresses: [address([["unchanged", 0]], { url: old })],
  },
  [],
);
check(
  "its own page gives another address than before",
  {
    mentions: [says({ url: "http://talentriver.org/" }, { url: "http://skillsriver.org/" })],
    ownAddresses: [address([["fetched", 0]])],
  },
  ["update url http://skillsriver.org/ → http://talentriver.org/"],
);
check(
  "the catalog has no address and its own page is read",
  { initiative: entry({ url: null }), mentions: [says({ url: "http://skillsriver.org/" })] },
  ["update url null → http://skillsriver.org/"],
);
check(
  "a robots refusal says nothing of the address",
  {
    ...atOld,
    mentions: [onPage(next)],
    ownAddresses: [
      address(
        [
          ["refused", 0],
          ["fetched", 60],
        ],
        { url: old },
      ),
    ],
  },
  [],
);

test("a move is proven by the answer, and looked at again", () => {
  const [change] = review({
    ...atOld,
    mentions: [onPage(next)],
    ownAddresses: [address([["gone", 0]], { url: old })],
  }).changes;
  expect(change?.evidence.map(({ type }) => type).toSorted()).toEqual(["outcome", "quote"]);
  expect(change?.confirmBy).toEqual([`p ${next}`, `p ${old}`]);
});

test("an address that moved is not stale as well", () => {
  const { changes, suppressions } = review({
    ...atOld,
    mentions: [onPage(next)],
    ownAddresses: [
      address(
        [
          ["no-address", 0],
          ["no-address", 2],
          ["fetched", 60],
        ],
        { url: old },
      ),
    ],
  });
  expect(asLines(changes)).toEqual([`update url ${old} → ${next}`]);
  expect(rulesOf(suppressions)).toEqual(["address-moved"]);
});

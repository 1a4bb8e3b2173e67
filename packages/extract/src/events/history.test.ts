import { emptyKnowledge, type ToldGrant } from "@waymark/domain";
import { describe, expect, test } from "vitest";
import { parsePage } from "../page/page.ts";
import { quoteOf } from "../page/quote.ts";
import { contextOf } from "../page/site.ts";
import { monthsIn } from "./grant-terms.ts";
import { type History, readHistory } from "./history.ts";

const subject = { names: ["Quiet Harbor Network", "QHN"] };
const announced = { kind: "published" as const, date: "2026-03-03", quote: "", start: 0, end: 0 };

function read(html: string, isNews = false): History & { resolves: boolean } {
  const page = parsePage("http://a.example/about", `<main>${html}</main>`);
  const ctx = contextOf(page, emptyKnowledge);
  const history = readHistory(ctx, page.blocks, subject, isNews ? { news: { announced } } : {});
  const proofs = [...history.events, ...history.grants].flatMap(({ evidence }) => evidence);
  const resolves = [...proofs, ...history.relations.map(({ evidence }) => evidence)]
    .filter(({ start, end }) => end > start)
    .every(({ start, end, quote }) => quoteOf(page.source.slice(start, end)) === quote);
  return { ...history, resolves };
}

const write = ({
  funder,
  grantee,
  amount,
  currency,
  start,
  end,
  months,
  program,
  purpose,
  on,
}: ToldGrant) =>
  [
    `${funder ?? "?"} > ${grantee ?? "?"}`,
    amount && `${amount} ${currency}`,
    on,
    (start || end) && `${start ?? ""}..${end ?? ""}`,
    months && `${months}m`,
    program && `[${program}]`,
    purpose && `(${purpose})`,
  ]
    .filter(Boolean)
    .join(" ");

describe("grants", () => {
  const check = (html: string, ...grants: string[]) =>
    test(html, () => {
      const { grants: told, resolves } = read(html, true);
      expect(told.map(write)).toEqual(grants);
      expect(resolves).toBe(true);
    });

  check(
    "<p>The Rowan Foundation awarded a three-year, $2 million grant to the Quiet Harbor Network to train dock workers in five ports.</p>",
    "Rowan Foundation > Quiet Harbor Network 2000000 USD 36m (train dock workers in five ports)",
  );
  check(
    "<p>QHN received €500,000 from Oak Trust in 2021.</p>",
    "Oak Trust > Quiet Harbor Network 500000 EUR 2021",
  );
  check("<p>QHN hopes to receive $2 million from Oak Trust.</p>");
  check("<p>A course of the Quiet Harbor Network costs $1,200.</p>");
  check("<p>Pine College received $2 million from Oak Trust.</p>");
  check(
    "<p>The Quiet Harbor Network awarded grants to Pine College ($200,000); Oak Institute ($150,000); and the River School District ($50,000).</p>",
    "Quiet Harbor Network > Pine College 200000 USD [Quiet Harbor Network]",
    "Quiet Harbor Network > Oak Institute 150000 USD [Quiet Harbor Network]",
    "Quiet Harbor Network > River School District 50000 USD [Quiet Harbor Network]",
  );
  check(
    "<p>The Rowan Foundation has awarded $400,000 in grants to the Quiet Harbor Network.</p><ul><li>Pine College – $250,000 over two years to train welders at sea.</li><li>Oak Institute – $150,000 over 18 months to train pilots on rivers.</li></ul>",
    "Rowan Foundation > Quiet Harbor Network 400000 USD 2026-03-03",
    "Rowan Foundation > Pine College 250000 USD 2026-03-03 24m [Quiet Harbor Network] (train welders at sea)",
    "Rowan Foundation > Oak Institute 150000 USD 2026-03-03 18m [Quiet Harbor Network] (train pilots on rivers)",
  );
  check(
    "<table><tr><th>Grantee</th><th>Amount</th><th>Period</th></tr><tr><td>Pine College</td><td>$250,000</td><td>2021–2023</td></tr><tr><td>Oak Institute</td><td>$150,000</td><td>2022–2024</td></tr></table>",
    "? > Pine College 250000 USD 2021..2023 [Quiet Harbor Network]",
    "? > Oak Institute 150000 USD 2022..2024 [Quiet Harbor Network]",
  );
  check(
    "<h1>Quiet Harbor Network</h1><dl><dt>Grantee</dt><dd>Pine College</dd><dt>Funder</dt><dd>Oak Trust</dd><dt>Amount</dt><dd>$750,000</dd><dt>Date awarded</dt><dd>May 2023</dd><dt>Duration</dt><dd>24 months</dd></dl>",
    "Oak Trust > Pine College 750000 USD 2023-05 24m",
  );
});

test("durations are read in years and months", () => {
  expect(
    [
      "a three-year grant",
      "over 18 months",
      "over the next two years",
      "24 months",
      "for years",
    ].map(monthsIn),
  ).toEqual([36, 18, 24, 24, undefined]);
});

describe("timelines", () => {
  const check = (html: string, ...events: string[]) =>
    test(html, () => {
      const { events: told, resolves } = read(html);
      expect(told.map(({ kind, on }) => `${kind} ${on ?? ""}`.trim())).toEqual(events);
      expect(resolves).toBe(true);
    });

  check(
    "<h2>History</h2><ul><li>2015 – Launched with five ports.</li><li>May 2018: Renamed Open Harbor Alliance.</li><li>2021 | Expanded to nine states.</li></ul>",
    "launch 2015",
    "rename 2018-05",
    "expansion 2021",
  );
  check(
    "<dl><dt>2015</dt><dd>The network launched.</dd><dt>2019</dt><dd>QHN merged with River Youth Project.</dd></dl>",
    "launch 2015",
    "merger 2019",
  );
  check(
    "<h3>2016</h3><p>Pine College launched the network.</p><h3>2020</h3><p>We received a grant from Oak Trust.</p><h3>Contact</h3><p>QHN has expanded to five states.</p>",
    "launch 2016",
    "award 2020",
    "expansion",
  );
  check(
    "<table><tr><td>2015</td><td>Launched in March 2014 as a pilot.</td></tr><tr><td>2018</td><td>Pine College closed.</td></tr></table>",
    "launch 2014-03",
  );
  check("<ul><li>Launched</li><li>Closed</li></ul>");
  check(
    "<dl><dt>Started</dt><dd>2019</dd><dt>Updated</dt><dd>2020</dd><dt>Status</dt><dd>Ended</dd></dl>",
  );
  check("<table><tr><td>2019</td><td>Closed</td></tr><tr><td>2020</td><td>Open</td></tr></table>");
  check("<p>March 3, 2026</p><p>The network launched with five ports.</p>", "launch");
});

describe("one event of a page is told once", () => {
  test("headline and sentence are two proofs", () => {
    const { events } = read(
      "<h1>Pine College launches Quiet Harbor Network</h1><p>COLUMBUS, Ohio, March 2, 2026 – Pine College today launched the Quiet Harbor Network.</p>",
      true,
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ kind: "launch", on: "2026-03-02", dated: "told" });
    expect(events[0]!.evidence.map(({ quote }) => quote)).toContain(
      "Pine College launches Quiet Harbor Network",
    );
  });
  test("two launches of two years stay two", () => {
    expect(read("<p>QHN launched in 2015.</p><p>QHN launched in 2019.</p>").events).toHaveLength(2);
  });
});

describe("relations", () => {
  const check = (sentence: string, ...relations: string[]) =>
    test(sentence, () => {
      const { relations: told, resolves } = read(`<p>${sentence}</p>`);
      expect(told.map(({ kind, name }) => `${kind} ${name}`)).toEqual(relations);
      expect(resolves).toBe(true);
    });

  check("QHN is the successor to the Dock Skills Pilot.", "successor Dock Skills Pilot");
  check("The network grew out of the Dock Skills Pilot.", "successor Dock Skills Pilot");
  check(
    "Quiet Harbor Network replaced the Dock Skills Pilot in 2019.",
    "successor Dock Skills Pilot",
  );
  check(
    "It evolved from Dock Skills Pilot, a program of Pine College.",
    "successor Dock Skills Pilot",
  );
  check("QHN was succeeded by River Youth Project in 2022.", "predecessor River Youth Project");
  check(
    "The initiative has been replaced by the River Youth Project.",
    "predecessor River Youth Project",
  );
  check(
    "Quiet Harbor Network is part of the Open Water Coalition.",
    "part_of Open Water Coalition",
  );
  check("QHN is a project of the Rowan Institute.", "part_of Rowan Institute");
  check("The network operates under the Open Water Coalition.", "part_of Open Water Coalition");
  check("QHN is the second phase of the Dock Skills Project.", "phase_of Dock Skills Project");
  check("The pilot is phase one of the Open Water Plan.", "phase_of Open Water Plan");
  check("QHN is a member of the Open Water Coalition.", "member_of Open Water Coalition");
  check("QHN is a product of the Rowan Institute.", "product_of Rowan Institute");
  check("QHN is a free tool from Pine College.", "product_of Pine College");
  check("The network is funded by the Rowan Foundation.", "funded_by Rowan Foundation");
  check("QHN is the steward of the Harbor Skills Registry.", "steward_of Harbor Skills Registry");
  check("It grew out of a pilot called the Dock Skills Pilot.", "successor Dock Skills Pilot");
  check("QHN is not part of the Open Water Coalition.");
  check("QHN is part of a wider effort.");
  check("QHN could become the successor to the Dock Skills Pilot.");
  check("Pine College is part of the Open Water Coalition.");
  check("QHN works with Pine College, which is part of the Oak System.");
  check("QHN replaced its pumps in 2019.");
  check("If QHN is part of Open Water Coalition, it pays.");
  check("QHN is one of many.");
  check("The director is a member of the Rowan Board.");
});

describe("pages made to be slow", () => {
  test.each([
    ["one verb over and over", `Quiet Harbor Network ${"launched ".repeat(150)}`],
    ["one event over and over", "QHN ended in 2019. ".repeat(200)],
    [
      "a list of grants without an end",
      Array.from({ length: 120 }, (_, n) => `College ${n} of Pine ($${2000 + n}); `).join(""),
    ],
    ["names alone", "Quiet Harbor Network ".repeat(180)],
    ["links of clauses", `Quiet Harbor Network ${"and then ".repeat(150)}launched`],
    ["places", `QHN expanded to ${"Ohio and ".repeat(150)}`],
  ])("%s", (_what, text) => {
    const before = process.cpuUsage().user;
    const { events, grants } = read(`<p>${text}.</p>`.repeat(200), true);
    expect(process.cpuUsage().user - before).toBeLessThan(4_000_000);
    expect(events.length).toBeLessThanOrEqual(60);
    expect(grants.length).toBeLessThanOrEqual(60);
    for (const { evidence } of [...events, ...grants])
      expect(evidence.length).toBeLessThanOrEqual(12);
  });
});

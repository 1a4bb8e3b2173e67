import { emptyKnowledge } from "@waymark/domain";
import { describe, expect, test } from "vitest";
import { readDocument } from "../index.ts";

const read = async (main: string, { title = "Harbor County", path = "services/help" } = {}) => {
  const html = `<!doctype html><html lang="en"><head><title>${title}</title></head><body><main>${main}</main></body></html>`;
  const url = `https://www.harborcounty.example/${path}`;
  return readDocument({ url, bytes: Buffer.from(html), contentType: "text/html" }, emptyKnowledge);
};

const filler =
  "<p>The office on Pier Street is open from nine to five, and the phones are answered until six in the evening.</p>";

/** What a page that lists nothing tells of in passing, with where it leads. */
const check = (
  name: string,
  main: string,
  told: { name: string; url?: string; description?: string }[],
) =>
  test(name, async () => {
    const { mentions } = await read(main);
    expect(
      mentions.map(({ name, url, description }) => ({
        name,
        ...(url && { url }),
        ...(description && { description }),
      })),
    ).toEqual(told);
  });

describe("in passing", () => {
  check(
    "a page tells of what it names by a link, and where that leads",
    `<h1>Help with your taxes</h1>${filler}<p>You can prepare your return for free through <a href="https://file.example/">HarborFile</a>.</p>`,
    [
      {
        name: "HarborFile",
        url: "https://file.example/",
        description: "You can prepare your return for free through HarborFile.",
      },
    ],
  );
  check(
    "a heading names the body of which the text says what it does",
    `<h1>Commission</h1><h2>Public Safety &amp; Justice</h2><p>This committee reviews matters of the sheriff and the courts.</p>${filler}`,
    [
      {
        name: "Public Safety & Justice",
        description: "This committee reviews matters of the sheriff and the courts.",
      },
    ],
  );
  check(
    "a heading that names a part of the page names no body",
    `<h1>Commission</h1><h2>Purpose</h2><p>This committee reviews matters of the sheriff and the courts.</p>${filler}`,
    [],
  );
  check(
    "a line names the body whose mission is labelled below it",
    `<h1>Meetings</h1>${filler}<p><b>Sub-Committee on Piers and Parks</b> – Rosa Lind, chair</p><p><b>Mission:</b> to advise the county on its piers.</p><p>March 9 at nine</p>`,
    [
      {
        name: "Sub-Committee on Piers and Parks",
        description: "to advise the county on its piers.",
      },
    ],
  );
  check(
    "a line above a mission that names no body tells of none",
    `<h1>Meetings</h1>${filler}<p><b>Regular meetings in the hall</b></p><p><b>Mission:</b> to advise the county on its piers.</p>`,
    [],
  );
});

describe("a page about one thing", () => {
  test("is about its heading where the text says that it was made", async () => {
    const { mentions } = await read(
      `<h1>Gardening by the Sea</h1>${filler}<p>With the college we produced this curriculum for teachers and their classes.</p>`,
    );
    expect(mentions.map(({ name, role }) => [name, role])).toEqual([
      ["Gardening by the Sea", "detail"],
    ]);
  });
  test("is not about its heading where something else was made", async () => {
    const { mentions } = await read(
      `<h1>Gardening by the Sea</h1>${filler}<p>With the college we produced this leaflet for teachers and their classes.</p>`,
    );
    expect(mentions).toEqual([]);
  });
  const named = async (heading: string, main: string) =>
    (
      await read(`<h1>${heading}</h1>${main}`, { title: `${heading} | Harbor County` })
    ).mentions.map(({ name }) => name);
  test("is about the credential it is headed with where the text speaks of it", async () => {
    const told = (what: string) =>
      `<p>With this ${what} in crane work, students will be prepared to move what comes by sea.</p>${filler}`;
    expect(await named("Crane Work Certification", told("dual certification"))).toEqual([
      "Crane Work Certification",
    ]);
    expect(await named("Crane Work Certification", told("long experience"))).toEqual([]);
    expect(await named("Crane Work Questions", told("dual certification"))).toEqual([]);
  });
  test("may leave the last word of its name off", async () => {
    const told = (what: string) =>
      `<p>The ${what} is there to mend roofs, stairs and pipes of homes along the coast.</p>${filler}`;
    expect(await named("Harbor Mending Grant Program", told("Harbor Mending Grant"))).toEqual([
      "Harbor Mending Grant Program",
    ]);
    expect(await named("Harbor Mending Grant Program", told("Pier Mending Grant"))).toEqual([]);
  });
  test("is what its first sentence defines and its title repeats, also in capitals or behind letters", async () => {
    const defined = async (name: string, title: string) => {
      const main = `<h1>Find your way</h1><p>The ${name} helps sailors to plan their way to a first job at the coast.</p>${filler}`;
      return (await read(main, { title })).mentions.map((one) => one.name);
    };
    expect(await defined("HSK Navigator", "Free HSK Navigator")).toEqual(["HSK Navigator"]);
    expect(await defined("Harbor Way Navigator", "Harbor Way Navigator - Pier")).toEqual([
      "Harbor Way Navigator",
    ]);
    expect(await defined("Harbor Way Navigator (HWN)", "HWN for sailors")).toEqual([
      "Harbor Way Navigator",
    ]);
    expect(await defined("Lantern Way Navigator", "Harbor Ports and Piers")).toEqual([]);
  });
  const why = (sentence: string) =>
    read(`<h1>Why HarborKit?</h1><p>HarborKit makes lists of skills shorter.</p>${sentence}`, {
      title: "Why HarborKit? | HarborKit",
      path: "why-harborkit.html",
    });
  test("is its own site's where that says why it is open to all", async () => {
    const { mentions } = await why("<h4>HarborKit is 100% open source and free.</h4>");
    expect(mentions.map(({ name, role }) => [name, role])).toEqual([["HarborKit", "own"]]);
  });
  test("is a product's where it says why to buy it", async () => {
    const { mentions } = await why("<h4>HarborKit is the leading software for ports.</h4>");
    expect(mentions).toEqual([]);
  });
});

describe("a site of its own", () => {
  const home = async (main: string, name = "HarborSkills") => {
    const html = `<!doctype html><html><head><title>${name}</title></head><body><main><h1>${name}</h1>${main}</main><footer>&copy; 2026 ${name}</footer></body></html>`;
    const document = { url: "https://www.harborskills.example/", bytes: Buffer.from(html) };
    const organizations = [{ name: "HarborSkills", aliases: [] }];
    const { mentions } = await readDocument(document, { ...emptyKnowledge, organizations });
    return mentions.map((one) => [one.role, one.name, one.leadOrganization]);
  };
  const facts = (lead: string) =>
    `<p>At ${lead === "HarborSkills" ? "the port" : "HarborSkills"} we help workers to show what they know.</p><ul><li><b>Lead organization:</b> ${lead}</li><li><b>Funders:</b> Rowan Foundation</li></ul>`;
  test("is an effort's where a label says who else leads it, though it pays for others", async () => {
    expect(await home(facts("Pier College"))).toEqual([["own", "HarborSkills", "Pier College"]]);
  });
  test("is an organization's where it leads what it tells of, or lists what others lead", async () => {
    expect(await home(facts("HarborSkills"))).toEqual([]);
    expect(
      (await home(facts("Pier College") + facts("Dock College"))).map(([role]) => role),
    ).not.toContain("own");
  });
  test("bears the name that its heading and its foot agree on", async () => {
    expect(await home(facts("Pier College"), "All Boats Welcome")).toEqual([
      ["own", "All Boats Welcome", "Pier College"],
    ]);
  });
});

import { buildGazetteer, findOrganizations } from "@waymark/normalize";
import { cpuSeconds } from "./cpu-time.ts";
import type { Figure } from "./figure.ts";

/** A text of this many characters is searched, in paragraphs. */
const textLength = 1_000_000;
const paragraphLength = 800;

/** How fast a catalog's organizations are found in running text, however many it knows. */
export function benchOrganizations(names: number): Figure[] {
  const pick = picker(7);
  const organizations = Array.from({ length: names }, (_one, number) => ({
    name: nameOf(number, pick),
    aliases: [],
  }));
  const paragraphs: string[] = [];
  let planted = 0;
  for (let length = 0; length < textLength; length += paragraphLength) {
    const { name } = organizations[pick(names)]!;
    planted++;
    paragraphs.push(`${filler.slice(0, paragraphLength - name.length - 30)} paid by ${name}.`);
  }
  const began = cpuSeconds();
  const gazetteer = buildGazetteer(organizations);
  const built = cpuSeconds();
  const found = paragraphs.flatMap((text) =>
    findOrganizations(text, gazetteer).filter(({ known }) => known),
  ).length;
  const searched = cpuSeconds();
  const figure = (name: string, value: number, unit: string): Figure => ({
    ...{ bench: "organizations", figure: name, value, unit },
    data: `${names} names`,
  });
  return [
    figure("indexed", Math.round((built - began) * 1000), "CPU ms"),
    figure("searched", Math.round((searched - built) * 1000), "CPU ms a million characters"),
    figure("found", found / planted, `share of ${planted}`),
  ];
}

const words =
  "Amber Birch Cedar Delta Ember Fern Grove Harbor Iris Juniper Kestrel Lark Maple North Oak Pine Quill River".split(
    " ",
  );
const kinds = ["Foundation", "Institute", "Association", "Council", "Network", "Community College"];

/** Names begin alike, as those of universities and departments do. */
function nameOf(number: number, pick: (below: number) => number): string {
  const own = `${words[pick(words.length)]} ${words[pick(words.length)]} ${words[pick(words.length)]}${number}`;
  const kind = kinds[pick(kinds.length)]!;
  return [`University of ${own}`, `American ${kind} of ${own}`, `${own} ${kind}`][number % 3]!;
}

const filler =
  "The program helps adults in the region to earn credentials that lead to good work; American employers of many kinds support it through University teams and Department offices while the state pays a part. ".repeat(
    6,
  );

/** The same numbers every time. */
function picker(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
}

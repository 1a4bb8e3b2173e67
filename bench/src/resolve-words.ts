import { below, type Chance } from "./mutate-page.ts";

/*
 * Words of the field's kind, made up here. Each list stands in the order of how often its words are used: the
 * n-th is drawn about 1/n as often as the first (Zipf), as in any language.
 */
const list = (words: string): readonly string[] => words.split(" ");

export const fieldWords = list(
  "Career Pathways Skills Workforce Learning Credentials College Training Education Talent Apprenticeship Community Jobs Adult Future Opportunity Work Student Digital Youth Success Regional Transfer Technical Access Completion Advanced Manufacturing Health Credit Prior Badges Employer Rural Connect Data Records Bridge Ready Industry Mobility Quality Equity Innovation Transition Upskilling Degree Scholars Research Technology Energy Construction Logistics Hospitality Teacher Nursing Childcare Cyber Agriculture Tribal Veterans Reentry Language Literacy Numeracy Coaching Mentoring Internship Placement Portfolio Assessment Standards Registry Stackable Microcredential Earnings Outcomes Transcript Exchange Navigator Aid",
);
export const kindWords = list(
  "Initiative Program Network Project Alliance Partnership Collaborative Academy Consortium Coalition Fund Center Hub Institute Council Pilot Campaign Framework Challenge Lab",
);
const groupWords = list(
  "Adults Veterans Parents Newcomers Apprentices Teachers Nurses Workers Graduates Immigrants Youth Farmers Builders Drivers Caregivers Welders Coders Returners",
);
export const stateNames: readonly [code: string, name: string][] = [
  ...([
    ["CA", "California"],
    ["TX", "Texas"],
    ["NY", "New York"],
    ["FL", "Florida"],
  ] as const),
  ...([
    ["OH", "Ohio"],
    ["IL", "Illinois"],
    ["PA", "Pennsylvania"],
    ["GA", "Georgia"],
  ] as const),
  ...([
    ["NC", "North Carolina"],
    ["MI", "Michigan"],
    ["CO", "Colorado"],
    ["IN", "Indiana"],
  ] as const),
  ...([
    ["TN", "Tennessee"],
    ["MN", "Minnesota"],
    ["KY", "Kentucky"],
    ["OR", "Oregon"],
  ] as const),
  ...([
    ["AL", "Alabama"],
    ["IA", "Iowa"],
    ["MS", "Mississippi"],
    ["UT", "Utah"],
  ] as const),
  ...([
    ["NE", "Nebraska"],
    ["ME", "Maine"],
    ["ID", "Idaho"],
    ["VT", "Vermont"],
  ] as const),
].map(([code, name]) => [code, name]);
const bodyKinds = list(
  "College University Foundation Council Institute Department Association Board Trust Agency Network Chamber",
);

/**
 * A place in a list, the first places most often: the n-th about 1/n as often as the first, or, where the
 * head is flat (Mandelbrot), 1/(n + flat).
 */
export const zipf = (length: number, chance: Chance, flat = 1): number =>
  Math.min(length - 1, Math.floor(flat * ((length + flat) / flat) ** chance() - flat));

export const drawn = <T>(words: readonly T[], chance: Chance): T =>
  words[zipf(words.length, chance)]!;

/** One of a few, each as often. */
export const oneOf = <T>(some: readonly T[], chance: Chance): T =>
  some[below(some.length, chance)]!;

export const maybe = (share: number, chance: Chance): boolean => chance() < share;

export const groupWord = (chance: Chance): string => drawn(groupWords, chance);
export const bodyKind = (number: number): string => bodyKinds[(number * 7) % bodyKinds.length]!;

const onsets = list("b br c ch d dr f fl g gr h j k l m n p pr qu r s st t tr v w y z");
const vowels = list("a e i o u ai ea ou");
const codas = list("n l r s th nd rk lm x ck m t");
const endings = list("ton ford ville dale port field wick mere by ley stone brook ham mont");

const parts = [onsets, vowels, codas, vowels, endings];
const distinctNames = parts.reduce((product, part) => product * part.length, 1);

/** The name of a place or person: always the same for a number, neighbours not alike, no two the same. */
export function properName(number: number): string {
  // A prime that divides no list's length, so that every number has a name of its own.
  let rest = (number * 48_271) % distinctNames;
  const syllables = parts.map((part) => {
    const syllable = part[rest % part.length]!;
    rest = Math.floor(rest / part.length);
    return syllable;
  });
  const name = syllables.join("") + "a".repeat(Math.floor(number / distinctNames));
  return name[0]!.toUpperCase() + name.slice(1);
}

/** How many names of places and persons a catalog of that size uses: it grows as a vocabulary does (Heaps). */
export const properNamesOf = (entries: number): number => Math.ceil(40 * entries ** 0.6);

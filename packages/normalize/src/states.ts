import { matchesOf } from "./matches.ts";

/** The states, the District of Columbia and the territories of the United States by their codes. */
const stateNames: Readonly<Record<string, string>> = {
  AL: "Alabama",
  AK: "Alaska",
  AZ: "Arizona",
  AR: "Arkansas",
  CA: "California",
  CO: "Colorado",
  CT: "Connecticut",
  DE: "Delaware",
  DC: "District of Columbia",
  FL: "Florida",
  GA: "Georgia",
  HI: "Hawaii",
  ID: "Idaho",
  IL: "Illinois",
  IN: "Indiana",
  IA: "Iowa",
  KS: "Kansas",
  KY: "Kentucky",
  LA: "Louisiana",
  ME: "Maine",
  MD: "Maryland",
  MA: "Massachusetts",
  MI: "Michigan",
  MN: "Minnesota",
  MS: "Mississippi",
  MO: "Missouri",
  MT: "Montana",
  NE: "Nebraska",
  NV: "Nevada",
  NH: "New Hampshire",
  NJ: "New Jersey",
  NM: "New Mexico",
  NY: "New York",
  NC: "North Carolina",
  ND: "North Dakota",
  OH: "Ohio",
  OK: "Oklahoma",
  OR: "Oregon",
  PA: "Pennsylvania",
  RI: "Rhode Island",
  SC: "South Carolina",
  SD: "South Dakota",
  TN: "Tennessee",
  TX: "Texas",
  UT: "Utah",
  VT: "Vermont",
  VA: "Virginia",
  WA: "Washington",
  WV: "West Virginia",
  WI: "Wisconsin",
  WY: "Wyoming",
  AS: "American Samoa",
  GU: "Guam",
  MP: "Northern Mariana Islands",
  PR: "Puerto Rico",
  VI: "U.S. Virgin Islands",
};

const codesByName = new Map<string, string>([
  ...Object.entries(stateNames).map(([code, name]) => [name.toLowerCase(), code] as const),
  ["washington state", "WA"],
  ["washington, d.c.", "DC"],
  ["washington, dc", "DC"],
  ["washington dc", "DC"],
  ["washington d.c.", "DC"],
  ["d.c.", "DC"],
  ["virgin islands", "VI"],
  ["us virgin islands", "VI"],
  ["hawai'i", "HI"],
  ["hawai\u02bbi", "HI"],
]);

/** Whether a state's name may begin with this word: a cheap question before the names are tried. */
export const mayBeginState = (word: string): boolean =>
  stateBeginnings.has(word.toLowerCase().replace(/[^a-z]/g, ""));

const stateBeginnings: ReadonlySet<string> = new Set(
  ["the", "state", "commonwealth", ...codesByName.keys()].map((name) =>
    name.split(" ")[0]!.replace(/[^a-z]/g, ""),
  ),
);

/** A state in a text; `address` when it closes a postal address, which says where mail goes. */
export type FoundState = {
  code: string;
  start: number;
  end: number;
  quote: string;
  address?: true;
};

/** The name of a state by its code. */
export const stateName = (code: string): string | undefined => stateNames[code];

/** The code of a state written in any usual way: "Ohio", "OH", "State of Ohio", "Washington, D.C.". */
export function stateCode(nameOrCode: string): string | undefined {
  const text = nameOrCode.replace(/\s+/g, " ").trim().replace(/[;,]$/, "");
  if (/^[A-Za-z]{2}$/.test(text) && stateNames[text.toUpperCase()]) return text.toUpperCase();
  const plain = text
    .toLowerCase()
    .replace(/^the /, "")
    .replace(/^(state|commonwealth) of /, "");
  return codesByName.get(plain) ?? codesByName.get(plain.replace(/\.$/, ""));
}

/**
 * States named in a text. A name that is part of a longer name ("Ohio State University", "University of
 * Texas") is none, a bare "Washington" is one only among other states, and two-letter codes count only in
 * lists of them, in addresses or behind a town, since IN, OR and ME are words too. "Nationwide", "all 50 states" and
 * "New England" name no state, and none is made of them.
 */
export function findStates(text: string): FoundState[] {
  const named = findNames(text);
  const coded = findCodes(text);
  const all = [...named, ...coded].sort((a, b) => a.start - b.start);
  if (all.length > 1 || stateCode(text)) return all;
  return all.filter((state) => state.code !== "WA" || !isBareWashington(text, state));
}

const namePattern = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:Washington,? D\.?C\.?(?![\p{L}\p{N}])|Hawai[\u02bb'\u2019]i|` +
    Object.values(stateNames)
      .map((name) => name.replace(/^U\.S\. /, "(?:U\\.?S\\.? )?"))
      .sort((a, b) => b.length - a.length)
      .join("|") +
    String.raw`)(?![\p{L}\p{N}])`,
  "gu",
);

/** Words that may follow a place's name without making another name of it. */
export const mayFollow =
  /^(?:'s|\u2019s|\s*[,;.:)\]|/\u00b7\u2022&\u2013\u2014-]|\s+(?:\p{Ll}|\d|\(|$)|\s+(?:State|Statewide)\b(?!\s+\p{Lu}\p{Ll})|\s*$)/u;

/** What is named after a place is not that place. */
export const namedAfter =
  /(?:University|College|Bank|Institute|Museum|Port|Gulf|Museums|Universities|Diocese|Society|Association|Board|Council|Department) (?:of|for|in) (?:the )?$/;

function findNames(text: string): FoundState[] {
  const found: FoundState[] = [];
  for (const match of matchesOf(text, namePattern)) {
    const start = match.index;
    const end = start + match[0].length;
    const before = text.slice(Math.max(0, start - 40), start);
    const after = text.slice(end, end + 40);
    if (namedAfter.test(before) || isSecondWord(before, found.at(-1)?.end === start - 1)) continue;
    if (!mayFollow.test(after) && !isStateList(after)) continue;
    if (/^ (?:City|Times|County)\b/.test(after) || /\bBritish $/.test(before)) continue;
    if (match[0] === "Georgia" && isTheCountry(text, start, end)) continue;
    const code = match[0].startsWith("Hawai") ? "HI" : stateCode(match[0]);
    if (!code) continue;
    const address = /^,? \d{5}(?:-\d{4})?\b/.test(after) ? { address: true as const } : {};
    found.push({ code, start, end, quote: match[0], ...address });
  }
  return found;
}

/** "Greater Ohio", "Advance Texas": a capital word before makes another name of it, unless it is a state. */
export const isSecondWord = (before: string, followsState: boolean): boolean =>
  !followsState && /\p{Lu}[\p{L}-]{0,40} $/u.test(before.replace(placeWord, ""));

const placeWord =
  /(?:^|(?<=\s))(?:States?|Commonwealth|In|Across|From|Of|And|Or|To|At|On|For|With|Within|Outside|Beyond|Including|Both|Like|While|When|Where|Since|Today|Currently|Western|Eastern|Northern|Southern|Central|Rural|Urban|Upstate|Serving|Throughout) $/;

/** "Ohio Oregon Texas": names that follow one another without a comma, as cells and lines do. */
const isStateList = (after: string): boolean => {
  namePattern.lastIndex = 0;
  const match = namePattern.exec(after);
  namePattern.lastIndex = 0;
  return match !== null && match.index <= 1;
};

/** Its capital, its neighbors or its full name say that the country is meant. */
export const isTheCountry = (text: string, start: number, end: number): boolean =>
  /(?:Tbilisi, |Batumi, |Republic of )$/.test(text.slice(0, start)) ||
  (/(?:Armenia|Azerbaijan|Ukraine|Moldova|Kazakhstan)/.test(text) &&
    !/^ (?:[Ss]tate|[Tt]ech)/.test(text.slice(end)));

const isBareWashington = (text: string, { start, end, quote }: FoundState): boolean =>
  quote === "Washington" &&
  !/^ [Ss]tate\b/.test(text.slice(end)) &&
  // The capital has no east and west, and stands behind no town's comma.
  !/(?:[Ss]tate of |(?:[Ee]ast|[Ww]est|[Nn]orth|[Ss]outh)ern |[Cc]entral |\p{Lu}\p{Ll}+, )$/u.test(
    text.slice(0, start),
  );

const code = `(?:${Object.keys(stateNames).join("|")})`;
const codeList = new RegExp(
  String.raw`(?<![\p{L}\p{N}.])${code}(?:(?:\s*[,;/|\u00b7\u2022]\s*|\s+(?:and|&)\s+)(?:and |& |or )?${code})+(?![\p{L}\p{N}])`,
  "gu",
);
const addressCode = new RegExp(
  String.raw`(?<=\p{Ll}\.?,? )${code}(?=,? \d{5}(?:-\d{4})?(?!\d))`,
  "gu",
);

/** Codes that are words, and codes that stand behind people's names; a town before them does not tell them apart. */
const wordCode = /^(?:IN|OR|ME|OK|HI|OH|AS)$/;
const degreeCode = /^(?:MA|MD|MS|PA|ME|CO|DC|AL|DE)$/;

/** "Dayton, OH" behind a town, also "Dayton, OH;" in a list; a person's degree stands there too. */
const townCode = new RegExp(String.raw`(?<=\p{Lu}[\p{Ll}.'-]+, )${code}(?![\p{L}\p{N}])`, "gu");

const shortNames: Readonly<Record<string, string>> = {
  ...{ Ala: "AL", Ariz: "AZ", Ark: "AR", Calif: "CA", Colo: "CO", Conn: "CT", Del: "DE" },
  ...{ Fla: "FL", Ga: "GA", Ill: "IL", Ind: "IN", Kan: "KS", Ky: "KY", La: "LA", Md: "MD" },
  ...{ Mass: "MA", Mich: "MI", Minn: "MN", Miss: "MS", Mo: "MO", Mont: "MT", Neb: "NE" },
  ...{ Nev: "NV", "N.H": "NH", "N.J": "NJ", "N.M": "NM", "N.Y": "NY", "N.C": "NC", "N.D": "ND" },
  ...{ Okla: "OK", Ore: "OR", Pa: "PA", "R.I": "RI", "S.C": "SC", "S.D": "SD", Tenn: "TN" },
  ...{ Vt: "VT", Va: "VA", Wash: "WA", "W.Va": "WV", Wis: "WI", Wyo: "WY" },
};
/** "Olympia, Wash." as newspapers write it. */
const townShortName = new RegExp(
  String.raw`(?<=\p{Lu}[\p{Ll}.'-]+, )(${Object.keys(shortNames)
    .map((name) => name.replace(".", "\\."))
    .join("|")})\.`,
  "gu",
);

function findCodes(text: string): FoundState[] {
  const whole = text.trim();
  if (/^[A-Z]{2}$/.test(whole) && stateNames[whole]) {
    const start = text.indexOf(whole);
    return [{ code: whole, start, end: start + 2, quote: whole }];
  }
  const found: FoundState[] = [];
  const add = (code: string, start: number, quote: string, address?: true) => {
    if (!found.some((one) => one.start === start))
      found.push({ code, start, end: start + quote.length, quote, ...(address && { address }) });
  };
  for (const match of matchesOf(text, addressCode)) add(match[0], match.index, match[0], true);
  for (const list of matchesOf(text, codeList)) {
    const codes = [...list[0].matchAll(/[A-Z]{2}/g)];
    // "OK, HI" and "IN, OR" are words until others stand with them.
    const isList = list[0] === whole || codes.some(([one]) => !wordCode.test(one));
    if (!isList) continue;
    for (const match of codes) add(match[0], list.index + match.index, match[0]);
  }
  for (const match of matchesOf(text, townCode))
    if (!degreeCode.test(match[0])) add(match[0], match.index, match[0]);
  for (const match of matchesOf(text, townShortName))
    add(shortNames[match[1]!]!, match.index, match[0]);
  return found;
}

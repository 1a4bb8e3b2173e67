import { remember } from "@waymark/normalize";

/** What a label's value is, whatever words a site puts in front of it. */
export type LabelMeaning =
  | "name"
  | "description"
  | "lead"
  | "grantee"
  | "funders"
  | "partners"
  | "states"
  | "start"
  | "end"
  | "period"
  | "status"
  | "aliases"
  | "website"
  | "topics"
  | "kind"
  | "amount"
  | "awarded"
  | "duration"
  | "updated"
  | "contact";

const organizationNoun =
  "(?:organi[sz]ations?|agenc(?:y|ies)|entit(?:y|ies)|institutions?|partners?|sponsors?|bod(?:y|ies)|departments?)";
const effortNoun =
  "(?:program(?:me)?|project|initiative|effort|grant|award|network|partnership|fund|work)";

/** Written out once; every entry is matched against the whole label in small letters. */
const meanings: readonly { meaning: LabelMeaning; words: string }[] = [
  {
    meaning: "lead",
    words: `(?:lead|leading|host|home|parent|sponsoring|managing|administering|implementing|convening|coordinating|operating|responsible|backbone)(?:ing)? ${organizationNoun}|lead(?: partners?)?|led by|leads?|leadership organization|managed by|administered by|administrators?|operated by|operators?|run by|stewards?|stewarded by|steward organization|coordinated by|coordinators?|convened by|conveners?|convenors?|hosted by|hosts?|housed at|owned by|owners?|implemented by|organi[sz]ed by|organi[sz]er|developed by|provided by|offered by|initiative lead|project lead organization|overseen by|(?:organi[sz]ation|agency)(?: name)?|fiscal (?:agent|sponsor)|backbone|anchor organi[sz]ation|maintained by|published by`,
  },
  {
    meaning: "grantee",
    words:
      "grantees?|grant recipients?|recipients?|awardees?|awarded to|grantee(?: organi[sz]ation| name)|recipient organi[sz]ation",
  },
  {
    meaning: "funders",
    words:
      "funders?|funded by|funding(?: (?:sources?|partners?|organi[sz]ations?|provided by|from|by))?|(?:with |financial |generous )?support(?:ed)?(?: (?:by|from|provided by))?|our (?:funders|supporters)|supporters|with (?:generous |financial )?(?:support|funding) from|sponsors?|sponsored by|made possible by|grantmakers?|grantors?|donors?|investors?|philanthropic partners?|source of funds?|underwritten by|financed by|funder organi[sz]ations?|backers?",
  },
  {
    meaning: "partners",
    words:
      "(?:our |key |project |program |initiative |strategic |national |founding |core |community |participating |collaborating )?partners?|partner(?:ing)? organi[sz]ations?|(?:collaborating|participating|member|partner) (?:organi[sz]ations|institutions|colleges|agencies)|in partnership with|partnerships? with|in collaboration with|collaborators?|collaborating organi[sz]ations|partnering with|working with|together with|our collaborators|partner institutions|participating organi[sz]ations",
  },
  {
    meaning: "states",
    words:
      "states?(?: (?:served|involved|covered|of operation))?|participating states?|partner states?|pilot states?|member states?|geograph(?:y|ies|ic (?:focus|area|scope|reach))|where (?:we|it|they) works?|where it operates|locations?|regions?(?: served)?|service areas?|areas? served|states? and territories|place|places|coverage|reach|footprint",
  },
  {
    meaning: "period",
    words: `(?:${effortNoun} |performance |funding )?(?:period|term|dates|timeline|timeframe|time frame|years|schedule)|years? active|years?|period of (?:performance|grant|award|project)|active|runs|running`,
  },
  {
    meaning: "start",
    words: `(?:${effortNoun} )?(?:start(?:ed|s)?|begins?|began|launch(?:ed|es)?|inception|founded|established|est|created|since|formed|opened|initiated|adopted|introduced|enacted|operational)(?: (?:date|year|in|on|since))?|date (?:started|launched|established|founded|of launch)|year (?:started|launched|established|founded|of launch)|active since|running since|from`,
  },
  {
    meaning: "end",
    words: `(?:${effortNoun} |grant |award |funding )?(?:end(?:s|ed|ing)?|completion|completed|conclu(?:des|ded|sion)|clos(?:es|ed|ing)|expires?|expiration|sunset|until|through|thru)(?: (?:date|year|in|on))?|(?:${effortNoun} )?(?:funded|funding|active|runs?|running|extended|continues|continuing|lasts) (?:to|through|until|till|ends)|extension|date ended|until|(?:planned|expected|scheduled|projected|anticipated) (?:end|completion|close)(?: date)?`,
  },
  {
    meaning: "status",
    words: `(?:${effortNoun} )?(?:status|stage|phase)|current status|state of the project`,
  },
  {
    meaning: "aliases",
    words: String.raw`also known as|a\.?k\.?a\.?|other names?|alternative names?|alternate names?|formerly(?: known as)?|former names?|previously(?: known as)?|previous names?|aliases|known as|abbreviation|acronym|short name|alternative terms?`,
  },
  {
    meaning: "website",
    words: `${effortNoun} page|(?:${effortNoun} |official )?(?:web ?site|web page|home ?page|url|link|links?|web|site|web address)|learn more at|visit(?: (?:website|site))?|more information`,
  },
  {
    meaning: "topics",
    words:
      "topics?|subjects?|focus(?: areas?)?|areas? of focus|themes?|tags?|keywords?|issue areas?|program areas?|building blocks?|categor(?:y|ies)|strateg(?:y|ies)",
  },
  { meaning: "kind", words: `types?|kind|(?:${effortNoun} )type` },
  {
    meaning: "amount",
    words:
      "(?:grant |award |total |funding |grant award )?(?:amount|awarded amount|value|sum|size)(?: awarded)?|total(?: award| funding)?|budget|investment",
  },
  {
    meaning: "awarded",
    words:
      "(?:date |year )?awarded|(?:award|grant|approval) (?:date|year)|date (?:of )?(?:award|approved|granted)|approved|year awarded|fiscal year",
  },
  {
    meaning: "duration",
    words: String.raw`duration|length|(?:grant|award|project) (?:duration|length)|term \(months\)|months`,
  },
  {
    meaning: "updated",
    words:
      "(?:page )?last (?:updated|modified|reviewed|revised|edited)|updated(?: on)?|modified|revised|date modified",
  },
  {
    meaning: "contact",
    words:
      "contacts?|contact (?:person|information|us|info|name|e?mail)|phone|telephone|e-?mail|address|questions",
  },
  {
    meaning: "description",
    words: `descriptions?|purpose|summary|overview|about|what it does|abstract|goals?|mission|details|about (?:the )?${effortNoun}|${effortNoun} (?:description|summary|overview)|grant purpose|objective`,
  },
  {
    meaning: "name",
    words: `(?:${effortNoun} )?(?:names?|title)|${effortNoun}s?|programs? and initiatives?|initiative name|platform|campaign|coalition|alliance`,
  },
];

const labelOf = (words: string): RegExp => new RegExp(`^(?:${words})$`);

const byMeaning = meanings.map(({ meaning, words }) => ({ meaning, pattern: labelOf(words) }));

/** Most lines are no label: one look for all of them answers for those. */
const anyLabel = labelOf(meanings.map(({ words }) => words).join("|"));

/** What a label means, or undefined when it is not a label we know. */
export const meaningOf = (label: string): LabelMeaning | undefined =>
  label.length > 48 ? undefined : meaningOfShort(label);

/** What the label of a line means: what stands before its colon, or else the whole of it. */
export function meaningOfLine(line: string): LabelMeaning | undefined {
  const colon = line.indexOf(":");
  return meaningOf(colon >= 2 && colon <= 40 ? line.slice(0, colon) : line);
}

/** Every short line is asked what it means, and by several readers in turn. */
const meaningOfShort = remember((label: string): LabelMeaning | undefined => {
  const plain = (adorned.test(label) ? withoutAdornment(label) : label).toLowerCase();
  return anyLabel.test(plain)
    ? byMeaning.find(({ pattern }) => pattern.test(plain))?.meaning
    : undefined;
}, 5000);

const adorned = /\(s\)|[^\S ]| {2}|[ :\u2013\u2014.-]$|^[ \u2022\u00b7*-]/;
const withoutAdornment = (label: string): string =>
  label
    .replace(/\(s\)/g, "s")
    .replace(/(?<![\s:\u2013\u2014.-])[\s:\u2013\u2014.-]+$/, "")
    .replace(/^[\s\u2022\u00b7*-]+/, "")
    .replace(/\s+/g, " ");

/** What is only said of efforts, and not of whatever else a page may list. */
export const effortMeanings = [
  "lead",
  "funders",
  "partners",
  "start",
  "end",
  "period",
  "states",
  "amount",
] as const satisfies readonly LabelMeaning[];

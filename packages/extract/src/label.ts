import { type Element, isTag } from "domhandler";
import type { Stretch } from "./finding.ts";
import { whole, within } from "./finding.ts";
import type { Block, Page } from "./page.ts";

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

/** A label with the values it stands before. */
export type LabelledValue = { meaning: LabelMeaning; label: Block; values: Stretch[] };

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
    words: `(?:${effortNoun} |official )?(?:web ?site|web page|home ?page|url|link|links?|web|site|web address)|learn more at|visit(?: (?:website|site))?|more information`,
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

const byMeaning = meanings.map(({ meaning, words }) => ({
  meaning,
  pattern: new RegExp(`^(?:${words})$`, "i"),
}));
const known = new Map<string, LabelMeaning | undefined>();

/** What a label means, or undefined when it is not a label we know. */
export function meaningOf(label: string): LabelMeaning | undefined {
  if (label.length > 48) return undefined;
  const plain = label
    .replace(/\(s\)/g, "s")
    .replace(/(?<![\s:\u2013\u2014.-])[\s:\u2013\u2014.-]+$/, "")
    .replace(/^[\s\u2022\u00b7*-]+/, "")
    .replace(/\s+/g, " ")
    .toLowerCase();
  if (plain === "") return undefined;
  if (!known.has(plain)) {
    const meaning = byMeaning.find(({ pattern }) => pattern.test(plain))?.meaning;
    if (known.size > 5000) known.clear();
    known.set(plain, meaning);
  }
  return known.get(plain);
}

/**
 * Labels and their values among some blocks, in order: "Label: value" in one line, a label in a cell,
 * term, line or heading of its own with the value after it. The blocks that labels and values take up
 * come back too, so that nobody reads them as prose.
 */
export function findLabelled(
  page: Page,
  blocks: readonly Block[],
): { labelled: LabelledValue[]; used: Set<Block> } {
  const labelled: LabelledValue[] = [];
  const used = new Set<Block>();
  const inScope = new Set(blocks);
  for (const block of blocks) {
    if (used.has(block)) continue;
    const inline = readInline(block);
    const apart = inline.length > 0 ? undefined : readApart(page, block, inScope, used);
    // Labels that follow a sentence leave the sentence to be read as prose.
    if (inline.length === 0 && !apart) labelled.push(...labelsInProse(block));
    for (const found of apart ? [apart] : inline) {
      labelled.push(found);
      used.add(block);
      for (const value of found.values) used.add(value.of as Block);
    }
  }
  return { labelled, used };
}

/** "Lead organization: X", "Steward........ X", "<b>Partners</b> X" in one line, also several of them. */
function readInline(block: Block): LabelledValue[] {
  const { text } = block;
  const cut = /^([^:.]{2,48}?)\s*(?::|\.{3,}|\u2026+)\s*(?=\S)/.exec(text) ?? boldLead(block);
  const meaning = cut && meaningOf(cut[1]!);
  if (!cut || !meaning || meaning === "name") return [];
  const labels = [{ meaning, from: 0, to: cut[0].length }, ...laterLabels(text, cut[0].length)];
  return labels.map(({ meaning, to }, index) => {
    const end = endOfValue(block, to, labels[index + 1]?.from ?? text.length);
    return { meaning, label: block, values: [within(whole(block), to, end)] };
  });
}

/** Labels that stand behind a sentence: "Short courses for adults. Lead organization: X. Site: Y". */
function labelsInProse(block: Block): LabelledValue[] {
  if (block.level > 0 || !block.text.includes(": ")) return [];
  const labels = laterLabels(block.text, 1).filter(
    ({ from, meaning }) =>
      proseLabels.has(meaning) && /[.;)\]]\s+$/.test(block.text.slice(0, from)),
  );
  return labels.map(({ meaning, to }, index) => {
    const value = block.text.slice(to, labels[index + 1]?.from);
    const end =
      /(?<!\b(?:\p{Lu}|Inc|St|Co|Corp))\.(?=\s+\p{Lu}|$)/u.exec(value)?.index ?? value.length;
    return { meaning, label: block, values: [within(whole(block), to, to + end)] };
  });
}

const proseLabels: ReadonlySet<LabelMeaning> = new Set([
  "lead",
  "grantee",
  "funders",
  "partners",
  "states",
  "start",
  "end",
  "period",
  "website",
] as const);

/** Further labels in the same line: "Amount: $2 million Awarded: May 2023". */
function laterLabels(
  text: string,
  from: number,
): { meaning: LabelMeaning; from: number; to: number }[] {
  const found: { meaning: LabelMeaning; from: number; to: number }[] = [];
  for (const match of text.matchAll(
    /(?<=[\s|\u00b7\u2022;,.)]|\p{Ll}(?=\p{Lu}))(\p{Lu}\p{Ll}+(?:\s[\p{Ll}&]+){0,3}):\s+/gu,
  )) {
    const meaning = match.index >= from ? meaningOf(match[1]!) : undefined;
    if (meaning) found.push({ meaning, from: match.index, to: match.index + match[0].length });
  }
  return found;
}

/** A value ends before a link such as "Details" that only leads on. */
function endOfValue(block: Block, from: number, to: number): number {
  const more = block.spans.find(
    ({ kind, from: start, to: end }) =>
      kind === "link" &&
      start > from &&
      start < to &&
      /^(?:details|(?:read|learn|see|view)\b.*|more\b.*|visit\b.*)$/i.test(
        block.text.slice(start, end).trim(),
      ),
  );
  return more ? more.from : to;
}

function boldLead({ text, spans }: Block): [string, string] | undefined {
  const bold = spans.find((span) => span.kind === "bold" && span.from === 0);
  if (!bold || bold.to >= text.length - 1) return undefined;
  const label = text.slice(0, bold.to);
  const gap = /^[\s:\u2013\u2014-]*/.exec(text.slice(bold.to))![0];
  return [label + gap, label];
}

/** A label that has its line to itself: the value stands in the next cell, term, line or list. */
function readApart(
  page: Page,
  block: Block,
  inScope: ReadonlySet<Block>,
  used: ReadonlySet<Block>,
): LabelledValue | undefined {
  const meaning = meaningOf(block.text);
  if (!meaning || meaning === "name") return undefined;
  const isHeading = block.level > 0 && block.level < 7;
  const values = isHeading ? sectionAfter(page, block) : valueAfter(page, block);
  const usable = values.filter(
    (value) => inScope.has(value) && !used.has(value) && value.place === block.place,
  );
  const isLogos = usable.length === 0 && (meaning === "partners" || meaning === "funders");
  if (usable.length === 0 && !(isLogos && hasLogosBelow(page, block))) return undefined;
  return { meaning, label: block, values: usable.map(whole) };
}

/** Whether pictures stand right below a heading, in its own section. */
const hasLogosBelow = (page: Page, heading: Block): boolean =>
  page.images.some(
    ({ blockIndex, place }) => blockIndex === heading.index + 1 && place === heading.place,
  );

/** The blocks under a heading, up to the next heading or label. A section of pictures alone has none. */
function sectionAfter(page: Page, heading: Block): Block[] {
  const { parent } = heading.element;
  const isAlone = parent && isTag(parent) && page.extent(parent).to === heading.index + 1;
  if (isAlone && hasLogosBelow(page, heading)) return [];
  const values: Block[] = [];
  for (let at = heading.index + 1; at < page.blocks.length && values.length < 60; at++) {
    const block = page.blocks[at]!;
    if (block.level > 0 && (block.level <= heading.level || meaningOf(block.text))) break;
    // A line with a label of its own is told by that label, not by the heading far above it.
    if (readInline(block).length > 0 || (block.level === 7 && meaningOf(block.text))) break;
    values.push(block);
  }
  return values;
}

/** The blocks of the element that follows the label's, or the next line of the same element. */
function valueAfter(page: Page, label: Block): Block[] {
  let element = label.element;
  while (element.parent && isTag(element.parent)) {
    const { from, to } = page.extent(element.parent);
    if (from !== label.index || to !== label.index + 1) break;
    element = element.parent;
  }
  const { to } = page.extent(element);
  if (to > label.index + 1) return followingLines(page, label, to);
  for (let next = element.nextSibling; next; next = next.nextSibling) {
    if (!isTag(next)) continue;
    const extent = page.extent(next);
    if (extent.to <= extent.from) continue;
    if (next.name === "dt" || next.name === "th" || next.name === "tr") return [];
    const values = page.blocks.slice(extent.from, Math.min(extent.to, extent.from + 60));
    if (isPair(page, element)) return values;
    // What begins with a label of its own is not this label's value.
    return values[0] && (meaningOf(values[0].text) || (values[0].level > 0 && values[0].level < 7))
      ? []
      : values;
  }
  return [];
}

/** Two cells, or two boxes, that have a row to themselves: the second is the first one's value, whatever it says. */
function isPair(page: Page, { name, parent }: Element): boolean {
  if (name === "dt") return true;
  if (!parent || !isTag(parent)) return false;
  const held = parent.children.filter((child) => {
    const { from, to } = isTag(child) ? page.extent(child) : { from: 0, to: 0 };
    return to > from;
  });
  const { from, to } = page.extent(parent);
  return held.length === 2 && to - from <= 3 && (parent.name === "tr" || parent.name === "div");
}

function followingLines(page: Page, label: Block, to: number): Block[] {
  const values: Block[] = [];
  for (let at = label.index + 1; at < to && values.length < 20; at++) {
    const block = page.blocks[at]!;
    if (block.level > 0 || meaningOf(block.text) || readInline(block).length > 0) break;
    values.push(block);
  }
  return values;
}

/** Numbers from 0 to 1, the same for the same seed. */
export type Chance = () => number;

/** A page with one to six faults: in its bytes, its tags or its attributes. */
export function mutatePage(page: Uint8Array, chance: Chance): Buffer {
  // Latin-1 keeps every byte as a letter of its own.
  let html = Buffer.from(page).toString("latin1");
  for (let left = 1 + below(6, chance); left > 0; left--)
    html = mutations[below(mutations.length, chance)]!(html, chance);
  return Buffer.from(html, "latin1");
}

/** A whole number from 0 to less than a limit. */
export const below = (limit: number, chance: Chance): number => Math.floor(chance() * limit);

type Mutation = (html: string, chance: Chance) => string;

const mutations: readonly Mutation[] = [
  // Bytes
  (html, chance) => replaceAt(html, below(html.length, chance), 1, letter(below(256, chance))),
  (html, chance) => replaceAt(html, below(html.length, chance), below(400, chance), ""),
  (html, chance) => html.slice(0, below(html.length, chance)),
  (html, chance) => {
    const at = below(html.length, chance);
    return replaceAt(
      html,
      at,
      0,
      html.slice(at, at + below(2000, chance)).repeat(1 + below(9, chance)),
    );
  },
  (html, chance) =>
    replaceAt(
      html,
      below(html.length, chance),
      0,
      letter(below(256, chance)).repeat(below(5000, chance)),
    ),
  // Tags
  (html, chance) => inTag(html, chance, () => ""),
  (html, chance) => inTag(html, chance, (tag) => tag.repeat(1 + below(300, chance))),
  (html, chance) => inTag(html, chance, (tag) => tag.slice(0, -1)),
  (html, chance) =>
    inTag(html, chance, (tag) => tag.replace(/[a-z][\w-]*/i, pick(tagNames, chance))),
  (html, chance) => inTag(html, chance, (tag) => `<${pick(tagNames, chance)}>${tag}`),
  // Attributes
  (html, chance) => inTag(html, chance, (tag) => tag.replace(/["']/g, "")),
  (html, chance) => inTag(html, chance, (tag) => tag.replace(/["']/, "")),
  (html, chance) =>
    inTag(html, chance, (tag) => tag.replace(/\s[\w-]+=/, ` ${pick(attributeNames, chance)}=`)),
  (html, chance) =>
    inTag(html, chance, (tag) =>
      tag.replace(/>$/, ` ${pick(attributeNames, chance)}="${pick(values, chance)}">`),
    ),
];

const tagNames =
  "div p table tr td th li ul dl dt dd h1 h2 h6 a b svg math template script style textarea select option noscript frameset plaintext title base form main nav footer header article constructor font br img details summary".split(
    " ",
  );
const attributeNames =
  "class id href style hidden role aria-level aria-hidden itemscope itemprop itemtype datetime content property name rel type lang alt size __proto__ constructor".split(
    " ",
  );
const values = [
  "",
  "x".repeat(3000),
  "display:none",
  "javascript:alert(1)",
  "http://[::1",
  "http://a.example/%zz",
  "-1",
  "1e999",
  "2024-13-45",
  "&amp;&#0;&#x110000;&bogus;",
  "\u00ff\u00fe",
  "{{x}}",
];

const pick = (list: readonly string[], chance: Chance): string => list[below(list.length, chance)]!;
const letter = (code: number): string => String.fromCharCode(code);
const replaceAt = (text: string, at: number, length: number, by: string): string =>
  text.slice(0, at) + by + text.slice(at + length);

/** Changes the first tag behind a place taken by chance. */
function inTag(html: string, chance: Chance, change: (tag: string) => string): string {
  const from = below(html.length, chance);
  const match = /<\/?[a-z][^<>]{0,500}>/i.exec(html.slice(from, from + 5000));
  if (!match) return html;
  return replaceAt(html, from + match.index, match[0].length, change(match[0]));
}

/** Pages that no author wrote: from tags, attributes, entities, tables and nesting taken by chance. */
export const grammars: Record<string, (chance: Chance) => string> = {
  tags: (chance) =>
    pieces(chance, () => `<${chance() < 0.3 ? "/" : ""}${pick(tagNames, chance)}>${words(chance)}`),
  attributes: (chance) =>
    pieces(
      chance,
      () =>
        `<${pick(tagNames, chance)} ${pick(attributeNames, chance)}=${pick(["", '"', "'"], chance)}${pick(values, chance)}${pick(['"', "'", ""], chance)}>${words(chance)}`,
    ),
  entities: (chance) =>
    pieces(chance, () =>
      pick(
        [
          "&amp;",
          "&",
          "&#",
          `&#${below(1_200_000, chance)};`,
          "&#x0;",
          "&nbsp;",
          "&copy",
          "&notin;",
          "&;",
          words(chance),
        ],
        chance,
      ),
    ),
  tables: (chance) =>
    pieces(chance, () =>
      pick(
        [
          "<table>",
          "<tr>",
          "<td>",
          "<th>Name",
          "<th>Lead organization",
          "</table>",
          "</tr>",
          "<tbody>",
          "<caption>",
          "<td colspan=99999>",
          `<ul><li>${words(chance)}`,
          `<dl><dt>${words(chance)}<dd>`,
          `<h3>${words(chance)}</h3>`,
          words(chance),
        ],
        chance,
      ),
    ),
};

const pieces = (chance: Chance, piece: () => string): string =>
  `<!doctype html><title>Our initiatives</title><h1>Our initiatives</h1>${Array.from({ length: 50 + below(1500, chance) }, piece).join("")}`;

const phrases = [
  "Great Valley Initiative",
  "Lead organization: Big Foundation",
  "Funded by the Old Fund since 2019",
  "Ohio, Texas",
  "January 2, 2024",
  "$1,000,000",
  "It is a program that helps learners.",
  "(",
  "\u2013",
  " ",
];
const words = (chance: Chance): string =>
  Array.from({ length: below(4, chance) }, () => pick(phrases, chance)).join(" ");

import { type AST, RegExpParser } from "@eslint-community/regexpp";

/**
 * Texts on which a regular expression that backtracks takes long: for each part of it that repeats, what leads
 * up to the part, the part itself over and over, and an end that fits nothing; then words, blanks and marks
 * over and over, as hostile pages hold them.
 */
export function attackStrings(pattern: RegExp, length: number): string[] {
  const ast = new RegExpParser().parsePattern(pattern.source, undefined, undefined, {
    unicode: pattern.unicode,
    unicodeSets: pattern.unicodeSets,
  });
  const attacks: string[] = [];
  const attack = (before: string, pump: string) => {
    if (pump === "" || before.length > 1000) return;
    const pumped = pump.repeat(Math.ceil((length - before.length) / pump.length));
    for (const end of ["", "\u0000", "\nx!"]) attacks.push(before + pumped + end);
  };
  visit(ast, "", attack);
  for (const pump of common) attack("", pump);
  return attacks;
}

const common = [
  " ",
  "\n",
  "a",
  "A",
  "1",
  ".",
  ",",
  "(",
  "<",
  "-",
  "&",
  ": ",
  ", ",
  "a ",
  "a, ",
  "Ab ",
  "Ab, ",
  "Ab and ",
  "the ",
  "A. ",
  "A.",
  "AB ",
  "(AB) ",
  "2020 ",
  "1, ",
  "$1,000 ",
  "January 1, 2020 ",
  "Ab \u2013 ",
  "a-",
  "a/",
  "http://a.b/",
  "a@b.",
  "<a ",
  "<!--",
];

/** Walks a pattern with a text that matches what stands before; tells of each part that repeats. */
function visit(
  node: AST.Pattern | AST.Alternative | AST.Element,
  before: string,
  attack: (before: string, pump: string) => void,
): void {
  if ("alternatives" in node) {
    for (const alternative of node.alternatives) visit(alternative, before, attack);
  } else if (node.type === "Alternative") {
    let text = before;
    for (const element of node.elements) {
      visit(element, text, attack);
      text += sampleOf(element);
    }
  } else if (node.type === "Quantifier") {
    if (node.max > 9) for (const sample of samplesOf(node.element)) attack(before, sample);
    visit(node.element, before, attack);
  }
}

/** Shortest texts that a node matches: one for each of its alternatives. */
function samplesOf(node: AST.Element): string[] {
  if (node.type === "Group" || node.type === "CapturingGroup")
    return node.alternatives.map(({ elements }) => elements.map(sampleOf).join(""));
  if (node.type === "CharacterClass" && !node.negate)
    return [...new Set(node.elements.map((element) => characterOf(element as AST.Element)))];
  return [sampleOf(node)];
}

function sampleOf(node: AST.Element): string {
  switch (node.type) {
    case "Group":
    case "CapturingGroup":
      return samplesOf(node)[0] ?? "";
    case "Quantifier":
      return sampleOf(node.element).repeat(Math.min(Math.max(node.min, node.max > 0 ? 1 : 0), 40));
    case "Assertion":
      // What is looked ahead for is written by what follows; an edge of a word wants a blank.
      return "";
    case "Backreference":
      return "A";
    default:
      return characterOf(node);
  }
}

const characterOf = (node: AST.Element | AST.CharacterClassElement): string => {
  switch (node.type) {
    case "Character":
      return String.fromCodePoint(node.value);
    case "CharacterClassRange":
      return String.fromCodePoint(node.min.value);
    default:
      // A class, a set or a property: the first common letter that it takes.
      return (
        [..."aA1 .,-(_\u2013\u201c"].find((one) =>
          new RegExp(`^(?:${node.raw})$`, "u").test(one),
        ) ?? "a"
      );
  }
};

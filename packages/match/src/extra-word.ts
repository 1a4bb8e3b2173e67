import type { InitiativeKind, Knowledge } from "@waymark/domain";
import {
  fieldWords,
  foldName,
  genericWords,
  type Record,
  type RecordName,
  remember,
} from "@waymark/normalize";
import {
  activities,
  collectiveWords,
  genericBeside,
  isBodyWord,
  isKindWord,
  moneyWords,
  productWords,
  unionWords,
} from "./kind-words.ts";
import { weights } from "./weights.ts";
import { carries, wordWeight } from "./words.ts";

/** A word that only one of two names has, by what it does to the name. */
export type Extra = {
  word: string;
  is: "generic" | "owner" | "own-owner" | "collective" | "product" | "mark" | "other";
};

/** Two names as `sortExtras` sees them: the one with the words, the other, and what both have. */
export type NameContext = {
  name: RecordName;
  other: RecordName;
  shared: string[];
  owners: Owners;
};

/** What each of the words is that one name has and the other lacks. */
export function sortExtras(words: string[], context: NameContext): Extra[] {
  const { owners } = context;
  return words.map((word, index) => {
    const is = sortOfWord(word, words, context);
    // "Rivers Foundation's Goal": the foundation is the owner's, not a thing beside the goal.
    const [before, now] = [words[index - 1] ?? "", word].map((each) => ownerSort(each, owners));
    return { word, is: is === "collective" && before && now ? now : is };
  });
}

function sortOfWord(word: string, extras: string[], context: NameContext): Extra["is"] {
  const { name, shared, owners } = context;
  // Series, years and states are compared as such, not as words.
  if (isMark(word, name)) return "mark";
  if (isToldAnyway(word, extras, context)) return "generic";
  if (collectiveWords.has(word)) return "collective";
  if (genericWords.has(word) || genericBeside.has(word) || shared.includes(word)) return "generic";
  return ownerSort(word, owners) ?? (productWords.has(word) ? "product" : "other");
}

/** Whether a word that could tell another thing says only what the shorter name is as well. */
function isToldAnyway(word: string, extras: string[], context: NameContext): boolean {
  const { name, other, shared, owners } = context;
  const before = name.words[name.words.indexOf(word) - 1] ?? "";
  if (name.descriptive.includes(word)) {
    // "the Lantern network"; but "the Lantern registry" and "the Lantern board" may be those of Lantern.
    if (unionWords.has(word)) return true;
    if (productWords.has(word) && shared.includes(before) && isKindWord(before)) return true;
  }
  // "Lantern Summit: Light for Everybody at Work" beside "Lantern: Light for Everybody at Work".
  if (productWords.has(word) && shared.length >= 4 && headEnd(name) === word) return true;
  if (activities.has(word)) return extras.some((extra) => genericWords.has(extra));
  if (!owners.isBody && !isBodyWord(other.words.at(-1) ?? "")) return false;
  if (isBodyWord(word)) {
    // The "Harbor Network" of the Harbor Foundation is another body of it.
    return owners.isBody && other.words.every((own) => shared.includes(own) && !isBodyWord(own));
  }
  // "Rivers Foundation for Education", "Rivers Education Foundation".
  return fieldWords.has(word) && (before === "for" || extras.some(isBodyWord)) && owners.isBody;
}

/** The last word before a name's colon. */
const headEnd = ({ written }: RecordName): string | undefined =>
  written.includes(":") ? foldName(written.split(":")[0]!).split(" ").at(-1) : undefined;

function ownerSort(word: string, owners: Owners): "owner" | "own-owner" | undefined {
  if (owners.ofOther.includes(word)) return "owner";
  return owners.own.includes(word) ? "own-owner" : undefined;
}

const isMark = (word: string, name: RecordName): boolean =>
  name.years.includes(word) ||
  name.stateWords.includes(word) ||
  (name.series.length > 0 &&
    /^(phase|round|cohort|stage|version|wave|tier|volume|edition|first|second|third|fourth|fifth|ii|iii|iv|vi|vii|\d{1,2}(\.0|st|nd|rd|th)?)$/.test(
      word,
    ));

/** What the words that differ say against one effort, together. */
export function extrasCost(ofA: Extra[], ofB: Extra[], knowledge: Knowledge): number {
  const sumOf = (extras: Extra[]) =>
    extras.reduce((sum, { word, is }) => sum + extraCost(word, is, knowledge), 0);
  const collectiveOf = (extras: Extra[]) => extras.find(({ is }) => is === "collective")?.word;
  const hasOwner = (extras: Extra[]) => extras.some(({ is }) => is === "own-owner");
  let sum = sumOf(ofA) + sumOf(ofB);
  const [one, other] = [collectiveOf(ofA), collectiveOf(ofB)];
  if (one && other) {
    const { otherCollective, fundAndGrants, otherUnion, extraCollective } = weights.name;
    const arePaid = moneyWords.has(one) && moneyWords.has(other);
    const areUnions = unionWords.has(one) && unionWords.has(other);
    if (arePaid) sum += fundAndGrants - 2 * extraCollective;
    else sum += areUnions ? otherUnion - 2 * extraCollective : otherCollective;
  }
  if (hasOwner(ofA) && hasOwner(ofB)) sum += weights.name.otherOwner;
  return sum;
}

function extraCost(word: string, is: Extra["is"], knowledge: Knowledge): number {
  if (is === "mark") return 0;
  if (is === "generic") return weights.name.extraGeneric;
  if (is === "owner") return weights.name.extraOwner;
  if (is === "own-owner") return weights.name.extraOwnOwner;
  if (is === "collective") return weights.name.extraCollective;
  if (is === "product") return weights.name.extraProduct;
  return weights.name.extraOther + weights.name.extraRarity * wordWeight(word, knowledge);
}

/** Words of those who own the other record, which explain a word; and of those who own this one. */
export type Owners = {
  ofOther: readonly string[];
  own: readonly string[];
  /** One of the two is an organization that leads itself, and of the other no lead is known. */
  isBody: boolean;
};

/**
 * Whoever runs or pays for an effort is often put before its name. An owner of both explains it on either
 * side; an owner that only the record with the longer name tells of may belong to another effort.
 */
export function ownersOf(record: Record, other: Record): Owners {
  const own = ownerWords(record);
  const ofOther = ownerWords(other);
  const isBody = mayBeBody(record, other) || mayBeBody(other, record);
  if (record.lead && record.lead.key === other.lead?.key) {
    return { ofOther: [...ofOther, ...own], own: [], isBody };
  }
  return { ofOther, own, isBody };
}

/** One leads itself, and nothing says that the other is led by somebody or is another kind of thing. */
const mayBeBody = (body: Record, { lead, kind }: Record): boolean =>
  body.isItsOwnLead && lead === undefined && (kind === undefined || bodyKinds.has(kind));

const bodyKinds = new Set<InitiativeKind>(["alliance", "network", "funder"]);

const ownerWords = ({ lead, funders }: Record): readonly string[] =>
  [lead, ...funders].flatMap((owner) => (owner ? wordsOfOwner(owner.key) : []));

/** Few organizations own many efforts: their words are kept. */
const wordsOfOwner = remember((key): readonly string[] => {
  const words = key.split(" ").filter(carries);
  const initials = words.map((word) => word[0]).join("");
  return initials.length >= 2 ? [...words, initials] : words;
});

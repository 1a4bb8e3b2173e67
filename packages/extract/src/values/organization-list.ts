import {
  findDates,
  findOrganizations,
  type Gazetteer,
  knownOrganization,
  looksLikeAcronym,
  looksLikeOrganization,
  stateCode,
} from "@waymark/normalize";
import { type Stretch, within, wordsOf } from "./finding.ts";

/** An organization as a list names it, and where. */
export type ListedOrganization = { name: string; stretch: Stretch };

/**
 * Takes a list of organizations apart: at semicolons, dots and bars where there are any, else at commas
 * and the final "and", but never inside a known name, before "Inc." or in "Research and Innovation Board".
 */
export function splitOrganizations(stretch: Stretch, gazetteer: Gazetteer): ListedOrganization[] {
  const text = wordsOf(stretch);
  return cutsOf(text, gazetteer)
    .slice(0, organizationsMax)
    .map(([from, to]) => readOrganization(within(stretch, from, to), gazetteer))
    .filter((one) => one !== undefined);
}

/** No effort names more in one line. */
const organizationsMax = 500;

/** A stretch as one organization, or undefined when it does not read like a name. */
export function readOrganization(
  stretch: Stretch,
  gazetteer: Gazetteer,
): ListedOrganization | undefined {
  const text = wordsOf(stretch);
  const lead =
    /^(?:["\u201c\u2018'(]|and |& |as well as |including |the (?!\p{Lu}\S+ Group)|a |an |our (?:partners?|funders?) )*/iu.exec(
      text,
    )?.[0].length ?? 0;
  const tail =
    /(?<![.,;:"\u201d])(?:[.,;:"\u201d]|\s+(?:and others|among others|and more|et al\.?))*$/i.exec(
      text,
    )?.[0].length ?? 0;
  const keepsDot = /\b(?:Inc|Corp|Co|Ltd|[A-Z])\.$/.test(text) ? Math.max(0, tail - 1) : tail;
  const inner = within(stretch, lead, text.length - keepsDot);
  const name = wordsOf(inner).replace(/\s*\(([^()]+)\)$/, (all, inside: string) =>
    looksLikeAcronym(inside) ? "" : all,
  );
  return isOrganizationName(name) || knownOrganization(name, gazetteer)
    ? { name, stretch: inner }
    : undefined;
}

function isOrganizationName(name: string): boolean {
  if (name.length < 2 || name.length > 120) return false;
  if (!/^[\p{Lu}\d]/u.test(name) && !/^[a-z]+[A-Z]/.test(name)) return false;
  const words = name.split(/\s+/);
  if (words.length > 14) return false;
  // A sentence that ends within it; "U.S. Department of Labor" has no such end.
  if (/(?<!\b(?:\p{Lu}|Inc|St|Co|Corp|Jr|Dr))[.!?]\s+\p{Lu}\p{Ll}+\s+\p{Ll}/u.test(name))
    return false;
  if (
    /\b(?:is|are|was|were|has|have|will|would|provides?|helps?|supports?|including|which|that|who|click|our|we|you|your)\b/.test(
      name,
    )
  ) {
    return false;
  }
  if (
    /^(?:n\/?a|none|tbd|tba|various|multiple|unknown|other|others|see .*|visit .*|learn more|read more|yes|no|\d+)$/i.test(
      name,
    )
  )
    return false;
  if (isFurniture(name)) return false;
  const small = words.filter((word) => /^\p{Ll}/u.test(word) && !joining.test(word)).length;
  return small <= words.length / 3;
}

/** What stands beside lists and names nobody: a date, a number, a place alone, a word of a menu. */
function isFurniture(name: string): boolean {
  if (!/\p{L}{2}/u.test(name) || /@\S+\.|https?:|www\./.test(name)) return true;
  const bare = name.replace(/^[\W_]+|[\W_]+$/g, "");
  const isDate = findDates(bare).some(({ quote }) => bare.length - quote.length <= 10);
  const isPlace = stateCode(bare) !== undefined && !/\b(?:state|commonwealth)\b/i.test(bare);
  return isDate || isPlace || menuWord.test(bare) || timeWord.test(bare);
}

const menuWord =
  /^(?:home|about(?: us)?|contact(?: us)?|news(?:room| and events)?|events?|resources?|(?:our )?(?:partners|funders|supporters|sponsors|team|staff|work|story|mission)|menu|search|log ?in|sign (?:in|up)|subscribe|donate|give|share|print|top|next|previous|more|overview|faqs?|questions|careers|jobs|privacy.*|terms.*|copyright.*|all rights.*|follow us|newsletters?|blog|press|media|programs?|projects?|initiatives?|back(?: to .*)?|page \d+|close|skip .*|last (?:updated|modified|reviewed).*|updated.*|published.*|posted.*|today.*)$/i;
const timeWord =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december)(?:\W.*\d.*|)$/i;

const joining = /^(?:of|for|and|the|in|on|at|to|de|la|von|with|by|a)$/;

/** From–to pairs of the list's members, in order. */
function cutsOf(text: string, gazetteer: Gazetteer): [number, number][] {
  const strong =
    /\s*(?:[;|\u00b7\u2022\n\u2023\u25cf\u25aa]|\s\/\s|\s[*~]\s|,?\s+as well as\s)\s*/g;
  if (/[;|\u00b7\u2022\u25cf\u25aa]|\s[*~]\s/.test(text)) return piecesBetween(text, strong);
  // Dashes and slashes set organizations apart only where nothing else does.
  const protectedSpans = findOrganizations(text, gazetteer)
    .filter((one) => one.known)
    .map(({ start, end }) => [start, end] as const);
  const isFree = (at: number) => !protectedSpans.some(([start, end]) => at > start && at < end);
  const commas = [
    ...text.matchAll(
      /,\s+(?!(?:Inc|LLC|Ltd|Corp|Co|N\.A|L\.P|P\.C|LP|PLLC|Jr|Sr)\b)(?:and\s+|&\s+)?/g,
    ),
  ].filter((match) => isFree(match.index));
  const pieces: [number, number][] = [];
  let from = 0;
  for (const comma of commas) {
    pieces.push([from, comma.index]);
    from = comma.index + comma[0].length;
  }
  const lastComma = commas.at(-1);
  const closesWithAnd = lastComma !== undefined && /(?:and|&)\s+$/.test(lastComma[0]);
  pieces.push(
    ...(closesWithAnd
      ? [[from, text.length] as [number, number]]
      : cutAtAnd(text, from, commas.length > 0, isFree, gazetteer)),
  );
  return pieces;
}

function piecesBetween(text: string, separator: RegExp): [number, number][] {
  const pieces: [number, number][] = [];
  let from = 0;
  for (const match of text.matchAll(separator)) {
    pieces.push([from, match.index]);
    from = match.index + match[0].length;
  }
  pieces.push([from, text.length]);
  return pieces;
}

/** "A and B" may be one name or two: two where both sides can stand alone. */
function cutAtAnd(
  text: string,
  from: number,
  isList: boolean,
  isFree: (at: number) => boolean,
  gazetteer: Gazetteer,
): [number, number][] {
  const ands = [...text.slice(from).matchAll(/\s+and\s+(?:the\s+)?/g)].filter((match) =>
    isFree(from + match.index),
  );
  for (const match of ands.reverse()) {
    const at = from + match.index;
    const left = text.slice(from, at);
    const right = text.slice(at + match[0].length);
    const isKnown = (part: string) => knownOrganization(part, gazetteer) !== undefined;
    if (
      isList ||
      standsAlone(left, right, /the\s+$/.test(match[0])) ||
      isKnown(left) ||
      isKnown(right)
    )
      return [
        [from, at],
        [at + match[0].length, text.length],
      ];
  }
  return [[from, text.length]];
}

function standsAlone(left: string, right: string, isApart: boolean): boolean {
  if (!/^\p{Lu}/u.test(left) || !/^\p{Lu}/u.test(right)) return false;
  // "and the" begins a name of its own.
  if (isApart && looksLikeOrganization(left) && right.split(/\s+/).length >= 2) return true;
  const hasOpenEnd = /\b(?:of|for|on|in)\s+(?:the\s+)?(?:\p{Lu}\S*\s*){1,2}$/u.test(left);
  const rightIsNamed = looksLikeOrganization(right) || isShort(right);
  if (hasOpenEnd)
    return looksLikeOrganization(right) && looksLikeOrganization(left) && !/^\S+$/.test(left);
  if (looksLikeOrganization(left)) return rightIsNamed || right.split(/\s+/).length >= 2;
  // "Michael and Susan Rowan Foundation", "Research and Innovation Board": the left side is no name yet.
  return (
    left.split(/\s+/).length >= 2 || looksLikeAcronym(left) || (isShort(left) && isShort(right))
  );
}

const isShort = (name: string): boolean =>
  looksLikeAcronym(name) || /^\p{Lu}\p{Ll}*\p{Lu}\p{L}*$/u.test(name);

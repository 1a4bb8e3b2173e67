import { datesAgree, type Field, type FieldValue, type Knowledge } from "@waymark/domain";
import { addressKey } from "./address.ts";
import { fold, wordsOf } from "./fold.ts";

/** Whether two values of a field mean the same, however they are written. Sets compare by their members. */
export function sameValue(
  field: Field,
  one: FieldValue | undefined,
  other: FieldValue | undefined,
  knowledge?: Knowledge,
): boolean {
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other);
  if (Array.isArray(one) || Array.isArray(other)) {
    const [left, right] = [membersOf(one), membersOf(other)];
    return (
      without(field, left, right, knowledge).length === 0 &&
      without(field, right, left, knowledge).length === 0
    );
  }
  if (field === "start" || field === "end") return datesAgree(one!, other!);
  if (field === "name") return sameName(one!, other!);
  if (field === "leadOrganization") return sameOrganization(one!, other!, knowledge);
  return valueKey(field, one!, knowledge) === valueKey(field, other!, knowledge);
}

/** The form under which one value, or one member of a set, is counted and looked up. */
export function valueKey(field: Field, value: string, knowledge?: Knowledge): string {
  switch (field) {
    case "url":
      return addressKey(value);
    case "states":
      return value.trim().toUpperCase();
    case "leadOrganization":
    case "funders":
    case "partners":
      return organizationKey(value, knowledge);
    default:
      return fold(value);
  }
}

/** The members of one set that the other lacks. */
export function without(
  field: Field,
  members: string[],
  others: string[],
  knowledge?: Knowledge,
): string[] {
  const organizations = field === "funders" || field === "partners";
  return members.filter(
    (member) =>
      !others.some((other) =>
        organizations
          ? sameOrganization(member, other, knowledge)
          : valueKey(field, member) === valueKey(field, other),
      ),
  );
}

export const membersOf = (value: FieldValue | undefined): string[] =>
  Array.isArray(value) ? value : value ? [value] : [];

export const isEmpty = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || value.length === 0;

const generic = /^(?:initiative|project|program|programme|website|site|home|homepage)$/;

/** A name without article, bracketed acronym and the words that pages add or drop at will. */
const nameKey = (name: string): string => {
  const words = wordsOf(name.replace(/\([^)]*\)\s*$/, "")).filter(
    (word, n) => n > 0 || word !== "the",
  );
  const telling = words.filter((word) => !generic.test(word));
  return (telling.length ? telling : words).join(" ");
};

/**
 * Whether two names are one name: equal but for article, acronym in brackets, a generic word dropped
 * or added, or the name of a site or a tagline behind a separator. A generic word put in the place of
 * another word is a different name.
 */
export function sameName(one: string, other: string): boolean {
  if (fold(one) === fold(other)) return true;
  if (nameKey(one) === nameKey(other)) return onlyAdded(one, other) || onlyAdded(other, one);
  return (
    parts(one).some((part) => fold(part) === fold(other)) ||
    parts(other).some((part) => fold(part) === fold(one))
  );
}

// "X Program" is "X", but "X Program" is not "X Project": who writes the second has renamed the first.
const onlyAdded = (longer: string, shorter: string): boolean => {
  const held = new Set(wordsOf(longer));
  return wordsOf(shorter.replace(/\([^)]*\)/g, " ")).every(
    (word) => held.has(word) || word === "the",
  );
};

const parts = (name: string): string[] => {
  const split = name.split(/\s+[|\u2013\u2014\u00b7\u00bb:-]+\s+|:\s+/);
  return split.length > 1 ? split : [];
};

const legalForm = /^(?:inc|incorporated|llc|ltd|limited|corp|corporation|co|company)$/;

/** Whether two names are of one organization: legal form, article, known aliases and its initials folded. */
export function sameOrganization(one: string, other: string, knowledge?: Knowledge): boolean {
  return (
    organizationKey(one, knowledge) === organizationKey(other, knowledge) ||
    initialsAre(one, other) ||
    initialsAre(other, one)
  );
}

export function organizationKey(name: string, knowledge?: Knowledge): string {
  const key = plainOrganizationKey(name);
  if (!knowledge) return key;
  return preferred(knowledge).get(key) ?? key;
}

const plainOrganizationKey = (name: string): string => {
  const words = wordsOf(name.replace(/\([^)]*\)\s*$/, "")).filter(
    (word, n) => n > 0 || word !== "the",
  );
  while (words.length > 1 && legalForm.test(words.at(-1)!)) words.pop();
  return words.join(" ");
};

// Built once per version of what is known; the row itself never changes.
const preferredNames = new WeakMap<Knowledge, Map<string, string>>();
function preferred(knowledge: Knowledge): Map<string, string> {
  let names = preferredNames.get(knowledge);
  if (!names) {
    names = new Map();
    for (const { name, aliases } of knowledge.organizations) {
      const key = plainOrganizationKey(name);
      for (const alias of aliases) names.set(plainOrganizationKey(alias), key);
    }
    for (const { name } of knowledge.organizations) names.delete(plainOrganizationKey(name));
    preferredNames.set(knowledge, names);
  }
  return names;
}

const small = new Set(["of", "the", "for", "and", "in", "on", "at", "to", "a", "an"]);

const initialsAre = (short: string, long: string): boolean => {
  const acronym = short.trim();
  if (!/^[A-Z][A-Z&.-]{1,9}$/.test(acronym)) return false;
  const letters = acronym.toLowerCase().replace(/[^a-z]/g, "");
  const words = wordsOf(long);
  if (words.length < 2) return false;
  const all = words.map((word) => word[0]).join("");
  const telling = words
    .filter((word) => !small.has(word))
    .map((word) => word[0])
    .join("");
  return letters === all || letters === telling;
};

const giving = /^(?:foundation|philanthropy|philanthropies|philanthropic|fund|giving|charitable)$/;

/** The name without the words by which a company's money goes by a name of its own: "Acme Philanthropy". */
const withoutGiving = (name: string): string => {
  const words = plainOrganizationKey(name).split(" ");
  while (words.length > 1 && giving.test(words.at(-1)!)) words.pop();
  return words.join(" ");
};

/** Whether two givers of one effort are one: the company, and the fund or foundation by which it gives. */
export const isSameGiver = (one: string, other: string, knowledge?: Knowledge): boolean =>
  sameOrganization(one, other, knowledge) || withoutGiving(one) === withoutGiving(other);

/** The name under which the catalog knows a giver, if it knows it under the shorter one alone. */
export function knownGiver(name: string, { organizations }: Knowledge): string {
  const key = plainOrganizationKey(name);
  const short = withoutGiving(name);
  if (short === key || organizations.some((each) => plainOrganizationKey(each.name) === key)) {
    return name;
  }
  return organizations.find((each) => plainOrganizationKey(each.name) === short)?.name ?? name;
}

/** Whether one organization's name is the other's with words left out: more likely a spelling than a second one. */
export function isRespelling(one: string, other: string): boolean {
  const [left, right] = [new Set(wordsOf(one)), new Set(wordsOf(other))];
  const [few, many] = left.size <= right.size ? [left, right] : [right, left];
  return few.size >= 1 && [...few].every((word) => many.has(word));
}

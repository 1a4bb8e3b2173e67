import type { Knowledge } from "@waymark/domain";
import { addressKey, type Record, type RecordAddress } from "@waymark/normalize";
import type { Finding, Pair } from "../finding.ts";
import type { NamePair } from "../name-pair.ts";
import { weights } from "../weights.ts";
import { wordWeight } from "../words.ts";

/**
 * The addresses two records call their own. Equal pages say much, unless several entries claim that page;
 * a shared site says nothing, since one foundation or lead organization hosts many efforts.
 */
export function compareAddresses(pair: Pair): Finding[] {
  const { a, b, names } = pair;
  // A name that is the other's site has said it already.
  const hasBoth = names.level !== "site" && a.address && b.address;
  const own = hasBoth ? compareBoth(pair, a.address!, b.address!) : [];
  return [...own, ...compareSlugs(pair)];
}

function compareBoth(pair: Pair, one: RecordAddress, other: RecordAddress): Finding[] {
  const { a, b, names, knowledge } = pair;
  const found = (weight: number, text: string): Finding[] => [{ feature: "address", weight, text }];
  if (one.key === other.key) {
    if (claimsOf(one.key, knowledge) > 1) {
      return found(
        weights.address.sharedByEntries,
        `same address ${one.key}, which several entries give`,
      );
    }
    if (!one.isRoot) return found(weights.address.samePage, `same address ${one.key}`);
    return fitsSite(a, one) || fitsSite(b, one)
      ? found(weights.address.sameHomeFitting, `same site of its own, ${one.site}`)
      : found(weights.address.sameHome, `same site ${one.site}, named for neither`);
  }
  if (one.site !== other.site) {
    // Whoever is called "Lantern.org" may live elsewhere.
    if (!one.isTold || !other.isTold) return [];
    if (one.isRoot && other.isRoot)
      return found(weights.address.otherHome, `but own sites ${one.site} and ${other.site}`);
    const text = `other addresses, at ${one.site} and ${other.site}`;
    // Others write of what has a home of its own and a name like no other.
    const isTold = one.isRoot !== other.isRoot && addsNothing(names) && hasRareWord(pair);
    return found(isTold ? weights.address.toldElsewhere : weights.address.otherSite, text);
  }
  if (!one.isRoot && !other.isRoot)
    return found(weights.address.otherPage, `but other pages of ${one.site}`);
  const isOwn = addsNothing(names) && (one.isRoot ? fitsSite(a, one) : fitsSite(b, other));
  return isOwn ? found(weights.address.onOwnSite, `a page of its own site, ${one.site}`) : [];
}

const hasRareWord = ({ names, knowledge }: Pair): boolean =>
  names.a.words.some((word) => wordWeight(word, knowledge) >= 3.5);

const addsNothing = ({ level, extrasOfA, extrasOfB }: NamePair): boolean =>
  level === "equal" ||
  level === "acronym" ||
  level === "site" ||
  (level === "contained" && [...extrasOfA, ...extrasOfB].every(({ is }) => is === "generic"));

/** An address that ends in the other's name: a library's page "/goal-2030/" for a differently named entry. */
function compareSlugs({ a, b, names }: Pair): Finding[] {
  if (names.level === "equal") return [];
  const slug = slugNaming(a, b) ?? slugNaming(b, a);
  if (!slug) return [];
  const text = `the address of one ends in the other's name, “${slug.text}”`;
  const weight = slug.isWhole ? weights.address.isName : weights.address.endsInName;
  return [{ feature: "address-name", weight, text }];
}

/** The end of an address that is a name of the other record: all of a name of several words, or the part that tells it apart. */
function slugNaming(
  record: Record,
  { names }: Record,
): { text: string; isWhole: boolean } | undefined {
  const text = record.address?.slug ?? "";
  if (text.length < 5) return undefined;
  const isWhole = text.includes(" ") && names.some(({ words }) => text === words.join(" "));
  return isWhole || names.some(({ words, key }) => text === key || text === words.join(" "))
    ? { text, isWhole }
    : undefined;
}

/** A site is named for an effort when its letters are those of a name, an acronym, or begin with one. */
function fitsSite(record: Record, { site }: RecordAddress): boolean {
  const label = (site.split(".")[0] ?? "").replace(/[^a-z0-9]|^the(?=.{4})/g, "");
  if (label.length < 3) return false;
  const forms = record.names.flatMap(({ words, key }) => [words.join(""), key.replaceAll(" ", "")]);
  const acronyms = [...record.acronyms, ...record.initials()].map((acronym) =>
    acronym.toLowerCase(),
  );
  return (
    acronyms.includes(label) ||
    forms.some((form) => form.length >= 4 && (label.startsWith(form) || form.startsWith(label)))
  );
}

const claimsByKnowledge = new WeakMap<Knowledge, Map<string, number>>();

/** How many entries of the catalog give an address. Knowledge is immutable, so counting once is enough. */
function claimsOf(key: string, knowledge: Knowledge): number {
  let claims = claimsByKnowledge.get(knowledge);
  if (!claims) {
    claims = new Map();
    for (const { url } of knowledge.names) {
      const claimed = url && addressKey(url);
      if (claimed) claims.set(claimed, (claims.get(claimed) ?? 0) + 1);
    }
    claimsByKnowledge.set(knowledge, claims);
  }
  return claims.get(key) ?? 0;
}

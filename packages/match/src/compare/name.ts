import { domainLabel, foldName, type Record } from "@waymark/normalize";
import type { Finding, Pair, PairRelation } from "../finding.ts";
import { occasionWords } from "../kind-words.ts";
import type { NamePair } from "../name-pair.ts";
import { carries } from "../words.ts";

/** What the best pair of names says; what only one of them names beside the other may be another thing. */
export function compareNamePair({ a, b, names }: Pair): Finding[] {
  const { weight, text } = names;
  const relation = relationInNames(names);
  const finding: Finding = { feature: "name", weight, text, ...(relation ? { relation } : {}) };
  return [
    finding,
    ...compareBodies(names),
    ...(names.level === "apart" ? compareDomains(a, b) : []),
  ];
}

function relationInNames(names: NamePair): PairRelation | undefined {
  const { level, extrasOfA, extrasOfB, isLongTitle } = names;
  if (level !== "contained" || isLongTitle) return undefined;
  const isFirstLonger = extrasOfA.some(({ is }) => is === "product" || is === "other");
  const [extras, others] = isFirstLonger ? [extrasOfA, extrasOfB] : [extrasOfB, extrasOfA];
  const makes = extras.some(({ is }) => is === "product");
  if (!makes && !extras.some(({ is }) => is === "other")) return undefined;
  // "Lantern Toolkit" and "Lantern 2030": whose toolkit it is, is not said.
  if (others.some(({ is }) => is === "mark")) return undefined;
  // What goes on behind a name, or before it, is part of it; "Lantern Skills Network" beside "Lantern Network" may be anything.
  if (!makes && !isAtOneEnd(names, isFirstLonger)) return {};
  const isHeld = extras.every(({ word, is }) => is !== "product" || occasionWords.has(word));
  const relation = makes && !isHeld ? "product_of" : "part_of";
  return isFirstLonger ? { ofA: relation } : { ofB: relation };
}

function isAtOneEnd({ a, b }: NamePair, isFirstLonger: boolean): boolean {
  const [long, short] = (isFirstLonger ? [a, b] : [b, a]).map(({ words }) => words.filter(carries));
  const fits = (part: string[]) => part.join(" ") === short!.join(" ");
  return fits(long!.slice(0, short!.length)) || fits(long!.slice(-short!.length));
}

/** "Harbor Group" beside "Harbor Foundation": a group is what its bodies belong to. */
function compareBodies({ level, sharedWeight, extrasOfA, extrasOfB }: NamePair): Finding[] {
  if (level !== "overlapping" || sharedWeight < namedAlikeWeightMin) return [];
  if (extrasOfA.length !== 1 || extrasOfB.length !== 1) return [];
  const [one, other] = [extrasOfA[0]!, extrasOfB[0]!];
  const isGroup = ({ word }: { word: string }): boolean => /^(group|holding)$/.test(word);
  const found = (relation: PairRelation): Finding[] => [
    { feature: "body", weight: 0, text: "one is a group, the other a body of its name", relation },
  ];
  if (isGroup(one) && other.is === "collective") return found({ ofB: "part_of" });
  return isGroup(other) && one.is === "collective" ? found({ ofA: "part_of" }) : [];
}

/** What bodies of one name must share of it: a word that is not everybody's. */
const namedAlikeWeightMin = 3.5;

/** "craftladders.org" beside the "National Study of Craft Ladders": a site that is named for the other. */
function compareDomains(a: Record, b: Record): Finding[] {
  const text = "one is a site named for the other";
  const found = (relation: PairRelation): Finding[] => [
    { feature: "domain", weight: 0, text, relation },
  ];
  if (isSiteFor(a, b)) return found({ ofA: "product_of" });
  return isSiteFor(b, a) ? found({ ofB: "product_of" }) : [];
}

const isSiteFor = (site: Record, effort: Record): boolean =>
  site.names.some(({ written }) => {
    const label = foldName(domainLabel(written) ?? "").replaceAll(" ", "");
    return (
      label.length >= tellingLabelLength &&
      effort.names.some(({ words }) => words.join("").includes(label))
    );
  });

/** One word of a name may be in any site's address; this many letters are two of them. */
const tellingLabelLength = 12;

import { genericWords } from "@waymark/normalize";
import type { Finding, Pair, PairRelation } from "../finding.ts";
import { occasionWords } from "../kind-words.ts";
import type { NamePair } from "../name-pair.ts";
import { wordWeight } from "../words.ts";

/** "Kiln Makers Challenge" and "Kiln Initiative" of one lead and one funder: the challenge is held for the initiative. */
export function compareOccasions({ a, b, names, knowledge }: Pair): Finding[] {
  const isOneLead = a.lead !== undefined && a.lead.key === b.lead?.key;
  const isOneFunder = a.funders.some(({ key }) => b.funders.some((other) => other.key === key));
  if (names.level !== "overlapping" || !isOneLead || !isOneFunder) return [];
  const isRare = names.shared.some((word) => wordWeight(word, knowledge) >= rareWeightMin);
  const relation = isRare ? relationOf(names) : undefined;
  const text = "one is held by the same people as the other";
  return relation ? [{ feature: "occasion", weight: 0, text, relation }] : [];
}

function relationOf({ a, b }: NamePair): PairRelation | undefined {
  const [one, other] = [a.words.at(-1)!, b.words.at(-1)!];
  if (occasionWords.has(one) && genericWords.has(other)) return { ofA: "part_of" };
  return occasionWords.has(other) && genericWords.has(one) ? { ofB: "part_of" } : undefined;
}

const rareWeightMin = 3.5;

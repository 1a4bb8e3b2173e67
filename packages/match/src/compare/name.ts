import type { Finding, Pair } from "../finding.ts";
import type { NamePair } from "../name-pair.ts";
import { carries } from "../words.ts";

/** What the best pair of names says; what only one of them names beside the other may be another thing. */
export function compareNamePair({ names }: Pair): Finding[] {
  const { weight, text, level } = names;
  const finding: Finding = { feature: "name", weight, text };
  if (level !== "contained" || names.isLongTitle) return [finding];
  const isFirstLonger = names.extrasOfA.length > 0;
  const extras = isFirstLonger ? names.extrasOfA : names.extrasOfB;
  const makes = extras.some(({ is }) => is === "product");
  if (!makes && !extras.some(({ is }) => is === "other")) return [finding];
  // "Lantern Skills Network" may be the Lantern Network; what goes on behind a name, or before it, is more than it.
  if (!makes && !isAtOneEnd(names, isFirstLonger)) return [finding];
  const relation = makes ? "product_of" : "part_of";
  return [{ ...finding, relation: isFirstLonger ? { ofA: relation } : { ofB: relation } }];
}

function isAtOneEnd({ a, b }: NamePair, isFirstLonger: boolean): boolean {
  const [long, short] = (isFirstLonger ? [a, b] : [b, a]).map(({ words }) => words.filter(carries));
  const fits = (part: string[]) => part.join(" ") === short!.join(" ");
  return fits(long!.slice(0, short!.length)) || fits(long!.slice(-short!.length));
}

import type { Finding, Pair } from "../finding.ts";

/** What the best pair of names says; what only one of them names beside the other may be another thing. */
export function compareNamePair({ names }: Pair): Finding[] {
  const { weight, text, level } = names;
  const finding: Finding = { feature: "name", weight, text };
  if (level !== "contained" || names.isLongTitle) return [finding];
  const isFirstLonger = names.extrasOfA.length > 0;
  const extras = isFirstLonger ? names.extrasOfA : names.extrasOfB;
  const makes = extras.some(({ is }) => is === "product");
  if (!makes && !extras.some(({ is }) => is === "other")) return [finding];
  const relation = makes ? "product_of" : "part_of";
  return [{ ...finding, relation: isFirstLonger ? { ofA: relation } : { ofB: relation } }];
}

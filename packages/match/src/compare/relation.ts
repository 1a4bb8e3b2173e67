import type { RelationKind } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import type { Finding, Pair } from "../finding.ts";
import { weights } from "../weights.ts";

/** A page that says "part of Acme" or "successor of Acme" tells of something that is not Acme. */
export function compareRelations({ a, b, names }: Pair): Finding[] {
  if (names.level === "equal") return [];
  const told = toldOf(a, b);
  const toldBack = toldOf(b, a);
  const kind = told ?? toldBack;
  if (!kind) return [];
  const ofA = told ?? (toldBack && reverse[toldBack]);
  const ofB = toldBack ?? (told && reverse[told]);
  const text = `but a page says that one is ${kind.replaceAll("_", " ")} the other`;
  const relation = { ...(ofA ? { ofA } : {}), ...(ofB ? { ofB } : {}) };
  return [{ feature: "relation", weight: weights.relationTold, text, parts: true, relation }];
}

const toldOf = (record: Record, other: Record): RelationKind | undefined =>
  record.relations.find(({ key }) => other.names.some((name) => name.key === key))?.kind;

const reverse: { [kind in RelationKind]?: RelationKind } = {
  predecessor: "successor",
  successor: "predecessor",
};

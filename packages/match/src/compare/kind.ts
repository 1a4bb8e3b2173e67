import type { InitiativeKind } from "@waymark/domain";
import type { Finding, Pair } from "../finding.ts";
import { weights } from "../weights.ts";

/** An organization and its product are two; pages often disagree about the other kinds. */
export function compareKinds({ a, b }: Pair): Finding[] {
  if (!a.kind || !b.kind) return [];
  const found = (weight: number, text: string): Finding[] => [{ feature: "kind", weight, text }];
  if (a.kind === b.kind) return found(weights.kind.same, `both are of kind ${a.kind}`);
  const text = `of kinds ${a.kind} and ${b.kind}`;
  const isBodyAndProduct =
    (bodies.has(a.kind) && products.has(b.kind)) || (products.has(a.kind) && bodies.has(b.kind));
  return isBodyAndProduct
    ? found(weights.kind.bodyAndProduct, `but ${text}`)
    : found(weights.kind.other, text);
}

const bodies = new Set<InitiativeKind>(["alliance", "network", "funder"]);
const products = new Set<InitiativeKind>(["platform", "standard", "policy"]);

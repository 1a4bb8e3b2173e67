import type { InitiativeKind } from "@waymark/domain";
import { type Finding, proves, type Stretch, wordsOf } from "./finding.ts";

const said = (words: string): RegExp => new RegExp(String.raw`\b(?:${words})\b`, "i");

/** Nouns that say what kind of thing something is, the more telling kinds first. */
const nouns: readonly { kind: InitiativeKind; pattern: RegExp }[] = [
  {
    kind: "state-program",
    pattern: said("state(?:wide|-run|-funded)? (?:program|programme|initiative)"),
  },
  {
    kind: "standard",
    pattern: said(
      "standards?|schemas?|taxonom(?:y|ies)|ontolog(?:y|ies)|specifications?|frameworks?|description language|data model",
    ),
  },
  {
    kind: "platform",
    pattern: said(
      "platforms?|registr(?:y|ies)|wallets?|marketplaces?|portals?|clearinghouses?|repositor(?:y|ies)|tools?|databases?|software",
    ),
  },
  {
    kind: "alliance",
    pattern: said(
      "alliances?|coalitions?|consorti(?:um|a)|compacts?|collaboratives?|partnerships?|task forces?|roundtables?|councils?|commissions?",
    ),
  },
  { kind: "network", pattern: said("networks?|communit(?:y|ies) of practice|hubs?") },
  { kind: "policy", pattern: said("acts?|laws?|executive orders?|polic(?:y|ies)|statutes?") },
  { kind: "funder", pattern: said("foundations?|funders?|endowments?|philanthrop(?:y|ies)") },
  {
    kind: "initiative",
    pattern: said(
      "initiatives?|projects?|programs?|programmes?|campaigns?|fellowships?|academ(?:y|ies)|pilots?|apprenticeships?|challenges?|efforts?|movements?",
    ),
  },
];

/** The kind that a label's value names: "State program", "Data standard". */
export function labelledKind(value: Stretch, sure: number): Finding[] {
  const text = wordsOf(value);
  const found = text.length < 60 ? nouns.find(({ pattern }) => pattern.test(text)) : undefined;
  return found ? [proves("kind", found.kind, value, "label", sure)] : [];
}

const definition = /\s(?:is|are|was)\s+(?:an?|the|one of the)\s+([^,.;:]{3,90})/i;

/**
 * The kind that a description or a name tells: "… is a statewide network of …", "Harbor Skills Alliance". Of
 * several nouns the last one before "of", "that" or "for" is the thing itself.
 */
export function toldKind(name: Stretch, description: Finding | undefined): Finding[] {
  const defined = description && definition.exec(description.value)?.[1];
  const phrase = defined?.split(/\s(?:of|that|which|for|to|by|in|with|who|where|led|run)\s/)[0];
  const kind = phrase && lastNoun(phrase);
  if (description && kind)
    return [{ ...description, field: "kind", value: kind, method: "sentence", confidence: 0.7 }];
  const named = lastNoun(wordsOf(name));
  return named ? [proves("kind", named, name, "heading", 0.55)] : [];
}

function lastNoun(phrase: string): InitiativeKind | undefined {
  if (nouns[0]!.pattern.test(phrase)) return nouns[0]!.kind;
  const words = phrase.split(/\s+/).reverse();
  for (const word of words) {
    const found = nouns.find(({ pattern }) => pattern.test(word));
    if (found) return found.kind;
  }
  return undefined;
}

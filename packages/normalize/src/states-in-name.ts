import { mayBeginState, stateCode } from "./states.ts";

export type StateInName = { code: string; quote: string };

/**
 * States that a name names. In a name, unlike in prose, a state between capitals is one ("Ohio Skills
 * Network"); an institution named for its state is not ("University of Texas", "Ohio State University").
 */
export function statesInName(name: string): StateInName[] {
  const words = name.replace(/['\u2019]s?(?![\p{L}])/gu, "").split(/[^\p{L}.]+/u);
  const found: StateInName[] = [];
  for (let at = 0; at < words.length; at++) {
    if (!mayBeginState(words[at]!)) continue;
    for (const length of [3, 2, 1]) {
      const quote = words.slice(at, at + length).join(" ");
      const code = quote.length > 2 ? stateCode(quote) : undefined;
      if (!code || at + length > words.length) continue;
      if (!isInstitution(words[at - 2], words[at - 1], words.slice(at + length))) {
        found.push({ code, quote });
      }
      at += length - 1;
      break;
    }
  }
  const code = /[(,\u2013\u2014-]\s*([A-Z]{2})\)?$/u.exec(name)?.[1];
  if (code && stateCode(code) && found.length === 0) found.push({ code, quote: code });
  return found;
}

const isInstitution = (
  twoBefore: string | undefined,
  before: string | undefined,
  after: string[],
): boolean =>
  (/^(University|College|Bank|Institute)$/.test(twoBefore ?? "") && before === "of") ||
  /^(University|Post|Times)$/.test(after[0] ?? "") ||
  (/^(State|Tech|Southern|Western|Central)$/.test(after[0] ?? "") && after[1] === "University");

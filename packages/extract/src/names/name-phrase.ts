const capital = String.raw`[\p{Lu}\d][\p{L}\p{N}'\u2019.&/@:-]*`;
const linked = String.raw`(?:\s+(?:(?:of|for|the|and|in|on|to|a|as|with|&|by|at|into)\s+){0,2}${capital}(?:\s*\([A-Z]{2,}\))?)*`;
const phrase = new RegExp(`^${capital}${linked}`, "u");

const dated =
  /\s+(?:in|on|as of)\s+(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b.*|(?:19|20)\d\d)$/;

/** A name without the date that a sentence puts behind it. */
export const withoutDate = (name: string): string => name.replace(dated, "");

/** The capitalized name that a text begins with, up to the first word that belongs to the sentence again. */
export function namePhrase(text: string): string | undefined {
  const name = phrase
    .exec(text)?.[0]
    .replace(dated, "")
    .replace(/[.,:]$/, "");
  return name && name.length >= 3 ? withoutDate(name) : undefined;
}

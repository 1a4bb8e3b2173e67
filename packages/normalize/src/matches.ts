/**
 * All matches of a global pattern in a text, as `matchAll` gives them, without a copy of the pattern for each
 * text: most of what is looked for stands in few texts. The pattern matches no empty text.
 */
export function matchesOf(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (!match) return none;
  const found: RegExpExecArray[] = [];
  for (; match; match = pattern.exec(text)) found.push(match);
  return found;
}

const none: readonly RegExpExecArray[] = [];

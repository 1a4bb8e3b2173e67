/** Text for comparing: small letters without accents. */
export const foldText = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();

/** Words and numbers of a folded text, in order; "2.0" is the number 2. */
export const wordsOf = (folded: string): string[] =>
  (folded.match(/\d+(?:\.\d+)+|[\p{L}\p{N}]+/gu) ?? []).map((word) =>
    /^\d+\.0+$/.test(word) ? word.slice(0, word.indexOf(".")) : word,
  );

/**
 * Codes of a folded text: what holds digits and is long enough to name one thing, with what joins its parts
 * taken out, so that "PS-LX350H" is "pslx350h". Sizes and other numbers with a unit are none.
 */
export function codesOf(folded: string): string[] {
  const codes = new Set<string>();
  for (const run of folded.match(/[\p{L}\p{N}]+(?:[-/._][\p{L}\p{N}]+)*/gu) ?? []) {
    for (const part of [run, ...run.split(/[/_]/)]) {
      const code = part.replace(/[^\p{L}\p{N}]/gu, "");
      if (isCode(code)) codes.add(code);
    }
  }
  return [...codes];
}

function isCode(text: string): boolean {
  if (!/\d/.test(text)) return false;
  if (/^\d+$/.test(text)) return text.length >= 5;
  if (/^\d+\p{L}{1,3}$/u.test(text) && text.length < 6) return false;
  return text.length >= 4;
}

/** Numbers of a folded text as written, with the word behind them ("" where there is none). */
export function numbersOf(folded: string): { number: number; unit: string }[] {
  const found = folded.matchAll(
    /(?<![\p{L}\p{N}.])v?(\d+(?:\.\d+)?)(?:[- ]?(\p{L}+))?(?![\p{N}])/gu,
  );
  return [...found].map(([, digits, unit]) => ({ number: Number(digits), unit: unit ?? "" }));
}

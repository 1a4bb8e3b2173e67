/** Text as comparisons see it: case, marks, quotes, ampersands, punctuation and white space folded. */
export const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u2122\u00ae\u00a9]/g, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/['\u2019\u2018`.]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(/\s+/g, " ");

export const wordsOf = (text: string): string[] => fold(text).split(" ").filter(Boolean);

/** Whether a text holds a name as whole words, both folded. */
export const holds = (text: string, name: string): boolean => {
  const key = fold(name);
  return key !== "" && ` ${fold(text)} `.includes(` ${key} `);
};

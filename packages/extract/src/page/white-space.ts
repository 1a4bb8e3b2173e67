/** The code of a blank. */
export const blank = 32;

/** Whether a code is that of white space as regular expressions and `trim` understand it. */
export const isSpace = (code: number): boolean =>
  code === blank ||
  (code >= 9 && code <= 13) ||
  code === 0xa0 ||
  (code >= 0x1680 &&
    (code === 0x1680 ||
      (code >= 0x2000 && code <= 0x200a) ||
      code === 0x2028 ||
      code === 0x2029 ||
      code === 0x202f ||
      code === 0x205f ||
      code === 0x3000 ||
      code === 0xfeff));

/** How long a text is without white space around it, measured without making that text. */
export function trimmedLength(text: string): number {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return to - from;
}

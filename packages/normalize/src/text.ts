/** Signs that take no room: soft hyphens, joiners, marks of direction and of byte order. */
const unseen = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** A text without the signs that take no room, which part words for programs and for nobody else. */
export const withoutUnseen = (text: string): string =>
  // Few texts hold one, and this is asked of every word.
  text.search(unseen) < 0 ? text : text.replace(unseen, "");

/**
 * A value as people read it: composed letters, one blank for any white space, no control signs and none that
 * take no room. Case, marks, quotation marks and dashes stay as they were written; `foldName` compares.
 */
export function cleanText(text: string): string {
  const composed = withoutUnseen(text).normalize("NFC");
  return unclean.test(composed) ? composed.replace(/[\s\p{Cc}]+/gu, " ").trim() : composed;
}

/** White space but single blanks within, and control signs, which are no words either. */
const unclean = /[^\S ]|\p{Cc}| {2}|^ | $/u;

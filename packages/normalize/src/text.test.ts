import { expect, test } from "vitest";
import { cleanText } from "./text.ts";

const check = (what: string, text: string, expected: string) =>
  test(what, () => expect(cleanText(text)).toBe(expected));

check("soft hyphens and joiners", "Ap\u00adprentice\u200bship\ufeff", "Apprenticeship");
check("marks of direction", "\u202aLantern\u202c \u2066Works\u2069", "Lantern Works");
check("white space of all kinds", "\u00a0Lantern\u2003\n\tWorks \u3000", "Lantern Works");
check("control signs", "Lantern\u0000\u0007Works\u0085", "Lantern Works");
check("letters and their marks", "Cafe\u0301", "Caf\u00e9");
check(
  "quotes and dashes stay",
  "\u201cLantern\u201d \u2013 it\u2019s",
  "\u201cLantern\u201d \u2013 it\u2019s",
);
check("wide letters stay", "\uff21\uff22\uff23 \u00bd", "\uff21\uff22\uff23 \u00bd");
check("nothing", "\u200b \ufeff", "");

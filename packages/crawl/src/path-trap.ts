import type { Rule } from "./trap-rule.ts";

/** No page of ours was ever that far down, and what grows without end gets there. */
export const tooLong: Rule = ({ href, segments }) => {
  if (href.length > 1000) return `too long: ${href.length} characters`;
  return segments.length > 12 ? `too deep: ${segments.length} levels` : undefined;
};

/** Links relative to the wrong folder add the same folders again with every step. */
export const repeatedPath: Rule = ({ segments }) => {
  const names = segments.map((segment) => segment.toLowerCase());
  // Numbers repeat in dates, as in `/2011/11/11/`.
  const counts = new Map<string, number>();
  for (const name of names.filter((name) => !/^\d+$/.test(name))) {
    const count = (counts.get(name) ?? 0) + 1;
    if (count >= 3) return `repeated path: ${name}`;
    counts.set(name, count);
  }
  // Two folders may well come twice; three in the same order do not.
  for (let length = 3; length <= names.length / 2; length++) {
    for (let from = 0; from + 2 * length <= names.length; from++) {
      const run = names.slice(from, from + length).join("/");
      if (run === names.slice(from + length, from + 2 * length).join("/"))
        return `repeated path: ${run}`;
    }
  }
  return undefined;
};

/** The same pages once more for every visitor. */
export const session: Rule = ({ pathname, parameters }) => {
  const inPath =
    /;(jsessionid|sid|phpsessid)=/i.test(pathname) ||
    /\/\(S\([a-z0-9]{20,}\)\)\//i.test(pathname) ||
    /\/(phpsessid|jsessionid|sid|s)[=-][\da-f]{16,}(\/|$)/i.test(pathname);
  // A short `sid` is a section or a story; a session's is long and looks like chance.
  const named = parameters.some(({ name, value }) => sessionNames.test(name) && value.length >= 8);
  return inPath || named ? "session" : undefined;
};

const sessionNames =
  /^(phpsessid|jsessionid|asp\.net_sessionid|aspsessionid\w*|cfid|cftoken|sessionid|session_id|sessid|sid|osessionid|oscsid|zenid)$/i;

/** Links that paste the address they stand on into themselves grow with every step. */
export const nestedAddress: Rule = ({ pathname, search }) =>
  /https?(:|%3a)\/?.*https?(:|%3a)\/?/i.test(pathname + search) ? "nested address" : undefined;

import { calendar } from "./calendar-trap.ts";
import { isCmsList } from "./cms-probes.ts";
import { facets, manyParameters, searchResults, sorting } from "./list-trap.ts";
import { endlessPaging } from "./paging.ts";
import { nestedAddress, repeatedPath, session, tooLong } from "./path-trap.ts";
import { door, printVersion, reply } from "./side-door-trap.ts";
import type { Address, Rule } from "./trap-rule.ts";

/**
 * Why an address looks like part of a trap, where pages never end or only say again what others say: a short
 * phrase that names the rule, mostly with a colon and what was seen; `undefined` when it does not. Such
 * addresses are kept out before they are asked for, so a wrong guess costs a page: what names a page by number
 * or pages through a list is let pass.
 */
export function isTrap(url: string, now: Date = new Date()): string | undefined {
  if (!URL.canParse(url)) return "not an address";
  // They carry many parameters, and it is we who put them there.
  if (isCmsList(url)) return undefined;
  const { pathname, search, searchParams, href } = new URL(url);
  const segments = pathname.split("/").filter(Boolean);
  const parameters = [...searchParams].map(([name, value]) => ({ name, value: value.trim() }));
  const at: Address = { href, pathname, search, segments, parameters, now };
  for (const rule of rules) {
    const reason = rule(at);
    if (reason) return reason;
  }
  return undefined;
}

/** In the order in which they are asked: the first that holds names the reason. */
const rules: Rule[] = [
  tooLong,
  repeatedPath,
  session,
  nestedAddress,
  reply,
  printVersion,
  door,
  calendar,
  searchResults,
  facets,
  sorting,
  endlessPaging,
  manyParameters,
];

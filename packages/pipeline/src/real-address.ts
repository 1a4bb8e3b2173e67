import type { Skim } from "@waymark/domain";
import { canonicalAddress, sameAddress } from "@waymark/normalize";

/**
 * Where a page says its real self is: a meta refresh, or a canonical address. A canonical that names the
 * root of the site from a page below it is a template's mistake, not a statement.
 */
export function realAddress(
  url: string,
  { refresh, canonical }: Pick<Skim, "refresh" | "canonical">,
): string | undefined {
  const named = refresh ?? canonical;
  const to = named && canonicalAddress(named, url);
  if (!to || sameAddress(to, url)) return undefined;
  if (!refresh && new URL(to).pathname === "/" && new URL(url).pathname !== "/") {
    return undefined;
  }
  return to;
}

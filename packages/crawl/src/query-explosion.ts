import { isPagingParameter } from "./paging.ts";
import type { Parameter } from "./trap-rule.ts";

/**
 * Why one path is asked for in ever more ways: given addresses already known, a phrase when those of the same
 * path mix their parameters freely. `?state=…&topic=…` in all combinations explodes; `?type=…&id=…` does
 * not, where every address has an id of its own.
 */
export function isExploding(known: Iterable<string>, url: string): string | undefined {
  const mixed = mixOf(url);
  if (!mixed) return undefined;
  const ways = new Set<string>();
  const nameSets = new Set<string>();
  const values = new Map<string, Set<string>>();
  for (const address of [...known, url]) {
    const mix = mixOf(address);
    if (mix?.path !== mixed.path) continue;
    const pairs = mix.parameters.map(({ name, value }) => `${name}=${value}`).sort();
    const way = pairs.join("&");
    if (ways.has(way)) continue;
    ways.add(way);
    nameSets.add([...new Set(mix.parameters.map(({ name }) => name))].sort().join("&"));
    for (const { name, value } of mix.parameters)
      values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const distinct = Math.max(0, ...[...values.values()].map(({ size }) => size));
  const isMixed = ways.size > mixedMax && distinct < ways.size / 2;
  const isSpread = ways.size > nameSetsMax && nameSets.size > nameSetsMax;
  if (!isMixed && !isSpread) return undefined;
  return `query explosion: ${mixed.path} in ${ways.size} ways`;
}

const mixedMax = 30;
const nameSetsMax = 8;

/** Where an address chooses by two parameters or more, its path and those; paging does not choose. */
function mixOf(url: string): { path: string; parameters: Parameter[] } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, pathname, searchParams } = new URL(url);
  const parameters = [...searchParams]
    .map(([name, value]) => ({ name, value }))
    .filter((parameter) => !isPagingParameter(parameter));
  return parameters.length < 2 ? undefined : { path: host + pathname, parameters };
}

/**
 * The same function with its answers kept, until there are too many: a page says the same names again and
 * again, and a site on all its pages. A text longer than names are is answered without being kept.
 */
export function remember<Result>(
  of: (text: string) => Result,
  keptMax = 2000,
): (text: string) => Result {
  const kept = new Map<string, Result>();
  return (text) => {
    if (text.length > lengthMax) return of(text);
    const known = kept.get(text);
    if (known !== undefined || kept.has(text)) return known as Result;
    const own = detached(text);
    const result = of(own);
    if (kept.size >= keptMax) kept.clear();
    kept.set(own, result);
    return result;
  };
}

const lengthMax = 1000;

/** A text cut from a page holds on to the whole page as long as it lives, unless it is short; written together anew it does not. */
const detached = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1));

/**
 * The same function with its answers kept, until there are too many: a page says the same names again and
 * again, and a site on all its pages. A text longer than names are is answered without being kept.
 */
export function remember<Result>(of: (text: string) => Result): (text: string) => Result {
  const kept = new Map<string, Result>();
  return (text) => {
    if (text.length > lengthMax) return of(text);
    const known = kept.get(text);
    if (known !== undefined || kept.has(text)) return known as Result;
    const result = of(text);
    if (kept.size >= keptMax) kept.clear();
    kept.set(text, result);
    return result;
  };
}

// A text cut from a page keeps the whole page in memory: four times as many cost 60 MB and gained no speed.
const keptMax = 500;
const lengthMax = 1000;

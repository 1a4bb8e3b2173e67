/**
 * The same function with each answer kept with the thing it was asked of, and gone with it. A WeakMap would do the
 * same and keep whole pages alive: V8's young collections take what stands in an old map for needed, so that
 * every page would be copied until the next full collection. `more` is taken to belong to the thing.
 */
export function keptWith<Thing extends object, More extends unknown[], Answer>(
  of: (thing: Thing, ...more: More) => Answer,
): (thing: Thing, ...more: More) => Answer {
  const kept = Symbol(of.name);
  return (thing, ...more) => {
    const holder = thing as Thing & { [kept]?: { of: Thing; answer: Answer } };
    const known = holder[kept];
    // A copy, which may say something else, takes the answer of its original with it.
    if (known?.of === thing) return known.answer;
    const answer = of(thing, ...more);
    holder[kept] = { of: thing, answer };
    return answer;
  };
}

import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";
import { expect, test } from "vitest";
import { attackStrings } from "./attack-strings.ts";
import { type RegExpLiteral, regExpLiterals } from "./regexp-literals.ts";

/** A line of a page may be as long as its author likes, and as odd. */
const lineLength = 30_000;
const cpuMsMax = 50;
/** What costs less over a sixth of the length cannot cost too much over the whole, even where cost grows with its square. */
const shortLength = 5000;
const shortMsMax = 0.5;
/** For patterns that would never end. */
const giveUpMs = 3000;

for (const name of ["extract", "normalize"]) {
  test(`no regular expression of ${name} takes long over any text`, {
    timeout: 240_000,
  }, async () => {
    const folder = fileURLToPath(new URL(`../packages/${name}`, import.meta.url));
    const literals = await regExpLiterals(folder);
    expect(literals.length).toBeGreaterThan(50);
    expect(literals.flatMap(slowest)).toEqual([]);
  });
}

test("a pattern that backtracks is seen", () => {
  for (const pattern of [/^(a+)+$/, /,+$/, /^(.+?)-+-+x$/, /(?:\p{Lu}\p{Ll}+\s*)+:/u])
    expect(slowest({ where: "here", pattern }), String(pattern)).not.toEqual([]);
  expect(slowest({ where: "here", pattern: /\ba{1,9}\b/ })).toEqual([]);
});

/** Files whose patterns look at a source as it came; all others look at lines with their white space folded. */
const seesSources =
  /^(?:page\/(?:quote|source|head|page|place|browser-sign|cms-signs)|readers\/(?:plain-text|pdf|feed|api))\.ts/;

/** The attack that a pattern takes too long over, if there is one. */
function slowest({ where, pattern }: RegExpLiteral): string[] {
  const fold = (text: string) => (seesSources.test(where) ? text : text.replace(/\s+/g, " "));
  const long = attackStrings(pattern, lineLength);
  for (const [index, text] of attackStrings(pattern, shortLength).entries()) {
    if (leastCpuMs(pattern, fold(text), shortMsMax) <= shortMsMax) continue;
    const attack = fold(long[index]!);
    const ms = leastCpuMs(pattern, attack, cpuMsMax);
    if (ms > cpuMsMax)
      return [
        `${where} ${pattern} takes ${Math.round(ms)} ms over ${JSON.stringify(attack.slice(0, 60))}…`,
      ];
  }
  return [];
}

/** A machine that is busy elsewhere makes one measure too long, hardly three in a row. */
function leastCpuMs(pattern: RegExp, text: string, enough: number): number {
  let ms = Number.POSITIVE_INFINITY;
  for (let again = 0; again < 3 && ms > enough; again++) {
    const measured = cpuMs(pattern, text);
    if (measured === undefined) return Number.POSITIVE_INFINITY;
    ms = Math.min(ms, measured);
  }
  return ms;
}

const context = createContext({});
const attempt = new Script("text.replace(pattern, '')");

/** CPU time of one search; undefined when it was given up. */
function cpuMs(pattern: RegExp, text: string): number | undefined {
  Object.assign(context, { pattern: new RegExp(pattern.source, pattern.flags), text });
  const began = process.cpuUsage();
  try {
    attempt.runInContext(context, { timeout: giveUpMs });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    return undefined;
  }
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

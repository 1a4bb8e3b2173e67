import { jaroWinkler } from "../words.ts";
import type { FeatureGroup } from "./pair-features.ts";
import type { PreparedText } from "./prepare-rows.ts";

/** The shortest code that is looked for within other letters. */
const soughtLength = 4;

/** Whether codes of one name stand anywhere in the other row, or others in their place. */
export const codeGroup = (): FeatureGroup => ({
  topic: "codes",
  measure({ name: one, whole: oneWhole }, { name: other, whole: otherWhole }) {
    const inOther = longestIn(one.codes, otherWhole);
    const inOne = longestIn(other.codes, oneWhole);
    const common = oneWhole.codes.filter((code) => otherWhole.codes.includes(code));
    const haveBoth = one.codes.length > 0 && other.codes.length > 0;
    const likeness = (measure: (a: string, b: string) => number) =>
      Math.max(0, ...one.codes.flatMap((a) => other.codes.map((b) => measure(a, b))));
    return {
      "code shared": Math.max(0, ...common.map((code) => code.length)),
      "code left in right": inOther,
      "code right in left": inOne,
      "code spelling": haveBoth ? likeness(jaroWinkler) : Number.NaN,
      "code beginning": likeness(commonBeginning),
      "codes found left": shareIn(one.codes, otherWhole),
      "codes found right": shareIn(other.codes, oneWhole),
      "code conflict": haveBoth && !inOther && !inOne ? 1 : 0,
      "codes left": one.codes.length,
      "codes right": other.codes.length,
    };
  },
});

/** The length of the longest code that a text holds, however it is joined there. */
const longestIn = (codes: string[], { compact }: PreparedText): number =>
  Math.max(
    0,
    ...codes
      .filter((code) => code.length >= soughtLength && compact.includes(code))
      .map((code) => code.length),
  );

const shareIn = (codes: string[], { compact }: PreparedText): number =>
  codes.length ? codes.filter((code) => compact.includes(code)).length / codes.length : Number.NaN;

/** The share of the longer code that both begin with. */
function commonBeginning(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length / Math.max(a.length, b.length);
}

/** Which numbers the names and rows share, and where the same unit has another one. */
export const numberGroup = (): FeatureGroup => ({
  topic: "numbers",
  measure(one, other) {
    const names = compareNumbers(one.name.numbers, other.name.numbers);
    const wholes = compareNumbers(one.whole.numbers, other.whole.numbers);
    const [editions, otherEditions] = [editionsOf(one.name), editionsOf(other.name)];
    const haveEditions = editions.length > 0 && otherEditions.length > 0;
    const edition = shareCommon(editions, otherEditions);
    return {
      "numbers shared": names.shared,
      "numbers only left": names.onlyLeft,
      "numbers only right": names.onlyRight,
      "numbers overlap": names.overlap,
      "numbers clash": names.clashes,
      "numbers differ": names.onlyLeft > 0 && names.onlyRight > 0 ? 1 : 0,
      "whole numbers shared": wholes.shared,
      "whole numbers overlap": wholes.overlap,
      "whole numbers clash": wholes.clashes,
      "edition overlap": edition,
      "edition conflict": haveEditions && edition === 0 ? 1 : 0,
      "edition first": haveEditions ? Number(editions[0] === otherEditions[0]) : Number.NaN,
      "years named": compareYears(yearsOf(one.name), yearsOf(other.name)),
    };
  },
});

type Numbers = PreparedText["numbers"];

function compareNumbers(one: Numbers, other: Numbers) {
  const [left, right] = [valuesOf(one), valuesOf(other)];
  const shared = left.filter((number) => right.includes(number)).length;
  const clashes = one.filter(({ number, unit }) => {
    const sameUnit = unit ? other.filter((own) => own.unit === unit) : [];
    return sameUnit.length > 0 && !sameUnit.some((own) => own.number === number);
  });
  return {
    shared,
    onlyLeft: left.length - shared,
    onlyRight: right.length - shared,
    overlap: shareCommon(left, right),
    clashes: clashes.length,
  };
}

const valuesOf = (numbers: Numbers): number[] => [...new Set(numbers.map(({ number }) => number))];

/** The share of the numbers of either side that both have; NaN where neither has any. */
function shareCommon(one: number[], other: number[]): number {
  const all = new Set([...one, ...other]).size;
  return all ? one.filter((number) => other.includes(number)).length / all : Number.NaN;
}

/** Whole numbers that are no years: "11.2" is of edition 11. */
const editionsOf = ({ numbers }: PreparedText): number[] => [
  ...new Set(numbers.map(({ number }) => Math.floor(number)).filter((number) => number < 1900)),
];

const yearsOf = ({ numbers }: PreparedText): number[] =>
  valuesOf(numbers).filter(
    (number) => Number.isInteger(number) && number >= 1900 && number <= 2100,
  );

/** 1 for a common year, 0 for different ones, a half where only one side names a year. */
function compareYears(one: number[], other: number[]): number {
  if (one.length === 0 && other.length === 0) return Number.NaN;
  if (one.length === 0 || other.length === 0) return 0.5;
  return one.some((year) => other.includes(year)) ? 1 : 0;
}

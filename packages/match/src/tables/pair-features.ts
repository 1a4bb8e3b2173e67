import { cellGroups } from "./cell-features.ts";
import { codeGroup, numberGroup } from "./code-features.ts";
import type { CandidatePairs } from "./find-candidates.ts";
import type { PreparedRow, PreparedTables } from "./prepare-rows.ts";
import { leftOverGroup, nameGroup, proseGroup, styleGroup, wholeGroup } from "./text-features.ts";

/** Figures on two rows that belong to one topic, in which they are told to people. NaN is not told. */
export type FeatureGroup = {
  topic: string;
  measure(left: PreparedRow, right: PreparedRow): { [feature: string]: number };
};

/** What was measured on each of some pairs, pair after pair. */
export type PairFeatures = {
  features: string[];
  /** For each feature the topic it belongs to. */
  topics: string[];
  values: Float64Array;
};

/** Measures all that two rows say of each other, by one configuration for tables of any columns. */
export function measurePairs(
  tables: PreparedTables,
  { left, right }: CandidatePairs,
  parting: Float64Array,
  tell: (done: number) => void = () => undefined,
): PairFeatures {
  const groups = featureGroups(tables, parting);
  const measure = (one: PreparedRow, other: PreparedRow) =>
    groups.map((group) => group.measure(one, other));
  const [first] = tables.rows;
  const named = first ? measure(first, first) : [];
  const features = named.flatMap((group) => Object.keys(group));
  const values = new Float64Array(features.length * left.length);
  for (let pair = 0; pair < left.length; pair++) {
    if (pair % 1000 === 999) tell(1000);
    const measured = measure(tables.rows[left[pair]!]!, tables.rows[right[pair]!]!);
    let at = pair * features.length;
    for (const group of measured) for (const value of Object.values(group)) values[at++] = value;
  }
  const topics = groups.flatMap(({ topic }, index) =>
    Object.keys(named[index] ?? {}).map(() => topic),
  );
  return { features, topics, values };
}

function featureGroups(tables: PreparedTables, parting: Float64Array): FeatureGroup[] {
  const { vocabulary, kinds } = tables;
  return [
    nameGroup(vocabulary),
    wholeGroup(vocabulary),
    ...(kinds.includes("prose") ? [proseGroup(vocabulary)] : []),
    leftOverGroup(vocabulary, parting),
    codeGroup(),
    numberGroup(),
    styleGroup(vocabulary),
    ...cellGroups(tables),
  ];
}

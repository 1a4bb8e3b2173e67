import { fieldOf } from "@waymark/domain";
import { foldName } from "@waymark/normalize";
import { tally } from "./figure.ts";
import { describeDelta, show } from "./web-describe.ts";
import type { Known, MentionSeen } from "./web-known.ts";
import type { Ruling } from "./web-score.ts";
import type { TruthInitiative, World } from "./web-world.ts";

/** A field of a new entry that is not what the truth says, and what the pages' mentions say. */
export type FieldGap = {
  field: string;
  gap: "untold" | "differs" | "too much";
  reported: unknown;
  truth: unknown;
  told: { url: string; value: unknown }[];
};

const asked = ["lead_organization", "funders", "partners", "states", "start", "end"];

/**
 * Holds the fields of a new entry against the truth of its night: what no mention tells is the
 * reader's to find, what a mention tells and the entry lacks was lost on the way.
 */
export function findGaps(ruling: Ruling, world: World, known: Known, night: number): FieldGap[] {
  const { change } = ruling;
  const truth = truthOf(ruling, world);
  if (change.kind !== "new" || !truth) return [];
  const state = stateOf(truth, night);
  const mentions = mentionsOf(change, known);
  return asked.flatMap((field): FieldGap[] => {
    const reported = change.fields[field]?.new;
    const wanted = state[field];
    const since = truth.tellable[field];
    const isAsked = !isEmpty(wanted) && since !== undefined && since <= night;
    if (isEmpty(reported) && !isAsked) return [];
    if (!isEmpty(reported) && sameText(reported, wanted)) return [];
    const told = mentions.flatMap(({ mention, pageUrl }) => {
      const value = (mention as { [field: string]: unknown })[fieldOf(field)!];
      return isEmpty(value) ? [] : [{ url: pageUrl, value }];
    });
    const gap = isEmpty(reported) ? "untold" : isEmpty(wanted) ? "too much" : "differs";
    return [{ field, gap, reported, truth: wanted, told }];
  });
}

/** Field by field, of those that pages tell, whether a new entry got it right. */
export function judgeFields(
  ruling: Ruling,
  world: World,
  known: Known,
  night: number,
): { field: string; isRight: boolean }[] {
  const truth = truthOf(ruling, world);
  if (!truth) return [];
  const wrong = new Set(findGaps(ruling, world, known, night).map(({ field }) => field));
  const state = stateOf(truth, night);
  return asked
    .filter((field) => !isEmpty(state[field]) && (truth.tellable[field] ?? Infinity) <= night)
    .map((field) => ({ field, isRight: !wrong.has(field) }));
}

const truthOf = ({ change }: Ruling, world: World): TruthInitiative | undefined =>
  world.initiatives.find((one) =>
    one.names.some((name) => foldName(name) === foldName(change.initiative.name)),
  );

/** How often which field has which gap, and whether a mention held the truth. */
export const tallyGaps = (gaps: FieldGap[]): string =>
  tally(
    "fields of true new entries that are not what the truth says",
    gaps.map(({ field, gap, told, truth }) => {
      const best = told.some(({ value }) => sameText(value, truth))
        ? "a mention tells it rightly"
        : told.length > 0
          ? "mentions tell it otherwise"
          : "no mention tells it";
      return gap === "too much" ? `${field} too much` : `${field} ${gap}: ${best}`;
    }),
  );

/** A gap in a few lines. */
export const describeGap = ({ field, gap, reported, truth, told }: FieldGap): string[] => [
  `    ${gap} ${describeDelta(field, { old: truth, new: reported })} (truth → reported)`,
  ...told.slice(0, 4).map(({ url, value }) => `        told ${show(value)} @ ${url}`),
];

function mentionsOf(change: Ruling["change"], known: Known): MentionSeen[] {
  const clusters = new Set(
    known.changes.filter((one) => one.id === change.id).map((one) => one.effort),
  );
  return known.mentions.filter(
    (one) => one.clusterId !== null && clusters.has(one.clusterId) && one.missingCount === 0,
  );
}

/** What the truth says of an initiative on a night. */
function stateOf(initiative: TruthInitiative, night: number): { [field: string]: unknown } {
  const steps = initiative.history.filter((step) => step.night <= night);
  return Object.assign({ ...initiative }, ...steps);
}

const isEmpty = (value: unknown): boolean =>
  value == null || value === "" || (Array.isArray(value) && value.length === 0);

/** Equal as a person would say so: sets in any order, dates as far as both tell. */
function sameText(one: unknown, other: unknown): boolean {
  const [a, b] = [one, other].map((value) =>
    [value ?? []]
      .flat()
      .map((member) => foldName(String(member)))
      .toSorted(),
  ) as [string[], string[]];
  if (a.length === 1 && b.length === 1 && /^\d{4}/.test(a[0]!)) {
    return a[0]!.startsWith(b[0]!) || b[0]!.startsWith(a[0]!);
  }
  return a.join("|") === b.join("|");
}

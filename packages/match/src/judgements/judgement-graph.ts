import { type JudgedSide, type Judgement, sideKey, type Tie } from "@waymark/domain";

/** What people said of some sides, and what the catalog holds together anyway. */
export type Told = { judgements: readonly Judgement[]; ties: readonly Tie[] };

/** One way from a side to another: by a judgement that they are the same, or by a tie. */
export type Step = { to: string; judgement: Judgement } | { to: string; tie: Tie };

/** The sides by their keys, and the steps from each of them. */
export type JudgementGraph = {
  sides: ReadonlyMap<string, JudgedSide>;
  steps: ReadonlyMap<string, readonly Step[]>;
  /** The judgements that part two sides. */
  parting: readonly { judgement: Judgement; a: string; b: string }[];
};

/** Lays out who is held together with whom. Invariant: the order of what was told does not matter. */
export function buildGraph({ judgements, ties }: Told): JudgementGraph {
  const sides = new Map<string, JudgedSide>();
  const steps = new Map<string, Step[]>();
  const parting: { judgement: Judgement; a: string; b: string }[] = [];
  const keyOf = (side: JudgedSide): string => {
    const key = sideKey(side);
    if (!sides.has(key)) {
      sides.set(key, side);
      steps.set(key, []);
    }
    return key;
  };
  for (const tie of ties) {
    const [one, other] = [keyOf(tie.one), keyOf(tie.other)];
    steps.get(one)!.push({ to: other, tie });
    steps.get(other)!.push({ to: one, tie });
  }
  for (const judgement of judgements) {
    const [a, b] = [keyOf(judgement.a), keyOf(judgement.b)];
    if (judgement.verdict === "different") parting.push({ judgement, a, b });
    if (judgement.verdict !== "same") continue;
    steps.get(a)!.push({ to: b, judgement });
    steps.get(b)!.push({ to: a, judgement });
  }
  for (const each of steps.values()) each.sort(byAge);
  parting.sort((one, other) => one.judgement.id - other.judgement.id);
  return { sides, steps, parting };
}

/** Ties first, by where they lead; then judgements as they were made. */
const byAge = (one: Step, other: Step): number =>
  ageOf(one) - ageOf(other) || (one.to < other.to ? -1 : one.to > other.to ? 1 : 0);
const ageOf = (step: Step): number => ("tie" in step ? 0 : step.judgement.id);

/** How each side within reach is come to with the fewest judgements: how many, and the last step. */
export type Reached = Map<string, { judgements: number; from: string | undefined; step?: Step }>;

/**
 * Every side that a chain of judgements and ties leads to from one side. A tie costs nothing, a judgement
 * one (0-1 breadth-first search): the time is that of looking at each step once.
 */
export function reach({ steps }: JudgementGraph, start: string): Reached {
  const reached: Reached = new Map([[start, { judgements: 0, from: undefined }]]);
  let level = [start];
  for (let cost = 0; level.length > 0; cost++) {
    const next: string[] = [];
    // Ties lead to sides of the same level, which are looked at in the same round.
    for (let at = 0; at < level.length; at++) {
      const from = level[at]!;
      if (reached.get(from)!.judgements !== cost) continue;
      for (const step of steps.get(from) ?? []) {
        const judgements = cost + ("tie" in step ? 0 : 1);
        const before = reached.get(step.to);
        if (before && before.judgements <= judgements) continue;
        reached.set(step.to, { judgements, from, step });
        (judgements === cost ? level : next).push(step.to);
      }
    }
    level = next;
  }
  return reached;
}

/** The steps by which a side was come to, first step first. */
export function stepsTo(reached: Reached, end: string): Step[] {
  const path: Step[] = [];
  for (let at = reached.get(end); at?.step; at = reached.get(at.from!)) path.push(at.step);
  return path.reverse();
}

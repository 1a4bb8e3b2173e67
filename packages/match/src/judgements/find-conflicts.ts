import { type JudgedSide, type Judgement, sideKey, type Tie } from "@waymark/domain";
import {
  buildGraph,
  type JudgementGraph,
  reach,
  type Step,
  stepsTo,
  type Told,
} from "./judgement-graph.ts";

/** Judgements that cannot all be true, and the ties that hold their sides together; the parting one comes last. */
export type Conflict = { judgements: Judgement[]; ties: Tie[] };

/**
 * Every contradiction among judgements (A = B, B = C, but A ≠ C): for each judgement that parts two sides
 * which others hold together, the fewest that do so, found in time linear in what was told.
 * The smallest comes first, then the oldest.
 */
export function findConflicts(told: Told): Conflict[] {
  const graph = buildGraph(told);
  const conflicts = graph.parting.flatMap(({ judgement, a, b }) => {
    const reached = reach(graph, a);
    return reached.has(b) ? [conflictOf(stepsTo(reached, b), [judgement])] : [];
  });
  return conflicts.sort((one, other) => one.judgements.length - other.judgements.length);
}

/**
 * The fewest standing judgements that contradict what somebody is about to say of a pair, or that forbid
 * to make one of the two. Undefined when nothing stands against it.
 */
export function findContradiction(
  told: Told,
  said: { a: JudgedSide; b: JudgedSide; verdict: "same" | "different" },
): Conflict | undefined {
  const graph = buildGraph(told);
  const [a, b] = [sideKey(said.a), sideKey(said.b)];
  if (said.verdict === "same") return whatParts(graph, a, b);
  const reached = reach(graph, a);
  return reached.has(b) ? conflictOf(stepsTo(reached, b), []) : undefined;
}

/** The shortest way from one side over a parting judgement to the other. */
function whatParts(graph: JudgementGraph, a: string, b: string): Conflict | undefined {
  const [fromA, fromB] = [reach(graph, a), reach(graph, b)];
  let best: { near: string; far: string; judgement: Judgement; cost: number } | undefined;
  for (const { judgement, a: one, b: other } of graph.parting) {
    for (const [near, far] of [
      [one, other],
      [other, one],
    ] as const) {
      const [before, after] = [fromA.get(near), fromB.get(far)];
      if (!before || !after) continue;
      const cost = before.judgements + after.judgements;
      if (!best || cost < best.cost) best = { near, far, judgement, cost };
    }
  }
  if (!best) return undefined;
  const steps = [...stepsTo(fromA, best.near), ...stepsTo(fromB, best.far)];
  return conflictOf(steps, [best.judgement]);
}

/** A step that both ways take counts once. */
function conflictOf(steps: Step[], parting: Judgement[]): Conflict {
  const judgements = steps.flatMap((step) => ("judgement" in step ? [step.judgement] : []));
  const ties = steps.flatMap((step) => ("tie" in step ? [step.tie] : []));
  return { judgements: [...new Set([...judgements, ...parting])], ties: [...new Set(ties)] };
}

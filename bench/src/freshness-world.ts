import { createDraw } from "@waymark/match";

/** One year of a page: how often it changes, and the days on which it did. */
export type PageYear = {
  /** Changes a day; nobody but an oracle knows it. */
  rate: number;
  /** Days since the year began, ascending. */
  changes: number[];
};

/** How many pages, and whether each has a rate of its own or all pages of a source share one. */
export type YearShape = { sources: number; pages: number; ratesBy: "page" | "source" };

export const yearDays = 365;
const daysToChange = 60;
/** Deviation of the rates' logarithm: of three pages one is more than 4.5 times as busy or as quiet as the median. */
const deviation = 1.5;

/** Pages whose changes come by chance, as a Poisson process does: the median page changes once in 60 days. */
export function drawYear({ sources, pages, ratesBy }: YearShape, seed: number): PageYear[] {
  const draw = createDraw(seed);
  const drawRate = () => Math.exp(deviation * drawNormal(draw)) / daysToChange;
  return Array.from({ length: sources }, () => {
    const shared = drawRate();
    return Array.from({ length: pages }, () => {
      const rate = ratesBy === "source" ? shared : drawRate();
      return { rate, changes: drawChanges(rate, draw) };
    });
  }).flat();
}

/** Box and Muller's way from two even draws to one normal. */
const drawNormal = (draw: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

function drawChanges(rate: number, draw: () => number): number[] {
  const changes: number[] = [];
  for (let day = 0; ; ) {
    day -= Math.log(1 - draw()) / rate;
    if (day >= yearDays) return changes;
    changes.push(day);
  }
}

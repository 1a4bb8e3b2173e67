import { createDraw } from "@waymark/match";
import type { CrawlContext } from "./crawl-bench.ts";
import { figuresOn } from "./crawl-figures.ts";
import type { Figure } from "./figure.ts";
import { drawYear, type PageYear, type YearShape, yearDays } from "./freshness-world.ts";
import {
  halving,
  inTurn,
  knowing,
  knownNights,
  learning,
  liveYear,
  type Policy,
} from "./freshness-year.ts";
import { meanOf } from "./rates.ts";

/** How much sooner a simulated year's changes are seen than by a fixed round of as many visits. */
export async function benchFreshness({ small, say }: CrawlContext): Promise<Figure[]> {
  const size = small ? { sources: 60, pages: 20 } : { sources: 2000, pages: 20 };
  const seeds = small ? [1, 2] : [1, 2, 3, 4, 5];
  const trials = [
    ...[2, 3, 8, 15.5].map((rhythmDays) => ({ rhythmDays, ratesBy: "page" as const })),
    { rhythmDays: 3, ratesBy: "source" as const },
  ];
  return trials.flatMap(({ rhythmDays, ratesBy }) => {
    const years = seeds.map((seed) => compareYear({ ...size, ratesBy }, { rhythmDays, seed }));
    say(`  a rhythm of ${rhythmDays} days, a rate for each ${ratesBy}: done\n`);
    return figuresOf(years, `${size.sources} x ${size.pages} pages, a rate for each ${ratesBy}`);
  });
}

/** Mean ages of one simulated year, in days, all by the same number of visits but for the rule of thumb. */
export type Comparison = {
  meanIntervalDays: number;
  learnt: number;
  turns: number;
  oracle: number;
  /** The rule of thumb as a share of what a round of its own number of visits comes to. */
  ruleOfThumb: number;
};

/** Lives through one year with every policy. */
export function compareYear(
  shape: YearShape,
  { rhythmDays, seed }: { rhythmDays: number; seed: number },
): Comparison {
  const pages = drawYear(shape, seed);
  const chance = createDraw(seed + 1000);
  const live = (policyFor: (page: PageYear) => Policy) => liveAll(pages, policyFor);
  const learnt = live(() => learning(rhythmDays, chance));
  const thumb = live(() => halving());
  const oracleRhythm = rhythmOf(pages, learnt.meanIntervalDays);
  return {
    meanIntervalDays: learnt.meanIntervalDays,
    learnt: learnt.meanAge,
    turns: live(() => inTurn(learnt.meanIntervalDays, chance)).meanAge,
    oracle: live(({ rate }) => knowing(rate, oracleRhythm, chance)).meanAge,
    ruleOfThumb: thumb.meanAge / live(() => inTurn(thumb.meanIntervalDays, chance)).meanAge,
  };
}

function liveAll(
  pages: PageYear[],
  policyFor: (page: PageYear) => Policy,
): { meanAge: number; meanIntervalDays: number } {
  let visits = 0;
  let ageDays = 0;
  for (const page of pages) {
    const year = liveYear(page, policyFor(page));
    visits += year.visits;
    ageDays += year.ageDays;
  }
  const days = yearDays * pages.length;
  return { meanAge: ageDays / days, meanIntervalDays: days / visits };
}

/** The rhythm at which an oracle makes as many visits, found by halving. */
function rhythmOf(pages: PageYear[], meanIntervalDays: number): number {
  let [low, high] = [0.5, 100];
  for (let step = 0; step < 14; step++) {
    const middle = Math.sqrt(low * high);
    const visitsADay = meanOf(pages.map(({ rate }) => 1 / knownNights(rate, middle)));
    if (1 / visitsADay > meanIntervalDays) high = middle;
    else low = middle;
  }
  return high;
}

function figuresOf(years: Comparison[], pages: string): Figure[] {
  const meanOver = (measure: (year: Comparison) => number) => meanOf(years.map(measure));
  const interval = meanOver((year) => year.meanIntervalDays);
  const figure = figuresOn(`${pages}, one visit in ${interval.toFixed(1)} days`);
  const shares = years.map((year) => year.learnt / year.turns);
  return [
    {
      ...figure("mean age, learnt / fixed round", meanOf(shares), "ratio"),
      rival: "oracle",
      rivalValue: meanOver((year) => year.oracle / year.turns),
    },
    figure("spread of it over the seeds", Math.max(...shares) - Math.min(...shares), "ratio"),
    figure(
      "mean age, rule of thumb / fixed round",
      meanOver((year) => year.ruleOfThumb),
      "ratio",
    ),
    figure(
      "mean age, learnt",
      meanOver((year) => year.learnt),
      "days",
    ),
  ];
}

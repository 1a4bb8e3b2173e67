import { type JudgedSide, type Judgement, sideKey, type Tie } from "@waymark/domain";
import type { Told } from "@waymark/match";
import { type Db, listJudgementsAround, listTiesAround } from "@waymark/store";

/**
 * What was said of some sides and of all that is the same as they, and what parts them from others with
 * all that is the same as those. Only what hangs together with the sides is loaded, a ring at a time.
 */
export async function loadJudged(db: Db, sides: JudgedSide[]): Promise<Told> {
  const judgements = new Map<number, Judgement>();
  const ties = new Map<string, Tie>();
  /** Whether a side was come to without crossing a *different*: only then is one crossed from it. */
  const seen = new Map<string, { isNear: boolean }>();
  let ring = sides.map((side) => ({ side, isNear: true }));
  while (ring.length > 0) {
    for (const { side, isNear } of ring) seen.set(sideKey(side), { isNear });
    const asked = ring.map(({ side }) => side);
    const next = new Map<string, { side: JudgedSide; isNear: boolean }>();
    const step = (from: JudgedSide, to: JudgedSide, crosses: boolean) => {
      const here = seen.get(sideKey(from));
      if (!here || (crosses && !here.isNear)) return;
      const isNear = here.isNear && !crosses;
      const before = next.get(sideKey(to)) ?? seen.get(sideKey(to));
      if (!before || (isNear && !before.isNear)) next.set(sideKey(to), { side: to, isNear });
    };
    for (const judgement of await listJudgementsAround(db, asked)) {
      judgements.set(judgement.id, judgement);
      if (judgement.verdict === "unsure") continue;
      step(judgement.a, judgement.b, judgement.verdict === "different");
      step(judgement.b, judgement.a, judgement.verdict === "different");
    }
    for (const tie of await listTiesAround(db, asked)) {
      ties.set(`${sideKey(tie.one)} ${sideKey(tie.other)}`, tie);
      step(tie.one, tie.other, false);
      step(tie.other, tie.one, false);
    }
    ring = [...next.values()];
  }
  return { judgements: [...judgements.values()], ties: [...ties.values()] };
}

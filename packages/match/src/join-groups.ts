import { type Comparison, judge } from "./compare-pair.ts";

/** No pair of the two groups is called same, or more than one member has such a pair. */
const nobody = -1;
const several = -2;

/** What two members are to each other, by their places. */
type Links = { between(one: number, other: number): Comparison };

/**
 * Joins the two groups that agree best until none agree enough: on average over all pairs, or in two pairs
 * of the same that have no member in common. Two groups of which some pair parts never join. Groups are
 * known by their smallest member; of equals the smaller comes first. What two groups are to each other
 * follows from what their parts were, so that a component of n members takes n² steps for each join at worst.
 */
export function joinGroups(
  groups: number[][],
  { links, areApart }: { links: Links; areApart: (one: number, other: number) => boolean },
): number[][] {
  const table = new AgreementTable(groups, links, areApart);
  for (let best = table.best(); best; best = table.best()) table.join(best.one, best.other);
  return table.groups();
}

/** What each two groups are to each other. Rows of groups that were joined to others are empty. */
class AgreementTable {
  readonly #groups: (number[] | undefined)[];
  readonly #count: number;
  /** The sum of the log-odds of all pairs. */
  readonly #sums: Float64Array;
  readonly #apart: Uint8Array;
  /** The one member of the row's group that all pairs of the same with the column's group share. */
  readonly #centres: Int32Array;
  /** Log-odds from which on a pair is called same, as every pair holds them. */
  #joinAtLeast = Number.POSITIVE_INFINITY;

  constructor(groups: number[][], links: Links, areApart: (one: number, other: number) => boolean) {
    this.#groups = [...groups];
    this.#count = groups.length;
    this.#sums = new Float64Array(this.#count ** 2);
    this.#apart = new Uint8Array(this.#count ** 2);
    this.#centres = new Int32Array(this.#count ** 2).fill(nobody);
    for (let row = 0; row < this.#count; row++) {
      for (let column = row + 1; column < this.#count; column++)
        this.#fill(row, column, links, areApart);
    }
  }

  #fill(
    row: number,
    column: number,
    links: Links,
    areApart: (one: number, other: number) => boolean,
  ): void {
    const [there, back] = [this.#at(row, column), this.#at(column, row)];
    for (const one of this.#groups[row]!) {
      for (const other of this.#groups[column]!) {
        const link = links.between(one, other);
        this.#joinAtLeast = link.thresholds.sameLogOdds;
        this.#sums[there]! += link.logOdds;
        if (link.parts || areApart(one, other)) this.#apart[there] = 1;
        if (judge(link) !== "same") continue;
        this.#centres[there] = shared(this.#centres[there]!, one);
        this.#centres[back] = shared(this.#centres[back]!, other);
      }
    }
    this.#sums[back] = this.#sums[there]!;
    this.#apart[back] = this.#apart[there]!;
  }

  /** The two that agree best of those that agree enough. */
  best(): { one: number; other: number } | undefined {
    let best: { one: number; other: number; agreement: number } | undefined;
    for (let one = 0; one < this.#count; one++) {
      if (!this.#groups[one]) continue;
      for (let other = one + 1; other < this.#count; other++) {
        if (!this.#groups[other] || this.#apart[this.#at(one, other)]) continue;
        const agreement = this.#agreement(one, other);
        if (best && agreement <= best.agreement) continue;
        if (agreement > this.#joinAtLeast || this.#hasTwoWays(one, other))
          best = { one, other, agreement };
      }
    }
    return best;
  }

  #agreement(one: number, other: number): number {
    const pairs = this.#groups[one]!.length * this.#groups[other]!.length;
    return this.#sums[this.#at(one, other)]! / pairs;
  }

  #hasTwoWays(one: number, other: number): boolean {
    return (
      this.#centres[this.#at(one, other)] === several &&
      this.#centres[this.#at(other, one)] === several
    );
  }

  /** The second goes into the first; what it was to others is added up. */
  join(one: number, other: number): void {
    this.#groups[one] = [...this.#groups[one]!, ...this.#groups[other]!].sort((a, b) => a - b);
    this.#groups[other] = undefined;
    for (let third = 0; third < this.#count; third++) {
      if (third === one || !this.#groups[third]) continue;
      const [there, back] = [this.#at(one, third), this.#at(third, one)];
      const [thereToo, backToo] = [this.#at(other, third), this.#at(third, other)];
      const sum = this.#sums[there]! + this.#sums[thereToo]!;
      this.#sums[there] = sum;
      this.#sums[back] = sum;
      this.#apart[there]! |= this.#apart[thereToo]!;
      this.#apart[back] = this.#apart[there]!;
      this.#centres[there] = shared(this.#centres[there]!, this.#centres[thereToo]!);
      this.#centres[back] = shared(this.#centres[back]!, this.#centres[backToo]!);
    }
  }

  groups(): number[][] {
    return this.#groups.filter((group) => group !== undefined);
  }

  #at(row: number, column: number): number {
    return row * this.#count + column;
  }
}

/** The member that both have in common, where each is one member, nobody or several. */
function shared(one: number, other: number): number {
  if (one === nobody) return other;
  if (other === nobody || one === other) return one;
  return several;
}

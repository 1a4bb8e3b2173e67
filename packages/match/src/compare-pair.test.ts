import { emptyKnowledge } from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyRecord, anyValues } from "../test/any-record.ts";
import { comparePair, judge, sumOf } from "./compare-pair.ts";

const compare = (a: Parameters<typeof comparePair>[0], b: typeof a) =>
  comparePair(a, b, emptyKnowledge, -3);

test("reasons add up to the log-odds", () => {
  fc.assert(
    fc.property(anyRecord, anyRecord, (a, b) => {
      const { logOdds, reasons } = compare(a, b);
      expect(sumOf(reasons)).toBe(logOdds);
      expect(Number.isFinite(logOdds)).toBe(true);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("neither record comes first", () => {
  fc.assert(
    fc.property(anyRecord, anyRecord, (a, b) => {
      const [one, other] = [compare(a, b), compare(b, a)];
      expect(other.logOdds).toBeCloseTo(one.logOdds, 9);
      expect(judge(other)).toBe(judge(one));
    }),
    { seed: 2, numRuns: 300 },
  );
});

test("a relation is the same from either side", () => {
  fc.assert(
    fc.property(anyRecord, anyRecord, (a, b) => {
      const [one, other] = [compare(a, b).related, compare(b, a).related];
      expect(other === undefined).toBe(one === undefined);
      if (!one || !other) return;
      // Where there is a word for either way, each side uses its own; else both use the only one.
      const wordsBothWays = [one.kind ?? "", other.kind ?? ""].toSorted().join(" ");
      if (!one.kind) expect(other.kind).toBeUndefined();
      else if (one.isOfSecond || other.isOfSecond) {
        expect(other).toEqual({ kind: one.kind, isOfSecond: !one.isOfSecond });
      } else expect(["predecessor successor", "product_of steward_of"]).toContain(wordsBothWays);
    }),
    { seed: 6, numRuns: 500 },
  );
});

test("the same two records give the same bytes", () => {
  fc.assert(
    fc.property(anyValues, anyValues, (a, b) => {
      const bytes = () => {
        const comparison = compare(toRecord(a, emptyKnowledge), toRecord(b, emptyKnowledge));
        return JSON.stringify({ ...comparison, features: comparison.features() });
      };
      expect(bytes()).toBe(bytes());
    }),
    { seed: 7, numRuns: 100 },
  );
});

test("a record is never apart from itself", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      expect(["same", "unsure"]).toContain(judge(compare(record, record)));
    }),
    { seed: 3, numRuns: 200 },
  );
});

import { emptyKnowledge } from "@waymark/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyRecord } from "../test/any-record.ts";
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

test("a record is never apart from itself", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      expect(["same", "unsure"]).toContain(judge(compare(record, record)));
    }),
    { seed: 3, numRuns: 200 },
  );
});

import { expect, test } from "vitest";
import { findMoney } from "./money.ts";

/** Each sum as "1200000 USD", "2000000–3000000 EUR a year". */
const check = (text: string, ...sums: string[]) =>
  test(text, () => {
    const found = findMoney(text);
    expect(
      found.map(({ amount, amountMax, currency, per }) =>
        [amountMax ? `${amount}\u2013${amountMax}` : amount, currency, per && `a ${per}`]
          .filter(Boolean)
          .join(" "),
      ),
    ).toEqual(sums);
    for (const { start, end, quote } of found) expect(text.slice(start, end)).toBe(quote);
  });

check("$1.2 million over 18 months", "1200000 USD");
check("$850,000 and $2M", "850000 USD", "2000000 USD");
check("three grants worth 2 million dollars", "2000000 USD");
check("5,000 learners in 12 states");
check("US$ 3M; a $3-million fund; $1.5bn", "3000000 USD", "3000000 USD", "1500000000 USD");
check("USD 40,000 or 40,000 USD", "40000 USD", "40000 USD");
check("\u20ac2m, \u00a31,250,000 and C$75", "2000000 EUR", "1250000 GBP", "75 CAD");
check("$2\u20133 million", "2000000\u20133000000 USD");
check("between $250,000 and $500,000", "250000\u2013500000 USD");
check("between $1.5 million and $3 million", "1500000\u20133000000 USD");
check("$1 to $2 million", "1000000\u20132000000 USD");
check("$500,000 to $2 million", "500000\u20132000000 USD");
check("$1.2M-$1.5M", "1200000\u20131500000 USD");
check(
  "$50,000 per year, $20/hour, $2 million annually",
  "50000 USD a year",
  "20 USD a hour",
  "2000000 USD a year",
);
check("$15-20 an hour", "15\u201320 USD a hour");
check("$5 and 10 learners; $5 to learners", "5 USD", "5 USD");
check("a 10-dollar fee, 12% of $1,203.50", "1204 USD");
check("$ sign; 2024 programs; $");

test("digits without end are read in no time", () => {
  const began = process.cpuUsage();
  findMoney(`$${"1,111".repeat(4000)} ${"$1-".repeat(4000)}`);
  expect(process.cpuUsage(began).user).toBeLessThan(500_000);
});

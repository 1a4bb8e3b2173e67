import { expect, test } from "vitest";
import { findMoney } from "./money.ts";

const check = (text: string, ...amounts: number[]) =>
  test(text, () => expect(findMoney(text).map(({ amount }) => amount)).toEqual(amounts));

check("$1.2 million over 18 months", 1_200_000);
check("$850,000 and $2M", 850_000, 2_000_000);
check("three grants worth 2 million dollars", 2_000_000);
check("5,000 learners in 12 states");

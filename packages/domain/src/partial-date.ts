import { z } from "zod";

/** A date as precise as it was told: `2026`, `2026-03` or `2026-03-01`. Compares as text within one precision. */
export const PartialDate = z
  .string()
  .regex(
    /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/,
    "write a date as YYYY, YYYY-MM or YYYY-MM-DD",
  );
export type PartialDate = z.infer<typeof PartialDate>;

/** The last day a partial date may mean: `2026` → `2026-12-31`, `2026-02` → `2026-02-28`. */
export function lastDayOf(date: PartialDate): string {
  const [year, month, day] = date.split("-");
  if (day) return date;
  if (!month) return `${year}-12-31`;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return `${year}-${month}-${String(last).padStart(2, "0")}`;
}

/** Whether two dates can mean the same day: one is as precise as the other or a prefix of it. */
export function datesAgree(one: PartialDate, other: PartialDate): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

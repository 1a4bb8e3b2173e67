import { expect, test } from "vitest";
import { findDates } from "./dates.ts";

const check = (text: string, ...dates: string[]) =>
  test(text, () => {
    expect(findDates(text).map(({ date, kind }) => (kind ? `${kind} ${date}` : date))).toEqual(
      dates,
    );
    for (const { start, end, quote } of findDates(text)) expect(text.slice(start, end)).toBe(quote);
  });

check("March 3, 2026", "2026-03-03");
check("Posted Sept. 9 2025", "2025-09-09");
check("3 March 2026", "2026-03-03");
check("2026-03-31T09:00:00Z", "2026-03-31");
check("05/31/2026", "2026-05-31");
check("31/05/2026", "2026-05-31");
check("February 30, 2026");
check("It began in March of 2026.", "start 2026-03");
check("since 2019", "start 2019");
check("Fall 2023", "2023");
check("FY 2024 and FY25", "2024", "2025");
check("Q3 2024", "2024");
check("2018\u20132023", "start 2018", "end 2023");
check("from 2018 to 2023", "start 2018", "end 2023");
check("the 2023-24 academic year", "start 2023", "end 2024");
check("Funding runs through June 2026.", "end 2026-06");
check("The pilot will end in 2027", "end 2027");
check("over 2000 learners in 12 states");
check("in 2000 schools");
check("Call 555-2019 or room 2024B");
check("2021", "2021");
check("runs from May 2022 to December 31, 2026", "start 2022-05", "end 2026-12-31");
check("between June 2024 and March 2027", "start 2024-06", "end 2027-03");
check("March 2027", "2027-03");

import { expect, test } from "vitest";
import { findDates } from "./dates.ts";

const check = (text: string, ...dates: string[]) =>
  test(text, () => {
    const told = findDates(text).map(({ date, kind, period }) =>
      [kind, date, period && `(${period})`].filter(Boolean).join(" "),
    );
    expect(told).toEqual(dates);
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
check("2018\u20132023", "start 2018", "end 2023");
check("from 2018 to 2023", "start 2018", "end 2023");
check("Funding runs through June 2026.", "end 2026-06");
check("The pilot will end in 2027", "end 2027");
check("over 2000 learners in 12 states");
check("in 2000 schools");
check("Call 555-2019 or room 2024B");
check("2021", "2021");
check("runs from May 2022 to December 31, 2026", "start 2022-05", "end 2026-12-31");
check("between June 2024 and March 2027", "start 2024-06", "end 2027-03");
check("March 2027", "2027-03");

// Written in other ways.
check("Wed, 04 Mar 2026 09:00:00 GMT", "2026-03-04");
check("the 3rd of March 2026", "2026-03-03");
check("2026/3/9", "2026-03-09");
check("3.4.2026", "2026-03-04");
check("12/2025", "2025-12");
check("2026-02", "2026-02");
check("Last updated: 5/9/24", "2024-05-09");
check("5/9/24", "2024-05-09");
check("items 5/9/24 and 7/8/25 of the list");
check("Feb. 29, 2023");
check("1,203 learners in 2,024 schools, room 1999a");

// Periods are known to their year, and say what they are.
check("Fall 2023", "2023 (season)");
check("in the spring of 2024", "2024 (season)");
check("2025 summer", "2025 (season)");
check("Winter 2023\u201324", "start 2023 (season)", "end 2024 (season)");
check("Fall 2023 to Spring 2025", "start 2023 (season)", "end 2025 (season)");
check("Fall semester, 2024", "2024 (season)");
check("Q3 2024 and 2025 Q1", "2024 (quarter)", "2025 (quarter)");
check("the first half of 2024", "2024 (quarter)");
check("the third quarter of fiscal year 2024", "2024 (quarter)");
check("FY 2024 and FY25", "2024 (fiscal-year)", "2025 (fiscal-year)");
check("FY\u201924", "2024 (fiscal-year)");
check("fiscal year 2024", "2024 (fiscal-year)");
check("FY 2023\u201324", "start 2023 (fiscal-year)", "end 2024 (fiscal-year)");
check("FY23-25", "start 2023 (fiscal-year)", "end 2025 (fiscal-year)");
check("FY 2022 through FY 2024", "start 2022 (fiscal-year)", "end 2024 (fiscal-year)");
check("the 2023-24 academic year", "start 2023 (academic-year)", "end 2024 (academic-year)");
check("school year 2023/24", "start 2023 (academic-year)", "end 2024 (academic-year)");
check("academic year 2024", "2024 (academic-year)");
check("early 2024, mid-2025 and late 2026", "2024", "2025", "2026");

// Times.
check("January 15, 2024 to June 2026", "start 2024-01-15", "end 2026-06");
check("2021-present", "start 2021");
check("2021 to date", "start 2021");
check("from 2021 onward", "start 2021");
check("March 28 \u2013 April 2, 2024", "start 2024-03-28", "end 2024-04-02");
check("January\u2013March 2024", "start 2024-01", "end 2024-03");
check("founded in 1998", "start 1998");
check("Est. 2012", "start 2012");
check("through 2027", "end 2027");
check("will sunset at the end of 2026", "end 2026");
check("As of 2023, forty colleges take part", "2023");
check("2019\u20132017");

test("numbers without end are read in no time", () => {
  const attack = `${"/".repeat(5000)}1/1/${"2020-".repeat(1000)}`;
  const began = process.cpuUsage();
  findDates(attack);
  expect(process.cpuUsage(began).user).toBeLessThan(500_000);
});

import { expect, test } from "vitest";
import { isTrap } from "./trap.ts";

const now = new Date("2026-03-01T00:00:00Z");
/** A path is let pass, or held back as a calendar's for a reason that begins with the phrase. */
const check = (path: string, reason?: string): void =>
  test(`${path} ${reason ? `is held back: ${reason}` : "is let pass"}`, () => {
    const found = isTrap(`http://example.org${path}`, now);
    if (reason) expect(found?.startsWith(reason) ? reason : found).toBe(reason);
    else expect(found).toBeUndefined();
  });

check("/calendar");
check("/calendar/2026/03");
check("/events/2025");
check("/events/2026-05");
check("/events/month/");
check("/events?month=2026-05");
check("/events?month=5&year=2026");
check("/events/2019/annual-meeting");
check("/events/marathon-2031");
check("/events/summit-2019");
check("/programs/ics");
check("/news/2009/04/an-old-story");
check("/news?month=2024-05");
check("/archive?year=2025");
check("/grants?year=2009");
check("/grants?date=2023-05-01");
check("/cohorts/2019");
check("/events/2027-12", "calendar: 2027-12");
check("/calendar/2031/05", "calendar: 2031-05");
check("/calendar/5/2031", "calendar: 5-2031");
check("/calendar/may-2031", "calendar: may-2031");
check("/calendar/2031/december", "calendar: ");
check("/calendar/1970-01", "calendar: 1970-01");
check("/calendar/2026/03/14", "calendar: 2026-03-14");
check("/events/day/2026-03-14", "calendar: 2026-03-14");
check("/events/month/2040-02/list", "calendar: 2040-02");
check("/events?month=2031-05", "calendar: month=2031-05");
check("/events?month=5&year=2031", "calendar: ");
check("/events?month=may&year=2031", "calendar: ");
check("/events?date=2026-03-14", "calendar: date=");
check("/events?date=20260314", "calendar: date=");
check("/events?date=03/14/2026", "calendar: date=");
check("/events?view=week", "calendar: view=week");
check("/anything?tribe-bar-date=2019-01-01", "calendar: tribe-bar-date");
check("/events/?eventDisplay=past", "calendar: eventDisplay=past");
check("/cal?year=2050", "calendar: year=2050");
check("/cal?month=250", "calendar: month=250");
check("/cal?month=-40", "calendar: month=-40");
check("/news?month=2031-05", "calendar: month=2031-05");
check("/news?month=1990-05", "calendar: month=1990-05");
check("/events/a?ical=1", "calendar file: ical");
check("/events/ical/", "calendar file: ical");
check("/meeting.ics", "calendar file: meeting.ics");
check("/meeting?format=ical", "calendar file: format");

test("without a day, today's counts", () => {
  const year = new Date().getUTCFullYear();
  expect(isTrap(`http://example.org/events/${year}`)).toBeUndefined();
  expect(isTrap(`http://example.org/events/${year + 20}`)).toMatch(/^calendar/);
});

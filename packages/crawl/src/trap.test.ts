import { expect, test } from "vitest";
import { isTrap } from "./trap.ts";

const now = new Date("2026-03-01T00:00:00Z");
const check = (path: string, reason?: RegExp): void =>
  test(`${path.slice(0, 70)} ${reason ? "is a trap" : "is none"}`, () => {
    const found = isTrap(`http://example.org${path}`, now);
    if (reason) expect(found).toMatch(reason);
    else expect(found).toBeUndefined();
  });

check("/");
check("/programs/adult-learners/about");
check("/en/programs/en/about");
check("/2011/11/11/11-11-11");
check("/news/2009/04/an-old-story");
check("/events/2019/annual-meeting");
check("/calendar");
check("/calendar/2026/03");
check("/events/2027-12");
check("/events?month=2026-05");
check("/events?month=5&year=2025");
check("/search?q=a&page=2&sort=date&type=b");
check("/story?sid=42");
check("/archive?year=2025");
check("/share?u=https%3A%2F%2Fexample.org%2Fa");
check("/a/b/a/b/a/b", /"a" three times/);
check("/about/About/ABOUT", /three times/);
check(`/${"x/y".repeat(7)}`, /levels deep|three times/);
check(`/${Array.from({ length: 13 }, (_, index) => `p${index}`).join("/")}`, /13 levels/);
check("/list?a=1&b=2&c=3&d=4&e=5", /5 parameters/);
check("/list?a=1&a=2&a=3&a=4&a=5", /5 parameters/);
check("/page;jsessionid=0A1B2C3D4E", /session/);
check("/page?PHPSESSID=0123456789abcdef", /session/);
check("/page?sid=0123456789abcdef", /session/);
check("/(S(lit3py55t21z5v55vlm25s55))/page", /session/);
check("/calendar/2031/05", /2031/);
check("/calendar/1970-01", /1970/);
check("/events/month/2040-02/list", /2040/);
check("/events?month=2031-05", /calendar/);
check("/anything?tribe-bar-date=2019-01-01", /calendar/);
check("/cal?year=2050", /calendar/);
check("/cal?month=250", /calendar/);
check("/http://example.org/http://example.org/a", /within/);
check(`/${"a".repeat(1200)}`, /characters/);

import { expect, test } from "vitest";
import { isExploding, isPaging, isTrap } from "./trap.ts";

const now = new Date("2026-03-01T00:00:00Z");
/** A path is let pass, or held back for a reason that begins with the phrase. */
const check = (path: string, reason?: string): void =>
  test(`${path.slice(0, 70)} ${reason ? `is a trap: ${reason}` : "is none"}`, () => {
    const found = isTrap(`http://example.org${path}`, now);
    if (reason) expect(found?.startsWith(reason) ? reason : found).toBe(reason);
    else expect(found).toBeUndefined();
  });

check("/");
check("/programs/adult-learners/about");
check("/node/12");
check("/?p=123");
check("/?page_id=12");
check("/view.php?id=12");
check("/programs?state=ohio");
check("/programs?state=ohio&topic=nursing");
check("/initiatives?page=7");
check("/initiatives?page=7&state=ohio");
check("/news/page/12/");
check("/list?offset=400");
check("/index.php?option=com_content&view=article&id=5&catid=2&Itemid=101&lang=en");
check("/report.pdf");
check("/share?u=https%3A%2F%2Fexample.org%2Fa");
check("/feed?format=rss");

check("/a/b/a/b/a/b", "repeated path: a");
check("/about/About/ABOUT", "repeated path: about");
check("/x/a/b/c/a/b/c", "repeated path: a/b/c");
check("/a/b/1/a/b/1", "repeated path: a/b/1");
check("/en/programs/en/about");
check("/programs/adult/programs/adult");
check("/2011/11/11/11-11-11");
check(`/${"x/y".repeat(7)}`, "repeated path");
check(`/${Array.from({ length: 13 }, (_, index) => `p${index}`).join("/")}`, "too deep: 13 levels");
check(`/${"a".repeat(1200)}`, "too long: 12");
check("/http://example.org/http://example.org/a", "nested address");

check("/list?a=1&b=2&c=3&d=4&e=5", "many parameters: 5");
check("/list?a=1&a=2&a=3&a=4&a=5", "many parameters: 5");
check("/view?id=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9", "many parameters: 9");
check("/list?b=2&c=3&d=4");

check("/page;jsessionid=0A1B2C3D4E", "session");
check("/page?PHPSESSID=0123456789abcdef", "session");
check("/page?sid=0123456789abcdef", "session");
check("/page?CFID=12345678&CFTOKEN=87654321", "session");
check("/(S(lit3py55t21z5v55vlm25s55))/page", "session");
check("/s=0123456789abcdef0123/page", "session");
check("/story?sid=42");

check("/post?replytocom=5", "reply: replytocom");
check("/post?share=mail", "reply: share");
check("/post/comment-page-2/", "reply: comment-page-2");
check("/post/comments");

check("/programs/a?print=1", "print version: print=1");
check("/programs/a?format=pdf", "print version: format=pdf");
check("/programs/a?view=print", "print version");
check("/programs/a?tmpl=component", "print version");
check("/programs/a?pdf=12", "print version");
check("/node/12/print", "print version");
check("/print/node/12", "print version");
check("/printpdf/12", "print version: printpdf");
check("/programs/a/printable-version", "print version");
check("/industries/print");
check("/print/and-packaging");
check("/careers/printing");
check("/resources?type=pdf");

check("/login", "door: /login");
check("/en/sign-in?returnUrl=%2Fa", "door: ");
check("/user/login?destination=node/1", "door: ");
check("/members/register", "door: ");
check("/wp-login.php", "door: ");
check("/cart", "door: /cart");
check("/shop/cart/", "door: ");
check("/checkout/step-1", "door: ");
check("/my-account/orders", "door: ");
check("/account/settings", "door: ");
check("/shop?add-to-cart=7", "door: add-to-cart");
check("/wiki?action=login", "door: action");
check("/programs/cart");
check("/programs/individual-training-account");
check("/register");
check("/user/12");
check("/apprenticeships/register");
check("/login-free-resources");

check("/search?q=a&page=2&sort=date&type=b", "search: q=a");
check("/search?q=welding", "search: q=welding");
check("/en/search-results?keywords=a", "search: keywords=a");
check("/search.aspx?text=a", "search: text=a");
check("/?s=welding", "search: s=welding");
check("/programs?search=welding", "search: search=welding");
check("/programs?search_api_fulltext=a&field_topic_target_id=All", "search: ");
check("/search/node/welding", "search: search/node/welding");
check("/search");
check("/search?type=program");
check("/search?q=");
check("/?s=12");
check("/?q=node/12");
check("/page?q=programs/a");
check("/entry?search=a&id=5");
check("/search/label/jobs");
check("/job-search-skills?level=2");

check("/list?f[0]=state:ohio&f[1]=topic:jobs", "facets: f[0], f[1]");
check("/list?f%5B0%5D=a&f%5B1%5D=b&page=2", "facets: f[0], f[1]");
check("/list?filter[state]=oh&filter[topic]=jobs", "facets: ");
check("/list?topics[]=a&topics[]=b", "facets: topics[]");
check("/list?filters=state:ohio,topic:jobs", "facets: filters");
check("/list?field_state=5&field_topic=7", "facets: ");
check("/list?f[0]=state:ohio");
check("/list?f[0]=state:ohio&page=3");
check("/list?field_state=All&field_topic=All&page=3");
check("/list?filter=Nursing, welding");
check("/list?page[offset]=50&page[limit]=50");

check("/list?sort=title", "sorting: sort=title");
check("/list?order=title&sort=asc", "sorting: order=title");
check("/list?orderby=date", "sorting: orderby=date");
check("/list?dir=desc", "sorting: dir=desc");
check("/list?view=grid", "view: view=grid");
check("/list?display=map", "view: display=map");
check("/list?sort=title&page=3");
check("/list?view=all");
check("/list?dir=reports");
check("/list?order=10452");
check("/list?view=detail&id=3");
check("/programs?view=list&id=3");

check("/list?page=1200", "endless paging: page 1200");
check("/news/page/4000/", "endless paging: page 4000");
check("/list?page=999");
check("/list?offset=12000");

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

// What content systems list comes with parameters of ours.
check(
  "/wp-json/wp/v2/posts?_fields=link,modified_gmt,date_gmt,title&modified_after=2026-02-01T00:00:00&order=desc&orderby=modified&page=2&per_page=100",
);
check(
  "/jsonapi/node/program?fields[node--program]=path&page[limit]=50&page[offset]=50&sort=-changed",
);
check("/wp-json/wp/v2/posts?order=desc&orderby=modified", "sorting: ");

test("what is no address is no page", () => {
  expect(isTrap("not an address", now)).toBe("not an address");
});

test("without a day, today's counts", () => {
  const year = new Date().getUTCFullYear();
  expect(isTrap(`http://example.org/events/${year}`)).toBeUndefined();
  expect(isTrap(`http://example.org/events/${year + 20}`)).toMatch(/^calendar/);
});

const paging = (path: string, is: boolean): void =>
  test(`${path} is ${is ? "a further part of a list" : "none"}`, () => {
    expect(isPaging(`http://example.org${path}`)).toBe(is);
  });
paging("/list?page=2", true);
paging("/list?page=0", true);
paging("/list?page=0,3", true);
paging("/list?PAGE=2&state=ohio", true);
paging("/list?list-1-page=2", true);
paging("/list?tribe_paged=2", true);
paging("/list?page[offset]=50", true);
paging("/list?page%5Bnumber%5D=2&page[offset]=50", true);
paging("/list?offset=20", true);
paging("/list?start=20", true);
paging("/?paged=3", true);
paging("/news/page/3/", true);
paging("/news/page-3", true);
paging("/?p=123", false);
paging("/?page_id=12", false);
paging("/?page=about", false);
paging("/?page=", false);
paging("/?start=2026-03-01", false);
paging("/?homepage=1", false);
paging("/page/about", false);
paging("/news/page/3/comments", false);
paging("/programs/12", false);

const many = (one: (index: number) => string, count = 60): string[] =>
  Array.from({ length: count }, (_, index) => `http://example.org${one(index)}`);
const explode = (name: string, known: string[], path: string, is: boolean): void =>
  test(`${name} ${is ? "explode" : "do not explode"}`, () => {
    const found = isExploding(known, `http://example.org${path}`);
    if (is) expect(found).toMatch(/^query explosion: example\.org\/list in \d+ ways$/);
    else expect(found).toBeUndefined();
  });
const grid = many((index) => `/list?state=${index % 10}&topic=${Math.floor(index / 10)}`);
explode("combinations", grid, "/list?state=11&topic=11", true);
explode("combinations in any order", grid, "/list?topic=11&state=11", true);
explode("combinations not yet many", grid.slice(0, 20), "/list?state=11&topic=11", false);
explode("combinations, at an address with one choice", grid, "/list?state=11", false);
explode("combinations, at another path", grid, "/other?state=11&topic=11", false);
explode(
  "ids beside a type",
  many((i) => `/list?type=${i % 3}&id=${i}`),
  "/list?type=1&id=99",
  false,
);
explode(
  "ids alone",
  many((i) => `/list?id=${i}`),
  "/list?id=99",
  false,
);
explode(
  "pages of a choice",
  many((i) => `/list?state=ohio&page=${i}`),
  "/list?state=ohio&page=99",
  false,
);
explode(
  "one address many times",
  many(() => "/list?a=1&b=2"),
  "/list?a=1&b=2",
  false,
);
explode(
  "ever other parameters",
  many((i) => `/list?a=1&b${i}=1`, 12),
  "/list?a=1&c=1",
  true,
);
explode("what is no address", ["", "x"], "/list?a=1&b=2", false);

import { expect, test } from "vitest";
import { templateOf } from "./template.ts";

const check = (path: string, template: string): void =>
  test(`${path.slice(0, 70)} is like ${template}`, () => {
    expect(templateOf(`http://www.example.org${path}`)).toBe(template);
  });

check("", "/");
check("/", "/");
check("/#team", "/");
check("/about", "/*");
check("/about/", "/*/");
check("/About.html", "/*.html");
check("/programs/welding-for-all", "/programs/*");
check("/Programs/Welding", "/programs/*");
check("/programs/abc/", "/programs/*/");
check("/programs/abc.html", "/programs/*.html");
check("/programs/abc.aspx", "/programs/*.aspx");
check("/files/report-2025.pdf", "/files/*.pdf");
check("/files/v1.2", "/files/*");
check("/programs/abc/partners", "/programs/abc/*");
check("/en/programs/abc", "/en/programs/*");
check("/programs/a-path-to-work-for-everyone/team", "/programs/*/*");
check(`/programs/${"x".repeat(50)}/team`, "/programs/*/*");
check("/workforce-development/grants/abc", "/workforce-development/grants/*");
check("/node/123", "/node/#");
check("/node/123/", "/node/#/");
check("/node/123/history", "/node/#/*");
check("/items/12-34", "/items/#");
check("/items/12.html", "/items/#.html");
check("/news/2026/03/01/new-cohort", "/news/#/#/#/*");
check("/news/2026-03-01", "/news/#");
check("/news/20260301", "/news/#");
check("/news/2026-march", "/news/#");
check("/news/2026/mar/a-story", "/news/#/mar/*");
check("/2026-report", "/*");
check("/cohort-7/members", "/cohort-#/*");
check("/page2/abc", "/page#/*");
check("/news/page/3/", "/news/page/#/");
check("/d/550e8400-e29b-41d4-a716-446655440000", "/d/#");
check("/d/550e8400-e29b-41d4-a716-446655440000/edit", "/d/#/*");
check("/commit/9fceb02d0ae598e95dc970b74767f19372d61af8", "/commit/#");
check("/deadbeef1", "/#");
check("/facade", "/*");
check("/p%C3%A9riode", "/*");
check("/~joe/work", "/~joe/*");
check("/@joe", "/*");
check("/?p=123", "/?p=");
check("/index.php?id=12", "/index.php?id=");
check("/events/calendar?month=2026-05", "/events/calendar?month=");
check("/events/calendar/?month=2026-05", "/events/calendar/?month=");
check("/list?b=2&a=1&b=3", "/list?a=&b=");
check("/list?f[0]=state%3Aohio&f[1]=topic%3Ajobs", "/list?f[#]=");
check("/list?f%5B0%5D=x", "/list?f[#]=");
check("/list?print", "/list?print=");
check("/list?", "/*");
check("/programs/welding-for-all?lang=es", "/programs/*?lang=");
check("/programs/12?lang=es", "/programs/#?lang=");
check("/wp-json/wp/v2/posts?per_page=100&page=2", "/wp-json/wp/v#/posts?page=&per_page=");
check("//double//slashes", "/double/*");
check("/a/b/c/d/e/f/g/h/i/j/k", "/a/b/c/d/e/f/g/h/**/*");

test("other hosts, schemes and ports share it", () => {
  expect(templateOf("https://other.example:8443/programs/x")).toBe("/programs/*");
});

test("what is no address has none", () => {
  for (const text of ["", "/programs/x", "not an address"]) expect(templateOf(text)).toBe("");
});

test("it stays short, whatever the address", () => {
  const query = Array.from({ length: 300 }, (_, index) => `${"n".repeat(index)}=1`).join("&");
  expect(templateOf(`http://example.org/${"a/".repeat(900)}b?${query}`).length).toBeLessThan(400);
});

import { expect, test } from "vitest";
import { inScope, worthVisiting } from "./scope.ts";

const scope = [
  "https://www.example.org/",
  "http://state.example/programs",
  "http://host.example:8080/a/",
];
const check = (url: string, isIn: boolean): void =>
  test(`${url} is ${isIn ? "in" : "out of"} scope`, () => {
    expect(inScope(scope, url)).toBe(isIn);
  });
check("https://www.example.org/a/b?c", true);
check("http://example.org/", true);
check("http://EXAMPLE.org", true);
check("https://news.example.org/", false);
check("https://www.example.org.evil.example/", false);
check("https://example.org:8443/", false);
check("http://state.example/programs", true);
check("https://www.state.example/programs/one", true);
check("http://state.example/programs?page=2", true);
check("http://state.example/programs-old", false);
check("http://state.example/", false);
check("http://host.example:8080/a/b", true);
check("http://host.example:8080/a", true);
check("http://host.example/a/b", false);
check("mailto:a@example.org", false);
check("not an address", false);

const visit = (url: string, isWorth: boolean): void =>
  test(`${url} is ${isWorth ? "" : "not "}worth a visit`, () => {
    expect(worthVisiting(url)).toBe(isWorth);
  });
visit("http://example.org/", true);
visit("http://example.org/page.html", true);
visit("http://example.org/report.pdf", true);
visit("http://example.org/feed.xml", true);
visit("http://example.org/staff/jane.doe", true);
visit("http://example.org/v1.2", true);
visit("http://example.org/index.php?id=logo.png", true);
visit("http://example.org/a.PNG", false);
visit("http://example.org/a.css?v=3", false);
visit("http://example.org/a.mp4", false);
visit("http://example.org/a.docx", false);
visit("http://example.org/a.zip", false);
visit("http://example.org/events.ics", false);
visit("http://example.org/wp-login.php", false);
visit("http://example.org/wp-admin/post.php", false);
visit("http://example.org/post?replytocom=5", false);
visit("http://example.org/post?share=twitter", false);
visit("http://example.org/wiki?title=A&action=edit", false);
visit("http://example.org/wiki?title=A&action=view", true);
visit("mailto:a@example.org", false);
visit("javascript:void(0)", false);

import { expect, test } from "vitest";
import { canonicalAddress, hostOf, sameAddress, siteOf } from "./address.ts";

const check = (what: string, url: string, expected: string | undefined) =>
  test(what, () => expect(canonicalAddress(url)).toBe(expected));

check("host in small letters", "HTTP://WWW.Lantern.ORG/About", "http://www.lantern.org/About");
check("default port", "https://lantern.org:443/a", "https://lantern.org/a");
check("port of the other scheme", "http://lantern.org:443/a", "http://lantern.org/a");
check("own port stays", "http://lantern.org:8080/a", "http://lantern.org:8080/a");
check("final dot of the host", "http://lantern.org./a", "http://lantern.org/a");
check("fragment", "http://lantern.org/a#team", "http://lantern.org/a");
check("name and password", "http://me:secret@lantern.org/", "http://lantern.org/");
check(
  "tracking",
  "http://a.org/?utm_source=x&fbclid=1&gclid=2&mc_cid=3&id=7",
  "http://a.org/?id=7",
);
check("nothing left to ask", "http://a.org/a?utm_source=x", "http://a.org/a");
check("share, amp, replies", "http://a.org/a?share=mail&amp=1&replytocom=4", "http://a.org/a");
check("session in the query", "http://a.org/a?PHPSESSID=0a1b&x=1", "http://a.org/a?x=1");
check("session in the path", "http://a.org/a;jsessionid=0A1B.n1?x=1", "http://a.org/a?x=1");
check("sid of a session", "http://a.org/a?sid=9f8e7d6c5b4a", "http://a.org/a");
check("sid of a section stays", "http://a.org/a?sid=12", "http://a.org/a?sid=12");
check("post number stays", "http://a.org/?p=1", "http://a.org/?p=1");
check("query sorted", "http://a.org/?b=2&a=1&b=1", "http://a.org/?a=1&b=2&b=1");
check("index page", "http://a.org/b/index.html", "http://a.org/b/");
check("double slashes", "http://a.org//b///c", "http://a.org/b/c");
check(
  "archived address",
  "http://archive.org/web/http://a.org//b",
  "http://archive.org/web/http://a.org/b",
);
check("needless escapes", "http://a.org/%7Ejoe/%61b%2fc%c3%a9", "http://a.org/~joe/ab%2Fc%C3%A9");
check("final slash stays", "http://a.org/b/", "http://a.org/b/");
check("mail", "mailto:a@a.org", undefined);
check("script", "javascript:void(0)", undefined);
check("relative without base", "/b", undefined);
check("no host", "http://", undefined);

test("relative with base", () => {
  expect(canonicalAddress("../c?x", "http://a.org/a/b/")).toBe("http://a.org/a/c?x");
});

test("canonical once is canonical for good", () => {
  const once = canonicalAddress("http://A.org//x/%7e?b&a=%2f#f")!;
  expect(canonicalAddress(once)).toBe(once);
});

test("same address", () => {
  expect(sameAddress("http://www.a.org/x/", "https://A.org/x")).toBe(true);
  expect(sameAddress("http://a.org/?p=1", "https://a.org?p=1")).toBe(true);
  expect(sameAddress("http://a.org/x", "http://a.org/X")).toBe(false);
  expect(sameAddress("mailto:a@a.org", "mailto:a@a.org")).toBe(false);
});

test("host and site", () => {
  expect(hostOf("http://WWW.a.org:8080/x")).toBe("www.a.org:8080");
  expect(siteOf("http://news.jobs.a.co.uk/x")).toBe("a.co.uk");
  expect(siteOf("http://lantern.github.io/")).toBe("lantern.github.io");
  expect(siteOf("http://10.0.0.1:81/")).toBe("10.0.0.1");
  expect(hostOf("tel:1")).toBeUndefined();
});

import { expect, test } from "vitest";
import { canonicalAddress, hostOf, isStagingHost, sameAddress, siteOf } from "./address.ts";

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

// The same address written in other ways.
check("port of the scheme", "http://a.org:80/a", "http://a.org/a");
check("port written twice", "https://a.org:443:443/a", "https://a.org/a");
check("own port written twice", "http://a.org:8080:8080", "http://a.org:8080/");
check("two ports", "http://a.org:80:8080/a", undefined);
check("empty port", "http://a.org:/a", "http://a.org/a");
check("several final dots", "http://a.org../a", "http://a.org/a");
check("final dot before a port", "http://a.org.:8080/a", "http://a.org:8080/a");
check("www stays", "http://www.a.org/a", "http://www.a.org/a");
check("http stays", "http://a.org/a", "http://a.org/a");
check("white space around", "  http://a.org/a\n", "http://a.org/a");
check("case of the path stays", "http://a.org/Articles/A", "http://a.org/Articles/A");
check(
  "letters of other scripts",
  "http://B\u00fccher.example/\u00e9",
  "http://xn--bcher-kva.example/%C3%A9",
);
check("dots in the path", "http://a.org/b/../c/./d", "http://a.org/c/d");
check("empty query", "http://a.org/a?", "http://a.org/a");
check("empty pairs", "http://a.org/a?&&x=1&", "http://a.org/a?x=1");

// Hung on by those who count, in any case.
check("tracking in capitals", "http://a.org/?UTM_Source=x&Utm_Medium=y&a=1", "http://a.org/?a=1");
check("clicks", "http://a.org/a?fbclid=I1&gad_source=1&srsltid=A&msclkid=b", "http://a.org/a");
check(
  "mailings",
  "http://a.org/a?mc_eid=1&_hsenc=2&__hstc=3&hsa_acc=4&mkt_tok=5",
  "http://a.org/a",
);
check("own counters", "http://a.org/a?pk_campaign=1&mtm_source=2&piwik_kwd=3", "http://a.org/a");
check("shares", "http://a.org/a?share=plus-1", "http://a.org/a");
check("sessions of other servers", "http://a.org/a?CFID=12&CFTOKEN=34&x=1", "http://a.org/a?x=1");
check("against caches", "http://a.org/a?_=1700000000000", "http://a.org/a");
check("a form for phones", "http://a.org/a?amp", "http://a.org/a");
check("a form for phones, switched", "http://a.org/a?AMP=1&b=2", "http://a.org/a?b=2");
check("HTML in the query", "http://a.org/a?b=1&amp;c=2&amp;amp;d=3", "http://a.org/a?b=1&c=2&d=3");

// A server may tell these apart.
check("reference stays", "http://a.org/a?ref=partners", "http://a.org/a?ref=partners");
check("source stays", "http://a.org/a?source=grants", "http://a.org/a?source=grants");
check("language stays", "http://a.org/a?l=ko", "http://a.org/a?l=ko");
check("a site's own marks stay", "http://a.org/a?area=News", "http://a.org/a?area=News");
check("a number without a name stays", "http://a.org/a?_=12", "http://a.org/a?_=12");
check("a program called amp stays", "http://a.org/a?amp=welding", "http://a.org/a?amp=welding");
check("a folder called amp stays", "http://a.org/programs/amp/", "http://a.org/programs/amp/");
check("a page of a list stays", "http://a.org/a/page/36", "http://a.org/a/page/36");
check("home stays", "http://a.org/home", "http://a.org/home");
check("index.php stays", "http://a.org/index.php", "http://a.org/index.php");
check("default.aspx stays", "http://a.org/default.aspx", "http://a.org/default.aspx");
check("other folders stay", "http://a.org/blog/jobs/x", "http://a.org/blog/jobs/x");
check("a page behind a fragment", "http://a.org/#!/programs/a", "http://a.org/");
check(
  "lists of content systems stay whole",
  "http://a.org/jsonapi/node/b?fields%5Bnode--b%5D=path%2Ctitle&page%5Blimit%5D=50&sort=-changed",
  "http://a.org/jsonapi/node/b?fields%5Bnode--b%5D=path%2Ctitle&page%5Blimit%5D=50&sort=-changed",
);
check("mail", "mailto:a@a.org", undefined);
check("script", "javascript:void(0)", undefined);
check("relative without base", "/b", undefined);
check("no host", "http://", undefined);

test("relative with base", () => {
  expect(canonicalAddress("../c?x", "http://a.org/a/b/")).toBe("http://a.org/a/c?x");
});

test("canonical once is canonical for good", () => {
  for (const url of [
    "http://A.org//x/%7e?b&a=%2f#f",
    "https://a.org:443:443/?b=1&amp;a=2&amp;amp;c",
    "http://a.org..:80/index.html?&UTM_x=1&_=1700000000",
  ]) {
    const once = canonicalAddress(url)!;
    expect(canonicalAddress(once)).toBe(once);
  }
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

const staging = (host: string, is: boolean) =>
  test(`${host} is ${is ? "a place to try a site out" : "none"}`, () =>
    expect(isStagingHost(host)).toBe(is));
staging("dev.lantern.org", true);
staging("DEV2.lantern.org:8080", true);
staging("dev-web.lantern.org", true);
staging("www-staging.lantern.org", true);
staging("newstaging.lantern.org", true);
staging("lantern.testing.harbor.example", true);
staging("test.lantern.co.uk", true);
staging("demo.lantern.org.", true);
staging("qa.lantern.org", true);
staging("uat_2.lantern.org", true);
staging("preview.lantern.org", true);
staging("clone.lantern.org", true);
staging("sandbox.lantern.org", true);
staging("lantern-prd.herokuapp.com", true);
staging("lantern.pantheonsite.io", true);
staging("lantern.org", false);
staging("www.lantern.org", false);
staging("demo.org", false);
staging("test.example", false);
staging("workforcedev.lantern.org", false);
staging("contest.lantern.org", false);
staging("developers.lantern.org", false);
staging("devonport.lantern.org", false);
staging("lantern.github.io", false);
staging("localhost", false);
staging("10.0.0.1", false);
staging("", false);

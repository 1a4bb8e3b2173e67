import { expect, test } from "vitest";
import { skimPage } from "./skim-page.ts";

const skim = (html: string, url = "http://a.example/dir/page") =>
  skimPage({ url, bytes: new TextEncoder().encode(html), contentType: "text/html" });

const verdict = (name: string, html: string, wanted: string) =>
  test(name, () => expect(skim(html).verdict).toBe(wanted));

const words = "The network trains dock workers and places them in jobs all the year round. ".repeat(
  12,
);

verdict("a page", `<title>Network</title><h1>Network</h1><p>${words}</p>`, "page");
verdict(
  "a page that tells of a page not found in a library",
  `<h1>Lost books</h1><p>${words} A page was not found.</p>`,
  "page",
);
verdict(
  "a missing page with status 200",
  "<title>Page not found</title><h1>Oops! Page not found</h1><p>Try the search.</p>",
  "soft-404",
);
verdict(
  "a parked domain",
  "<title>a.example</title><p>This domain is for sale. Make an offer on this domain.</p>",
  "parked",
);
verdict(
  "a page that wants proof",
  "<title>Just a moment...</title><p>Checking your browser before you go on.</p>",
  "blocked",
);
verdict("a login", '<h1>Sign in</h1><form><input type="password"></form>', "login");
verdict("an empty mount point", '<div id="root"></div><script src="/app.js"></script>', "shell");
verdict(
  "a plea for scripts",
  "<noscript>Please enable JavaScript.</noscript><script>go()</script>",
  "shell",
);

test("links carry their place, base and rel", () => {
  const { links } = skim(
    '<base href="http://b.example/x/"><nav><a href="/home">Home</a></nav><main><a href="one#part">One</a><a rel="nofollow" href="two">Two</a><a href="mailto:a@b.example">Mail</a></main>',
  );
  expect(links).toEqual([
    { url: "http://b.example/home", text: "Home", place: "navigation", nofollow: false },
    { url: "http://b.example/x/one", text: "One", place: "main", nofollow: false },
    { url: "http://b.example/x/two", text: "Two", place: "main", nofollow: true },
  ]);
});

test("a link with a scheme and no host is its page's, whichever page came before", () => {
  const html = '<a href="http:one">One</a><a href="http:?year=2">Two</a><a href="/three">Three</a>';
  const links = (url: string) => skim(html, url).links.map((link) => link.url);
  expect(links("http://a.example/x/page")).toEqual([
    "http://a.example/x/one",
    "http://a.example/x/page?year=2",
    "http://a.example/three",
  ]);
  expect(links("http://a.example/y/page")).toEqual([
    "http://a.example/y/one",
    "http://a.example/y/page?year=2",
    "http://a.example/three",
  ]);
  expect(links("http://b.example/y/page")[2]).toBe("http://b.example/three");
});

test("robots, canonical, refresh and feeds are told", () => {
  const told = skim(
    '<meta name="robots" content="noindex, nofollow"><link rel="canonical" href="/c"><meta http-equiv="refresh" content="3; url=/next"><link rel="alternate" type="application/rss+xml" href="/feed">',
  );
  expect(told).toMatchObject({
    noindex: true,
    nofollow: true,
    canonical: "http://a.example/c",
    refresh: "http://a.example/next",
    feeds: ["http://a.example/feed"],
  });
});

const same = (name: string, one: string, other: string, wanted: boolean) =>
  test(name, () => expect(skim(one).textHash === skim(other).textHash).toBe(wanted));

same(
  "white space, case and counters are no change",
  `<p>${words}</p><span>41,916 learners served</span>`,
  `<div><p>${words.toUpperCase()}</p></div>\n<span>42,001 learners served</span>`,
  true,
);
same(
  "furniture is no change",
  `<nav><a href="/a">A</a></nav><p>${words}</p>`,
  `<p>${words}</p><footer>2027</footer>`,
  true,
);
same(
  "another year is a change",
  `<p>${words} It ends in 2026.</p>`,
  `<p>${words} It ends in 2027.</p>`,
  false,
);

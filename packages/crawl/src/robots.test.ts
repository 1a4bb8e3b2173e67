import { expect, test } from "vitest";
import { parseRobots, robotsVerdict, sitemapsOf } from "./robots.ts";

/** Holds what a robots.txt says of a path on its host to one crawler against what is expected. */
function check(
  name: string,
  robots: string | Uint8Array,
  path: string,
  allowed: boolean,
  agent = "Waymark",
): void {
  test(`${name}: ${path.slice(0, 60)} ${allowed ? "allowed" : "disallowed"} for ${agent}`, () => {
    const url = `http://example.org${path}`;
    expect(robotsVerdict(parseRobots(robots), agent, url).allowed).toBe(allowed);
  });
}

check("an empty file", "", "/a", true);
check("a page of HTML", "<html><body>Disallow nothing: here</body></html>", "/a", true);
check("everything forbidden", "User-agent: Waymark\nDisallow: /\n", "/a", false);
check("everything forbidden to another", "User-agent: Other\nDisallow: /\n", "/a", true);
check("rules before any group", "Disallow: /\nUser-agent: Other\nDisallow: /\n", "/a", true);
check("robots.txt itself", "User-agent: *\nDisallow: /\n", "/robots.txt", true);
check("the home page", "User-agent: *\nDisallow: /\n", "", false);

const shared =
  "User-agent: Waymark\nUser-agent: Other\nDisallow: /shared\n\nUser-agent: Third\nDisallow: /\n";
check("a group of two", shared, "/shared", false);
check("a group of two", shared, "/shared", false, "Other");
check("a group of two", shared, "/free", true);

const parts =
  "User-agent: Waymark\nDisallow: /one\n\nUser-agent: Other\nDisallow: /\n\nUser-agent: waymark\nDisallow: /two\n";
check("groups of one name are merged", parts, "/one", false);
check("groups of one name are merged", parts, "/two", false);
check("groups of one name are merged", parts, "/three", true);
const stars = "User-agent: *\nDisallow: /one\n\nUser-agent: *\nDisallow: /two\n";
check("groups for everybody are merged", stars, "/one", false);
check("groups for everybody are merged", stars, "/two", false);
check(
  "one's own group replaces everybody's",
  "User-agent: *\nDisallow: /a\nUser-agent: Waymark\nDisallow: /b\n",
  "/a",
  true,
);
check(
  "an empty group of one's own",
  "User-agent: *\nDisallow: /\nUser-agent: Waymark\nDisallow:\n",
  "/a",
  true,
);

check("names in any case", "USER-AGENT: wayMARK\nDISALLOW: /x\n", "/x", false);
check("a name with a version", "User-agent: Waymark/0.1\nDisallow: /x\n", "/x", false);
check("a name with more words", "User-agent: Waymark and friends\nDisallow: /x\n", "/x", false);
check("a longer name is another", "User-agent: WaymarkNews\nDisallow: /x\n", "/x", true);
check("a shorter name is another", "User-agent: Way\nDisallow: /x\n", "/x", true);
check("star and a remark", "User-agent: * # everybody\nDisallow: /x\n", "/x", false);

check(
  "a sitemap line ends no group",
  "User-agent: Other\nSitemap: http://example.org/s.xml\nUser-agent: Waymark\nDisallow: /x\n",
  "/x",
  false,
  "Other",
);
check(
  "an unknown line ends no group",
  "User-agent: Waymark\nNoise: 1\nUser-agent: Other\nDisallow: /x\n",
  "/x",
  false,
);
check(
  "a crawl-delay ends no group",
  "User-agent: Waymark\nCrawl-delay: 1\nUser-agent: Other\nDisallow: /x\n",
  "/x",
  false,
);
check("an empty line ends no group", "User-agent: Waymark\n\nDisallow: /x\n", "/x", false);
check(
  "a rule does end the list of names",
  "User-agent: Other\nDisallow: /y\nUser-agent: Waymark\nDisallow: /x\n",
  "/y",
  true,
);

check(
  "the longest rule decides",
  "User-agent: *\nDisallow: /a/\nAllow: /a/page\n",
  "/a/page.html",
  true,
);
check(
  "the longest rule decides",
  "User-agent: *\nAllow: /a/\nDisallow: /a/page\n",
  "/a/page.html",
  false,
);
check("allow wins a tie", "User-agent: *\nDisallow: /folder\nAllow: /folder\n", "/folder/x", true);
check("allow wins a tie", "User-agent: *\nAllow: /folder\nDisallow: /folder\n", "/folder/x", true);
check(
  "a star counts as a character",
  "User-agent: *\nAllow: /page\nDisallow: /*.html\n",
  "/page.html",
  false,
);
check("paths keep their case", "User-agent: *\nDisallow: /X\n", "/x", true);
check("a rule is a prefix", "User-agent: *\nDisallow: /fish\n", "/fishheads/a.html?b", false);
check("a rule starts at the start", "User-agent: *\nDisallow: /fish\n", "/cat/fish", true);
check("a folder is not the file", "User-agent: *\nDisallow: /fish/\n", "/fish", true);
check("the query counts", "User-agent: *\nDisallow: /a?print=\n", "/a?print=1", false);
check("the query counts", "User-agent: *\nDisallow: /*?\n", "/a?b", false);

check("star within", "User-agent: *\nDisallow: /*/private/\n", "/a/b/private/c", false);
check("star within", "User-agent: *\nDisallow: /*/private/\n", "/private/c", true);
check("star first", "User-agent: *\nDisallow: *.pdf\n", "/a/b.pdf", false);
check("stars in a row", "User-agent: *\nDisallow: /a**b\n", "/axxb", false);
check("star last", "User-agent: *\nDisallow: /fish*\n", "/fish", false);
check("dollar ends", "User-agent: *\nDisallow: /*.php$\n", "/a.php", false);
check("dollar ends", "User-agent: *\nDisallow: /*.php$\n", "/a.php?b", true);
check("dollar ends", "User-agent: *\nDisallow: /*.php$\n", "/a.php5", true);
check("dollar ends, found more than once", "User-agent: *\nDisallow: /*a$\n", "/aba", false);
check("pieces do not overlap", "User-agent: *\nDisallow: /ab*ba$\n", "/aba", true);
check("only the home page", "User-agent: *\nAllow: /$\nDisallow: /\n", "/", true);
check("only the home page", "User-agent: *\nAllow: /$\nDisallow: /\n", "/a", false);
check("a dollar within is itself", "User-agent: *\nDisallow: /a$b\n", "/a$b", false);
check("a star meant as itself", "User-agent: *\nDisallow: /a-%2A.html\n", "/a-*.html", false);
check("a star meant as itself", "User-agent: *\nDisallow: /a-%2A.html\n", "/a-b.html", true);
check("a dollar meant as itself", "User-agent: *\nDisallow: /a-%24\n", "/a-$", false);

check("outside ASCII, the rule plain", "User-agent: *\nDisallow: /ツ\n", "/%E3%83%84", false);
check("outside ASCII, the rule encoded", "User-agent: *\nDisallow: /%e3%83%84\n", "/ツ", false);
check("letters encoded needlessly", "User-agent: *\nDisallow: /%62%61%7A\n", "/baz", false);
check("letters encoded needlessly", "User-agent: *\nDisallow: /baz\n", "/%62%61%7a", false);
check(
  "in a query an address may be written plainly or encoded",
  "User-agent: *\nDisallow: /a?u=http%3A%2F%2Fb\n",
  "/a?u=http://b",
  false,
);
check("reserved characters, either case", "User-agent: *\nDisallow: /a%2fb\n", "/a%2Fb", false);

check("a byte order mark", "\ufeffUser-agent: *\nDisallow: /x\n", "/x", false);
check(
  "UTF-16",
  Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from("User-agent: *\nDisallow: /x\n", "utf16le"),
  ]),
  "/x",
  false,
);
check("CR LF", "User-agent: *\r\nDisallow: /x\r\n", "/x", false);
check("CR alone", "User-agent: *\rDisallow: /x\r", "/x", false);
check("no last line end", "User-agent: *\nDisallow: /x", "/x", false);
check("white space everywhere", "  User-agent :\t* \n\t Disallow  :  /x  \n", "/x", false);
check("remarks", "User-agent: * # all\n# Disallow: /y\nDisallow: /x#y\n", "/x", false);
check("remarks", "User-agent: * # all\n# Disallow: /y\nDisallow: /x#y\n", "/y", true);
check("the colon forgotten", "User-agent *\nDisallow /x\n", "/x", false);
check("misspelt", "Useragent: *\nDissalow: /x\n", "/x", false);
check("an unusable rule", "User-agent: *\nDisallow: x\n", "/x", true);

const padding = `# ${"x".repeat(997)}\n`.repeat(520);
check("past 500 KiB nothing counts", `${padding}User-agent: *\nDisallow: /x\n`, "/x", true);
check("before 500 KiB all counts", `User-agent: *\nDisallow: /x\n${padding}`, "/x", false);
test("a rule cut in two by the limit does not count", () => {
  const start = "User-agent: *\n";
  const fill = `${"#".repeat(500 * 1024 - start.length - 1 - "Disallow: /".length)}\n`;
  const robots = parseRobots(`${start}${fill}Disallow: /private\n`);
  expect(robotsVerdict(robots, "Waymark", "http://example.org/other").allowed).toBe(true);
});

test("the verdict names the rule and the pace", () => {
  const robots = parseRobots("User-agent: *\nCrawl-delay: 2.5\nDisallow: /a\nCrawl-delay: none\n");
  expect(robotsVerdict(robots, "Waymark", "http://example.org/a/b")).toEqual({
    allowed: false,
    rule: "disallow: /a",
    crawlDelayMs: 2500,
  });
  expect(robotsVerdict(robots, "Waymark", "http://example.org/b")).toEqual({
    allowed: true,
    crawlDelayMs: 2500,
  });
});

test("sitemaps are for everybody, each once", () => {
  const robots = parseRobots(
    "Sitemap: http://example.org/a.xml\nUser-agent: Other\nSITEMAP:http://cdn.example.org/b.xml # b\nSitemap: http://example.org/a.xml\nSitemap: /relative.xml\n",
  );
  expect(sitemapsOf(robots)).toEqual(["http://example.org/a.xml", "http://cdn.example.org/b.xml"]);
});

test("is plain JSON, so that a host's row can hold it", () => {
  const robots = parseRobots(
    "User-agent: *\nCrawl-delay: 1\nDisallow: /a\nSitemap: http://example.org/a.xml\n",
  );
  expect(JSON.parse(JSON.stringify(robots))).toEqual(robots);
});

test("no pattern makes it slow", () => {
  const robots = parseRobots(`User-agent: *\n${`Disallow: /${"*a".repeat(40)}b\n`.repeat(2000)}`);
  const startedAt = performance.now();
  robotsVerdict(robots, "Waymark", `http://example.org/${"a".repeat(3000)}`);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

/** Pages made to be expensive to read: what broke each parser we looked at, and what would break our own rules. */
export type HostilePage = {
  bytes: Uint8Array;
  contentType: string;
  /** How it must end. */
  ends: "refused" | "read";
};

/** A page of Latin letters, as its bytes. */
const html = (body: string, ends: HostilePage["ends"]): HostilePage => ({
  bytes: Buffer.from(
    `<!doctype html><title>Our initiatives</title><main><h1>Our initiatives</h1>${body}</main>`,
  ),
  contentType: "text/html",
  ends,
});

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join("");

/** Names that read like names: "Cnma Valley". */
function nameOf(index: number): string {
  let letters = "";
  for (let rest = index + 1000; rest > 0; rest = Math.floor(rest / 26))
    letters += String.fromCharCode(97 + (rest % 26));
  return `${letters.charAt(0).toUpperCase()}${letters.slice(1)} Valley`;
}

/** Nested, wide, long, odd: shapes that tree builders and walkers are slow on. */
export const shapesOfTrees: Record<string, () => HostilePage> = {
  "100,000 nested elements": () => html("<div>".repeat(1e5), "refused"),
  "a million nested elements": () => html("<div>".repeat(1e6), "refused"),
  "mixed formatting": () => html("<b><i><u><em><font>x".repeat(20_000), "refused"),
  "crossed formatting": () => html("<b><i><u>x</b></i></u>".repeat(30_000), "read"),
  "unclosed bold and paragraphs": () =>
    html(times(3000, (index) => `<b id=${index}>`) + "<p>x".repeat(3000), "refused"),
  "a million unclosed paragraphs": () => html("<p>".repeat(1e6), "refused"),
  "a million attributes": () => html(`<p ${times(1e6, (index) => `a${index}=1 `)}>`, "refused"),
  "a million equal attributes": () => html(`<p ${"a=1 ".repeat(1e6)}>x`, "refused"),
  "an attribute of 50 MB": () => html(`<p title="${"a".repeat(5e7)}">x`, "refused"),
  "an attribute of 9 MB": () => html(`<img alt="${"alt=".repeat(2.2e6)}">`, "read"),
  "nested drawings": () => html("<svg>".repeat(1e5), "refused"),
  "a million options": () => html(`<select>${"<option>x".repeat(1e6)}`, "refused"),
  "50 MB of text": () => html("word ".repeat(1e7), "refused"),
  "a million comments": () => html("<!-- a -->".repeat(1e6), "refused"),
  "comments that never close": () => html("<!--".repeat(1e6), "read"),
  "entities by the million": () => html("&amp;".repeat(1.8e6), "refused"),
  "numeric entities": () =>
    html(
      times(1e5, (index) => `&#${index % 60_000};`),
      "read",
    ),
  "zeros and halves of letters": () => html("\0a\ud800b".repeat(1e5), "read"),
  "broken UTF-8": () => ({
    bytes: Buffer.concat([
      Buffer.from("<!doctype html><title>x</title><p>"),
      Buffer.alloc(4e5, 0xc3),
      Buffer.alloc(4e5, 0xff),
    ]),
    contentType: "text/html; charset=utf-8",
    ends: "read",
  }),
  "20 MB of unclosed script": () => html(`<script>${"x".repeat(2e7)}`, "refused"),
  "9 MB of unclosed script": () => html(`<script>${"</scrip".repeat(1.2e6)}`, "read"),
  "a million rows": () => html(`<table>${"<tr><td>a".repeat(1e6)}`, "refused"),
  "nested tables": () => html("<table><tr><td>x".repeat(160), "read"),
};

/** Pages within all limits whose text is made for the rules that read it. */
export const shapesOfText: Record<string, () => HostilePage> = {
  "a heading of a megabyte": () => html(`<h2>${"Big Word ".repeat(1e5)}</h2><p>x`, "read"),
  "a name of a megabyte": () =>
    html(`<ul><li><b>${"Big Word ".repeat(1e5)}</b>: is a program`, "read"),
  "a label of a megabyte": () => html(`<p>Funders: ${"A Foundation, ".repeat(6e4)}`, "read"),
  "a title of a megabyte": () => html(`<title>${"Big | Word ".repeat(9e4)}</title>`, "read"),
  "65,000 links in a line": () =>
    html(`<p>${times(65_000, (index) => `<a href=/${index}>x</a> `)}`, "read"),
  "60,000 bold words in a line": () => html(`<p>${"<b>Big</b> word ".repeat(60_000)}`, "read"),
  "line breaks without end": () => html(`<p>${"word<br>".repeat(90_000)}`, "read"),
  "headings without end": () =>
    html(
      times(45_000, (index) => `<h2>${nameOf(index)} Initiative</h2>`),
      "read",
    ),
  "boxes in boxes in a list": () =>
    html(
      times(15_000, (index) => `<div><div><b>${nameOf(index)} Initiative</b> helps people learn`),
      "refused",
    ),
  "entries that tell much": () =>
    html(
      `<ul>${times(900, (index) => `<li><b>${nameOf(index)} Initiative</b>: a program for learners, ${"funded by the Big Foundation since 2019, in partnership with Old College. ".repeat(12)}`)}`,
      "read",
    ),
  "a table of 15,000 efforts": () =>
    html(
      `<table><tr><th>Program<th>Grantee<th>States</tr>${times(15_000, (index) => `<tr><td>${nameOf(index)} Initiative<td>${nameOf(index)} College<td>Ohio, Texas`)}`,
      "read",
    ),
  "20,000 partners in a line": () =>
    html(
      `<h1>Great Network</h1><p>The Great Network is an initiative that helps learners.<p>Lead organization: Big Foundation<p>Partners: ${times(20_000, (index) => `${nameOf(index)} College, `)}`,
      "read",
    ),
  "partners headed 20,000 times": () =>
    html(
      `<h1>Great Network</h1><p>The Great Network is an initiative that helps learners.${times(20_000, (index) => `<h2>Our partners</h2><p><img alt="${nameOf(index)} College logo">`)}`,
      "read",
    ),
  "16,000 grants": () =>
    html(
      `<meta property="article:published_time" content="2024-01-02"><h1>The Big Foundation awards $10 million in grants</h1><ul>${times(16_000, (index) => `<li><b>${nameOf(index)} College</b>, $1,000,000 for the ${nameOf(index)} Initiative`)}`,
      "read",
    ),
  "structured data nested 200,000 deep": () =>
    html(
      `<script type="application/ld+json">${'{"@type":"Thing","a":'.repeat(2e5)}1${"}".repeat(2e5)}</script>`,
      "read",
    ),
  "structured data of 50,000 things": () =>
    html(
      `<script type="application/ld+json">[${times(5e4, (index) => `${index ? "," : ""}{"@type":"Project","name":"${nameOf(index)}"}`)}]</script>`,
      "read",
    ),
  "a text of 30,000 definitions": () => ({
    bytes: Buffer.from(
      times(30_000, (index) => `The ${nameOf(index)} Network is an initiative that helps.\n\n`),
    ),
    contentType: "text/plain",
    ends: "read",
  }),
  "JSON nested without end": () => ({
    bytes: Buffer.from("[".repeat(4e6)),
    contentType: "application/json",
    ends: "read",
  }),
  "a feed of 40,000 entries": () => ({
    bytes: Buffer.from(
      `<rss><channel>${"<item><title>x</title><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate></item>".repeat(40_000)}</channel></rss>`,
    ),
    contentType: "application/rss+xml",
    ends: "read",
  }),
};

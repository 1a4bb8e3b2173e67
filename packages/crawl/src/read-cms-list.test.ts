import fc from "fast-check";
import { expect, test } from "vitest";
import { isCmsList, withModifiedAfter } from "./cms-probes.ts";
import { type CmsList, readCmsList } from "./read-cms-list.ts";

const fields = "_fields=link%2Cmodified_gmt%2Cdate_gmt%2Ctitle";
const posts = `https://example.org/wp-json/wp/v2/posts?${fields}&order=desc&orderby=modified&per_page=100`;
const nodes =
  "https://example.org/jsonapi/node/program?fields%5Bnode--program%5D=changed%2Cdrupal_internal__nid%2Cpath%2Ctitle&page%5Blimit%5D=50&sort=-changed";
const wiki =
  "https://example.org/w/api.php?action=query&format=json&formatversion=2&gapfilterredir=nonredirects&gaplimit=500&gapnamespace=0&generator=allpages&inprop=url&prop=info%7Crevisions&rvprop=timestamp";
const types = "https://example.org/wp-json/wp/v2/types";

/** Reads an answer and holds pages, next lists and issue codes against what is expected. */
function check(
  name: string,
  at: string | { url: string; headers: Record<string, string> },
  answer: unknown,
  expected: { pages?: CmsList["pages"]; next?: string[] | number; issues?: string[] } | undefined,
): void {
  test(name, () => {
    const { url, headers } = typeof at === "string" ? { url: at, headers: {} } : at;
    const body = typeof answer === "string" ? answer : JSON.stringify(answer);
    const found = readCmsList(Buffer.from(body), { url, headers });
    if (!expected) {
      expect(found).toBeUndefined();
      return;
    }
    expect(found && [...new Set(found.issues.map(({ code }) => code))]).toEqual(
      expected.issues ?? [],
    );
    expect(found?.pages).toEqual(expected.pages ?? []);
    if (typeof expected.next === "number") expect(found?.next.length).toBe(expected.next);
    else expect(found?.next).toEqual(expected.next ?? []);
  });
}

const a = "https://example.org/programs/a/";
const post = {
  link: a,
  modified_gmt: "2026-03-01T09:00:00",
  date_gmt: "2025-01-01T00:00:00",
  title: { rendered: "Work &amp; <em>Learn</em>&#8217;s <b>First</b> &nope;" },
};
const page: CmsList["pages"][number] = {
  url: a,
  lastModified: new Date("2026-03-01T09:00:00Z"),
  title: "Work & Learn\u2019s First &nope;",
};
const at = (url: string, headers: Record<string, string>) => ({ url, headers });

check("WordPress: a list", posts, [post], { pages: [page] });
check("WordPress: an empty list", posts, [], {});
check("WordPress: a byte order mark", posts, `\ufeff${JSON.stringify([post])}`, { pages: [page] });
check(
  "WordPress: warnings before the answer",
  posts,
  `<br />\nNotice: x[0] in /a.php\n${JSON.stringify([post])}`,
  { pages: [page] },
);
check(
  "WordPress: times that were never set",
  posts,
  [
    { ...post, modified_gmt: "0000-00-00T00:00:00" },
    { link: "/b", modified_gmt: "1970-01-01T00:00:00", date_gmt: null, title: null },
    { link: "/c", title: "Plain" },
  ],
  {
    pages: [
      { ...page, lastModified: new Date("2025-01-01T00:00:00Z") },
      { url: "https://example.org/b" },
      { url: "https://example.org/c", title: "Plain" },
    ],
  },
);
check("WordPress: odd entries", posts, [post, 7, null, { link: 5 }, post], {
  pages: [page],
  issues: ["cms-odd-entry"],
});
check("WordPress: addresses nobody visits", posts, [{ link: "javascript:x" }, post], {
  pages: [page],
  issues: ["cms-bad-address"],
});
check("WordPress: an error", posts, { code: "rest_no_route", data: { status: 404 } }, undefined);
check("WordPress: another list", posts, [{ id: 1 }, { id: 2 }], undefined);
check("WordPress: the first page names the others", at(posts, { "x-wp-totalpages": "3" }), [post], {
  pages: [page],
  next: [
    posts.replace("&per_page", "&page=2&per_page"),
    posts.replace("&per_page", "&page=3&per_page"),
  ],
});
check("WordPress: one page", at(posts, { "x-wp-totalpages": "1" }), [post], { pages: [page] });
check("WordPress: no page", at(posts, { "x-wp-totalpages": "0" }), [], {});
check("WordPress: pages without end", at(posts, { "x-wp-totalpages": "1e9" }), [post], {
  pages: [page],
  next: 499,
});
check("WordPress: pages that are no number", at(posts, { "x-wp-totalpages": "-7x" }), [post], {
  pages: [page],
});
check(
  "WordPress: a later page",
  at(posts.replace("&per_page", "&page=2&per_page"), { "x-wp-totalpages": "3" }),
  [post],
  { pages: [page], next: [posts.replace("&per_page", "&page=3&per_page")] },
);
check(
  "WordPress: what changed since goes on as the whole list",
  at(withModifiedAfter(posts, new Date("2026-02-01T00:00:00Z")), { "x-wp-totalpages": "2" }),
  [post],
  { pages: [page], next: [posts.replace("&per_page", "&page=2&per_page")] },
);
check(
  "WordPress: a Link header",
  at(posts, {
    link: `<https://example.org/x>; rel="prev", <${posts.replace("https", "http")}&page=2>; rel="next"`,
  }),
  [post],
  { pages: [page], next: [`${posts}&page=2`] },
);
check(
  "WordPress: a Link header to another host",
  at(posts, { link: `<${posts.replace("example.org", "example.net")}&page=2>; rel="next"` }),
  [post],
  { pages: [page] },
);
check(
  "WordPress: a full page without headers",
  posts,
  Array.from({ length: 100 }, () => post),
  { pages: [page], next: [posts.replace("&per_page", "&page=2&per_page")] },
);
check(
  "WordPress: kinds of content",
  types,
  {
    post: { rest_base: "posts", rest_namespace: "wp/v2" },
    attachment: { rest_base: "media", rest_namespace: "wp/v2" },
    wp_block: { rest_base: "blocks" },
    wp_font_face: { rest_base: "font-families/(?P<id>[\\d]+)/font-faces" },
    program: { rest_base: "program", rest_namespace: "wp/v2" },
    partner: { rest_base: "partners" },
    odd: null,
  },
  { next: [posts.replace("posts", "program"), posts.replace("posts", "partners")] },
);
check("WordPress: no kinds of content", types, { code: "rest_forbidden" }, undefined);

check(
  "Drupal: the index leads to nodes only",
  "https://example.org/jsonapi",
  {
    data: [],
    links: {
      self: { href: "https://example.org/jsonapi" },
      "node--program": { href: "http://example.org/jsonapi/node/program" },
      "node--page": "https://example.org/jsonapi/node/page",
      "user--user": { href: "https://example.org/jsonapi/user/user" },
      "file--file": { href: "https://example.org/jsonapi/file/file" },
      "taxonomy_term--tags": { href: "https://example.org/jsonapi/taxonomy_term/tags" },
      "node_type--node_type": { href: "https://example.org/jsonapi/node_type/node_type" },
      "media--image": { href: "https://example.org/jsonapi/media/image" },
      "node--odd": 5,
    },
  },
  { next: [nodes, nodes.replaceAll("program", "page")] },
);
const node = (attributes: object) => ({ type: "node--program", id: "1", attributes });
const second = `${nodes}&page%5Boffset%5D=50`;
check(
  "Drupal: a collection",
  nodes,
  {
    data: [
      node({
        title: "A",
        changed: "2026-03-01T11:00:00+02:00",
        path: { alias: "/programs/a/", langcode: "en" },
      }),
      node({ title: "B", changed: 1772355600, path: { alias: null }, drupal_internal__nid: 7 }),
      node({ drupal_internal__nid: 8, path: null, changed: false }),
      node({ title: "No address" }),
      { type: "node--program" },
    ],
    links: { next: { href: second }, self: { href: nodes } },
  },
  {
    pages: [
      { url: a, lastModified: new Date("2026-03-01T09:00:00Z"), title: "A" },
      {
        url: "https://example.org/node/7",
        lastModified: new Date(1_772_355_600_000),
        title: "B",
      },
      { url: "https://example.org/node/8" },
    ],
    next: [second],
    issues: ["cms-odd-entry"],
  },
);
check(
  "Drupal: in a folder, with a link as a word",
  nodes.replace("/jsonapi", "/site/jsonapi"),
  {
    data: [node({ path: { alias: "/a" } })],
    links: { next: second.replace("/jsonapi", "/site/jsonapi") },
  },
  {
    pages: [{ url: "https://example.org/site/a" }],
    next: [second.replace("/jsonapi", "/site/jsonapi")],
  },
);
const recently = new Date("2026-02-01T00:00:00Z");
check(
  "Drupal: what changed since goes on as the whole list",
  withModifiedAfter(nodes, recently),
  { data: [], links: { next: { href: `${withModifiedAfter(nodes, recently)}&page[offset]=50` } } },
  { next: [second] },
);
check("Drupal: a circle", nodes, { data: [], links: { next: { href: nodes } } }, {});
check("Drupal: an error", nodes, { errors: [{ status: "403" }] }, undefined);

check(
  "MediaWiki: all pages",
  wiki,
  {
    continue: { gapcontinue: "M n", continue: "gapcontinue||" },
    query: {
      pages: [
        {
          title: "A",
          fullurl: "https://example.org/wiki/A",
          touched: "2026-03-02T00:00:00Z",
          revisions: [{ timestamp: "2026-03-01T09:00:00Z" }],
        },
        { title: "B", canonicalurl: "https://example.org/wiki/B", touched: "2026-03-02T00:00:00Z" },
        { title: "C", missing: true },
      ],
    },
  },
  {
    pages: [
      {
        url: "https://example.org/wiki/A",
        lastModified: new Date("2026-03-01T09:00:00Z"),
        title: "A",
      },
      {
        url: "https://example.org/wiki/B",
        lastModified: new Date("2026-03-02T00:00:00Z"),
        title: "B",
      },
    ],
    next: [
      wiki
        .replace("&format=json", "&continue=gapcontinue%7C%7C&format=json")
        .replace("&gapfilterredir", "&gapcontinue=M+n&gapfilterredir"),
    ],
    issues: ["cms-odd-entry"],
  },
);
check(
  "MediaWiki: an older answer, at its end",
  `${wiki}&gapcontinue=M`,
  {
    batchcomplete: "",
    query: { pages: { 12: { pageid: 12, title: "A", fullurl: "//example.org/wiki/A" } } },
  },
  { pages: [{ url: "https://example.org/wiki/A", title: "A" }] },
);
check("MediaWiki: nothing changed", wiki, { batchcomplete: true }, {});
check(
  "MediaWiki: a step leaves no marks for the next",
  `${wiki}&rvcontinue=7`,
  { continue: { gapcontinue: "M", continue: "" }, query: { pages: [] } },
  {
    next: [
      wiki
        .replace("&format=json", "&continue=&format=json")
        .replace("&gapfilterredir", "&gapcontinue=M&gapfilterredir"),
    ],
  },
);
check(
  "MediaWiki: more changes than one answer holds",
  withModifiedAfter(wiki, recently),
  { continue: { grccontinue: "20260201|7", continue: "grccontinue||" }, query: { pages: [] } },
  {},
);
check("MediaWiki: an error", wiki, { error: { code: "readapidenied" } }, undefined);

check("no list by its address", "https://example.org/feed.json", [post], undefined);
check("a page of HTML", posts, "<!doctype html><title>Not found</title>", undefined);
check("nothing", posts, "", undefined);
check("cut off", posts, JSON.stringify([post, post]).slice(0, -40), undefined);
check("too large", posts, `[${" ".repeat(10_000_001)}]`, { issues: ["cms-list-too-large"] });
check(
  "too long",
  posts,
  Array.from({ length: 50_001 }, () => ({ link: "/a" })),
  {
    pages: [{ url: "https://example.org/a" }],
    next: 1,
    issues: ["cms-list-too-long"],
  },
);
check("deep without end", posts, "[".repeat(1_000_000), undefined);

test("no answer breaks the reader", () => {
  const url = fc.constantFrom(posts, types, nodes, "https://example.org/jsonapi", wiki);
  const name = fc.constantFrom("data", "links", "query", "pages", "continue", "attributes", "path");
  const { answer } = fc.letrec((tie) => ({
    answer: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue(),
      fc.array(tie("answer"), { maxLength: 3 }),
      fc.dictionary(name, tie("answer"), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(url, answer, (address, value) => {
      const found = readCmsList(Buffer.from(JSON.stringify(value)), { url: address, headers: {} });
      expect(found?.next.every(isCmsList) ?? true).toBe(true);
    }),
    { numRuns: 300, seed: 7 },
  );
});

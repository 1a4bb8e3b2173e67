import type { CmsSign } from "@waymark/domain";
import { expect, test } from "vitest";
import { cmsProbes, isCmsList, isLaterPart, withModifiedAfter } from "./cms-probes.ts";

const fields = "_fields=link%2Cmodified_gmt%2Cdate_gmt%2Ctitle";
const posts = `https://example.org/wp-json/wp/v2/posts?${fields}&order=desc&orderby=modified&per_page=100`;
const nodes =
  "https://example.org/jsonapi/node/program?fields%5Bnode--program%5D=changed%2Cdrupal_internal__nid%2Cpath%2Ctitle&page%5Blimit%5D=50&sort=-changed";
const wiki =
  "https://example.org/w/api.php?action=query&format=json&formatversion=2&gapfilterredir=nonredirects&gaplimit=500&gapnamespace=0&generator=allpages&inprop=url&prop=info%7Crevisions&rvprop=timestamp";

const probe = (kind: CmsSign["kind"], api: string, expected: string[]): void =>
  test(`${kind} at ${api} is asked for ${expected.length} lists`, () => {
    expect(cmsProbes({ kind, api })).toEqual(expected);
    expect(expected.every(isCmsList)).toBe(true);
  });
const types = "https://example.org/wp-json/wp/v2/types";
probe("wordpress", "https://example.org/wp-json/", [posts.replace("posts", "pages"), posts, types]);
probe("wordpress", "https://example.org/wp-json", [posts.replace("posts", "pages"), posts, types]);
probe("wordpress", "https://example.org/index.php?rest_route=/", [
  `https://example.org/index.php?${fields}&order=desc&orderby=modified&per_page=100&rest_route=%2Fwp%2Fv2%2Fpages`,
  `https://example.org/index.php?${fields}&order=desc&orderby=modified&per_page=100&rest_route=%2Fwp%2Fv2%2Fposts`,
  "https://example.org/index.php?rest_route=%2Fwp%2Fv2%2Ftypes",
]);
probe("drupal", "https://example.org/jsonapi", ["https://example.org/jsonapi"]);
probe("drupal", "https://example.org/site/jsonapi/", ["https://example.org/site/jsonapi"]);
probe("mediawiki", "https://example.org/w/api.php", [wiki]);
probe("mediawiki", "not an address", []);

const list = (url: string, isList: boolean): void =>
  test(`${url} is ${isList ? "a list" : "none"}`, () => expect(isCmsList(url)).toBe(isList));
list(`${posts}&page=2`, true);
list(posts.replace("/posts", "/apprenticeship"), true);
list(nodes.replaceAll("%5B", "[").replaceAll("%5D", "]"), true);
list(`${nodes}&page%5Boffset%5D=50`, true);
list(wiki.replace("allpages", "recentchanges"), true);
list("https://example.org/", false);
list("https://example.org/wp-json/wp/v2/posts", false);
list("https://example.org/wp-json/wp/v2/posts?per_page=100&_fields=link,content", false);
list("https://example.org/wp-json/wp/v2/posts/12", false);
list("https://example.org/jsonapi/node/program", false);
list("https://example.org/jsonapi/node/program/550e8400-e29b-41d4-a716-446655440000", false);
list("https://example.org/w/api.php?action=rsd", false);
list("https://example.org/about/jsonapi-explained", false);
list("not an address", false);

const since = (url: string, expected: Record<string, string>): void =>
  test(`later nights of ${url.slice(0, 60)}`, () => {
    const asked = withModifiedAfter(url, new Date("2026-03-02T02:00:00Z"));
    expect(Object.fromEntries(new URL(asked).searchParams)).toMatchObject(expected);
    expect(isCmsList(asked)).toBe(true);
    expect(new URL(asked).pathname).toBe(new URL(url).pathname);
    expect(withModifiedAfter(asked, new Date("2026-03-02T02:00:00Z"))).toBe(asked);
  });
since(posts, { modified_after: "2026-03-01T02:00:00", per_page: "100", orderby: "modified" });
since(nodes, {
  "filter[since][condition][path]": "changed",
  "filter[since][condition][operator]": ">=",
  "filter[since][condition][value]": String(Date.parse("2026-03-01T02:00:00Z") / 1000),
  sort: "-changed",
});
since(wiki, { generator: "recentchanges", grcend: "2026-03-01T02:00:00Z", action: "query" });
test("lists of lists and pages stay as they are", () => {
  for (const url of [types, "https://example.org/jsonapi", "https://example.org/a?b#c"])
    expect(withModifiedAfter(url, new Date(0))).toBe(url);
});
test("later parts stay as they are", () => {
  const parts = [`${posts}&page=2`, `${nodes}&page%5Boffset%5D=50`, `${wiki}&gapcontinue=M`];
  for (const url of parts) {
    expect(withModifiedAfter(url, new Date(0))).toBe(url);
    expect(isLaterPart(url)).toBe(true);
  }
  for (const url of [posts, nodes, wiki, types, "https://example.org/?page=2"])
    expect(isLaterPart(url)).toBe(false);
});

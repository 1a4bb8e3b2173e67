import { expect, test } from "vitest";
import { isTrap } from "./trap.ts";

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

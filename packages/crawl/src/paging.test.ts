import { expect, test } from "vitest";
import { isPaging } from "./paging.ts";

const paging = (path: string, is: boolean): void =>
  test(`${path} is ${is ? "a further part of a list" : "none"}`, () => {
    expect(isPaging(`http://example.org${path}`)).toBe(is);
  });
paging("/list?page=2", true);
paging("/list?page=0", true);
paging("/list?page=0,3", true);
paging("/list?PAGE=2&state=ohio", true);
paging("/list?list-1-page=2", true);
paging("/list?tribe_paged=2", true);
paging("/list?page[offset]=50", true);
paging("/list?page%5Bnumber%5D=2&page[offset]=50", true);
paging("/list?offset=20", true);
paging("/list?start=20", true);
paging("/?paged=3", true);
paging("/news/page/3/", true);
paging("/news/page-3", true);
paging("/?p=123", false);
paging("/?page_id=12", false);
paging("/?page=about", false);
paging("/?page=", false);
paging("/?start=2026-03-01", false);
paging("/?homepage=1", false);
paging("/page/about", false);
paging("/news/page/3/comments", false);
paging("/programs/12", false);

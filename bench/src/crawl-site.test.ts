import { expect, test } from "vitest";
import { hostAddress, linksOf, pageAt, pagePath, pickChanged, writePage } from "./crawl-site.ts";

const shape = { hosts: 20, pages: 100 };

test("a page is the same every time, and another version has another text", () => {
  const at = { host: 3, page: 17 };
  expect(writePage(shape, at, 0)).toBe(writePage(shape, at, 0));
  expect(writePage(shape, at, 1)).not.toBe(writePage(shape, at, 0));
});

test("pages have the size that the workload asks for", () => {
  const sizes = Array.from({ length: 100 }, (_, page) =>
    Buffer.byteLength(writePage(shape, { host: page % 20, page }, 0)),
  );
  const mean = sizes.reduce((sum, bytes) => sum + bytes, 0) / sizes.length / 1024;
  expect(mean).toBeGreaterThan(43);
  expect(mean).toBeLessThan(46);
});

test("no two pages have the same text", () => {
  const texts = new Set(
    Array.from({ length: 400 }, (_, index) =>
      writePage(shape, { host: index % 20, page: Math.floor(index / 20) }, 0).replace(/\d/g, ""),
    ),
  );
  expect(texts.size).toBe(400);
});

test("every page is reached from the home page in a few steps", () => {
  const large = { hosts: 20, pages: 1000 };
  const depth = new Map([[0, 0]]);
  for (const [page, steps] of depth) {
    for (const path of linksOf(large, { host: 5, page })) {
      const to = pageAt(large, path)!;
      if (!depth.has(to)) depth.set(to, steps + 1);
    }
  }
  expect(depth.size).toBe(1000);
  expect(Math.max(...depth.values())).toBeLessThan(8);
});

test("what changes is exactly the share, and the seed's choice", () => {
  const one = pickChanged(shape, 0.05, 1);
  expect(one).toHaveLength(100);
  expect(new Set(one.map(({ host, page }) => `${host}/${page}`)).size).toBe(100);
  expect(pickChanged(shape, 0.05, 1)).toEqual(one);
  expect(pickChanged(shape, 0.05, 2)).not.toEqual(one);
});

test("paths and pages name each other", () => {
  expect([0, 1, 99].map(pagePath)).toEqual(["/", "/p/1", "/p/99"]);
  expect(
    ["/", "/p/99", "/p/100", "/p/0", "/p/01", "/q/1"].map((path) => pageAt(shape, path)),
  ).toEqual([0, 99, undefined, undefined, undefined, undefined]);
  expect([0, 19].map(hostAddress)).toEqual(["127.0.1.1", "127.0.1.20"]);
});

import { expect, test } from "vitest";
import { isExploding } from "./query-explosion.ts";

const many = (one: (index: number) => string, count = 60): string[] =>
  Array.from({ length: count }, (_, index) => `http://example.org${one(index)}`);
const explode = (name: string, known: string[], path: string, is: boolean): void =>
  test(`${name} ${is ? "explode" : "do not explode"}`, () => {
    const found = isExploding(known, `http://example.org${path}`);
    if (is) expect(found).toMatch(/^query explosion: example\.org\/list in \d+ ways$/);
    else expect(found).toBeUndefined();
  });
const grid = many((index) => `/list?state=${index % 10}&topic=${Math.floor(index / 10)}`);
explode("combinations", grid, "/list?state=11&topic=11", true);
explode("combinations in any order", grid, "/list?topic=11&state=11", true);
explode("combinations not yet many", grid.slice(0, 20), "/list?state=11&topic=11", false);
explode("combinations, at an address with one choice", grid, "/list?state=11", false);
explode("combinations, at another path", grid, "/other?state=11&topic=11", false);
explode(
  "ids beside a type",
  many((i) => `/list?type=${i % 3}&id=${i}`),
  "/list?type=1&id=99",
  false,
);
explode(
  "ids alone",
  many((i) => `/list?id=${i}`),
  "/list?id=99",
  false,
);
explode(
  "pages of a choice",
  many((i) => `/list?state=ohio&page=${i}`),
  "/list?state=ohio&page=99",
  false,
);
explode(
  "one address many times",
  many(() => "/list?a=1&b=2"),
  "/list?a=1&b=2",
  false,
);
explode(
  "ever other parameters",
  many((i) => `/list?a=1&b${i}=1`, 12),
  "/list?a=1&c=1",
  true,
);
explode("what is no address", ["", "x"], "/list?a=1&b=2", false);

import { listRuns } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openProduct, type Product } from "./setup/product.ts";

let product: Product;

beforeAll(async () => {
  product = await openProduct();
  await product.crawl(1);
}, 120_000);
afterAll(() => product?.close());

test("the same night again proposes nothing and is answered mostly by 304", async () => {
  const before = await product.export();
  const asked = product.web.requests.length;
  await product.crawl(1);
  expect(await product.export()).toBe(before);
  const again = product.web.requests.slice(asked).filter((one) => one.path !== "/robots.txt");
  const unchanged = again.filter((one) => one.status === 304).length;
  expect(again.length).toBeGreaterThan(100);
  expect(unchanged / again.length).toBeGreaterThan(0.7);
  const runs = await listRuns(product.db);
  expect(runs.every((run) => run.state === "finished")).toBe(true);
}, 120_000);

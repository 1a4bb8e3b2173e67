import { expect, test } from "vitest";
import { createSlots } from "./slots.ts";

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test("places are handed out in the order they are asked for", async () => {
  const slots = createSlots(1);
  const order: string[] = [];
  const first = await slots.take();
  for (const name of ["second", "third"]) {
    void slots.take().then((release) => {
      order.push(name);
      release();
    });
  }
  await settled();
  expect(order).toEqual([]);
  expect(slots.waiting()).toBe(2);
  first();
  await settled();
  expect(order).toEqual(["second", "third"]);
  expect(slots.isIdle()).toBe(true);
});

test("who wants all places is alone, and is not overtaken", async () => {
  const slots = createSlots(2);
  const one = await slots.take();
  const order: string[] = [];
  void slots.take(2).then((release) => {
    order.push("all");
    setImmediate(release);
  });
  void slots.take().then(() => order.push("one"));
  await settled();
  expect(order).toEqual([]);
  one();
  await expect.poll(() => order).toEqual(["all", "one"]);
});

test("a place is given back once, however often it is said", async () => {
  const slots = createSlots(1);
  const release = await slots.take();
  release();
  release();
  await slots.take();
  let isSecondIn = false;
  void slots.take().then(() => {
    isSecondIn = true;
  });
  await settled();
  expect(isSecondIn).toBe(false);
});

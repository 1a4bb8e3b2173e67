import { expect, test } from "vitest";
import { remember } from "./remember.ts";

test("asks once for each text, also where the answer is nothing", () => {
  const asked: string[] = [];
  const find = remember((text) => {
    asked.push(text);
    return text === "none" ? undefined : text.length;
  });
  expect([find("harbor"), find("none"), find("harbor"), find("none")]).toEqual([
    6,
    undefined,
    6,
    undefined,
  ]);
  expect(asked).toEqual(["harbor", "none"]);
});

test("keeps neither long texts nor ever more of them", () => {
  let asked = 0;
  const count = remember((text) => {
    asked += 1;
    return text.length;
  }, 500);
  const long = "a".repeat(2000);
  expect([count(long), count(long), asked]).toEqual([2000, 2000, 2]);
  for (let number = 0; number <= 500; number++) count(`name ${number}`);
  asked = 0;
  count("name 0");
  expect(asked).toBe(1);
});

import { expect, test } from "vitest";
import { findStates, stateCode } from "./states.ts";

const check = (text: string, ...codes: string[]) =>
  test(text, () => {
    expect(findStates(text).map(({ code }) => code)).toEqual(codes);
    for (const { start, end, quote } of findStates(text))
      expect(text.slice(start, end)).toBe(quote);
  });

check("in Kentucky and Ohio.", "KY", "OH");
check("Michigan, Ohio, and West Virginia", "MI", "OH", "WV");
check("AZ, MN, PA and TN", "AZ", "MN", "PA", "TN");
check("Washington", "WA");
check("a meeting in Washington about skills");
check("Oregon and Washington", "OR", "WA");
check("Washington, D.C. and Maryland", "DC", "MD");
check("Ohio State University and the University of Texas");
check("Colorado Workforce Council");
check("work IN progress OR not ME");
check("New York City schools");
check("Puerto Rico; Guam", "PR", "GU");
check("across the state of Ohio", "OH");
check("Michigan Ohio Oregon", "MI", "OH", "OR");

test("a state that closes an address says where mail goes", () => {
  expect(findStates("12 Main St, Columbus, OH 43215")).toMatchObject([
    { code: "OH", address: true },
  ]);
});

test("a code is found for any usual way to write a state", () => {
  expect(
    ["Ohio", "oh", "State of Ohio", "Washington, D.C.", "Puerto Rico", "Ontario"].map(stateCode),
  ).toEqual(["OH", "OH", "OH", "DC", "PR", undefined]);
});

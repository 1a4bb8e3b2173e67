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

// Washington, the state and the capital.
check("Washington, DC and Virginia", "DC", "VA");
check("Washington D.C.", "DC");
check("Seattle, Washington", "WA");
check("in Washington state", "WA");
check("colleges of eastern Washington", "WA");
check("George Washington University");
check("the Washington Post in Washington County");

// Names inside other names.
check("West Virginia and New Mexico", "WV", "NM");
check("Kansas City, MO", "MO");
check("Virginia Beach and Oklahoma City");
check("Delaware County and Wyoming County");
check("the British Virgin Islands");
check("Indiana University of Pennsylvania");
check("Tbilisi, Georgia");
check("Armenia, Georgia and Moldova");
check("Atlanta, Georgia", "GA");
check("Greater Ohio and Advance Texas");
check("Both Ohio and Texas", "OH", "TX");
check("an Ohio-based nonprofit; Iowa\u2019s colleges", "OH", "IA");

// Two letters are words, too.
check("we said HI, OK and left");
check("IN, OR", "IN", "OR");
check("IN, OR, KY", "IN", "OR", "KY");
check("in Dayton, OH and Bangor, ME.", "OH");
check("Portland, OR", "OR");
check("Ada Finch, MA; Leo Rowan, MD");
check("PO Box 3, Bangor, ME 04401", "ME");
check("Olympia, Wash. and Trenton, N.J.", "WA", "NJ");
check("States: TX | OH | IN", "TX", "OH", "IN");

// Regions and all of them together name none.
check("nationwide, in all 50 states, in New England and the Midwest");
check("New England (Maine, Vermont and New Hampshire)", "ME", "VT", "NH");
check("five states: Ohio, Iowa, Utah, Texas and Maine", "OH", "IA", "UT", "TX", "ME");

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

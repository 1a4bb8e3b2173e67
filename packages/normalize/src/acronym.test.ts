import { expect, test } from "vitest";
import { fitsInitials, foldAcronym, initialsOf, looksLikeAcronym } from "./acronym.ts";

test("initials", () => {
  expect(initialsOf("Lift by Your Craft Network")).toEqual(["LBYCN", "LCN", "LBYC"]);
  expect(initialsOf("Non-Degree Wage Study")).toContain("NWS");
  expect(fitsInitials("PWLN", "Prairie Work Ladder Network")).toBe(true);
  expect(fitsInitials("PWLN", "Prairie Wind Farms")).toBe(false);
  expect(fitsInitials("JDEX", "Jobs Data Exchange")).toBe(true);
  expect(foldAcronym("C-LABs")).toBe("CLAB");
});

test("acronyms are short and hold capitals", () => {
  for (const text of ["PWL", "CoLAB", "iLEAD", "K12", "A&B", "LERs", "C-LAB", "C2C"])
    expect([text, looksLikeAcronym(text)]).toEqual([text, true]);
  for (const text of ["Lantern", "A", "P W L", "pwl", "iLight", ""])
    expect([text, looksLikeAcronym(text)]).toEqual([text, false]);
});

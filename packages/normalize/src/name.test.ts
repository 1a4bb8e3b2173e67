import { describe, expect, test } from "vitest";
import {
  fitsInitials,
  foldAcronym,
  foldName,
  initialsOf,
  looksLikeAcronym,
  nameKey,
  splitName,
} from "./name.ts";

describe("names that fold alike", () => {
  const check = (one: string, other: string) =>
    test(`${one} = ${other}`, () => expect(foldName(one)).toBe(foldName(other)));
  check("The Lantern Project", "Lantern project");
  check("Skills & Wages", "Skills and Wages");
  check("Non-degree Credentials", "Nondegree Credential");
  check("Post Secondary Bridge", "Post-Secondary Bridge");
  check("Learn-and-Earn", "Learn \u2013 and \u2013 Earn");
  check("Vermont\u2019s Ladder", "Vermont's Ladder");
  check("Lantern\u2122 Pathways", "Lantern Pathway");
  check("U.S. Ladder", "US Ladder");
  check("Caf\u00e9 Programme", "Cafe Program");
  check("Lantern Phase II", "Lantern, Phase Two");
  check("Work Hubs", "Work Hub");
  check("C-LAB", "CLAB");
  check("Bridge LERs", "Bridge LER");
  check("Ap\u00adprentice\u200bship", "Apprenticeship");
  check("\uff2cantern\u3000\uff11", "Lantern 1");
  check("Lantern \u201cWorks\u201d", 'Lantern "Works"');
  check("La\ufb01 Bridge", "Lafi Bridge");
  check("A Lantern", "An Lantern");
  check("Lantern, The", "The Lantern");
  check("Stra\u00dfe", "STRASSE");
  check("S\u00f8lv Br\u00e6ndt", "Solv Braendt");
});

describe("names that do not", () => {
  const check = (one: string, other: string) =>
    test(`${one} / ${other}`, () => expect(foldName(one)).not.toBe(foldName(other)));
  check("ARC", "ARCS");
  check("Lantern 1.0", "Lantern 2.0");
  check("Phase I", "Phase II");
  check("Access", "Acces");
});

describe("keys", () => {
  const check = (name: string, expected: string) =>
    test(name, () => expect(nameKey(name)).toBe(expected));
  check("The Lantern Initiative", "lantern");
  check("Lantern Coalition Project", "lantern");
  check("State Network", "state network");
  check("Career Pathways Program", "career pathway program");
  check("Long Bridge Fund (LBF)", "long bridge");
  check("Initiative", "initiative");
});

describe("split names", () => {
  const check = (written: string, name: string, acronym?: string, aliases: string[] = []) =>
    test(written, () =>
      expect(splitName(written)).toEqual(acronym ? { name, acronym, aliases } : { name, aliases }),
    );
  check("Prairie Work Ladder Network (PWLN)", "Prairie Work Ladder Network", "PWLN");
  check("PWLN: Prairie Work Ladder Network", "Prairie Work Ladder Network", "PWLN");
  check("PWLN (Prairie Work Ladder Network)", "Prairie Work Ladder Network", "PWLN");
  check("Prairie Work Ladder (PWL) Program", "Prairie Work Ladder Program", "PWL");
  check("River City University (RCU) Badge Bank", "River City University Badge Bank");
  check("Prairie Work Ladder (PWL) Program (PWL)", "Prairie Work Ladder Program", "PWL");
  check(
    "Open Work Qualities Certificate (OWQ CERT)",
    "Open Work Qualities Certificate",
    undefined,
    ["OWQ CERT"],
  );
  check("Lantern, formerly The Candle Project", "Lantern", undefined, ["Candle Project"]);
  check("Lantern (formerly known as Candle)", "Lantern", undefined, ["Candle"]);
  check("Lantern, also known as Light Works", "Lantern", undefined, ["Light Works"]);
  check("Regional Job Engine (Job Engine)", "Regional Job Engine", undefined, ["Job Engine"]);
  check("PWL \u2013 Prairie Work Ladder", "Prairie Work Ladder", "PWL");
  check("Prairie Work Ladder | PWL", "Prairie Work Ladder", "PWL");
  check("Prairie Work Ladder [PWL]", "Prairie Work Ladder", "PWL");
  check("Prairie Work Ladder (\u201cPWL\u201d)", "Prairie Work Ladder", "PWL");
  check("Center on Craft and Wages (CoCaW)", "Center on Craft and Wages", "CoCaW");
  check(
    "iLEAD: Industry Learning, Earning and Development",
    "Industry Learning, Earning and Development",
    "iLEAD",
  );
  check("Job Ladder (YouthRise)", "Job Ladder", undefined, ["YouthRise"]);
  check("Lantern (f/k/a Candle)", "Lantern", undefined, ["Candle"]);
  check("Lantern, aka The Light", "Lantern", undefined, ["Light"]);
  check("Lift: Fair Routes for All", "Lift: Fair Routes for All");
  check("Policy Academy (2020-21)", "Policy Academy (2020-21)");
  check("Ladder (Texas)", "Ladder (Texas)");
});

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

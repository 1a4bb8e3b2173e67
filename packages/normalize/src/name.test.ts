import { describe, expect, test } from "vitest";
import { domainLabel, nameKey, splitName } from "./name.ts";

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
  check("Long Bridge Fund (LBFD, or the Fund)", "Long Bridge Fund", "LBFD");
  check("Long Bridge Fund (the Fund)", "Long Bridge Fund");
  check("Long Bridge (12 pilot sites)", "Long Bridge");
  check("Long Bridge (pdf)", "Long Bridge");
  check("Long Bridge (rural)", "Long Bridge (rural)");
  check("Long Bridge (2020 pilot sites)", "Long Bridge (2020 pilot sites)");
  check("K3 Network (Kiln, Knowledge, Kin)", "K3 Network", "K3", ["Kiln, Knowledge, Kin"]);
  check("K3 Network (Kiln, Knowledge, Trade)", "K3 Network (Kiln, Knowledge, Trade)");
  check("MILL Works (Making Industry Learn Locally)", "MILL Works", "MILL", [
    "Making Industry Learn Locally",
  ]);
  check("C2 (Craft to Career, Career to Craft)", "Craft to Career, Career to Craft", "C2");
  check('"Learn Twice" initiative, or "LT2" program', '"Learn Twice" initiative', undefined, [
    "LT2",
  ]);
});

test("a name that is a site's address", () => {
  expect(domainLabel("LadderWorks.org")).toBe("LadderWorks");
  expect(domainLabel("www.ladder-works.com")).toBe("ladder-works");
  for (const name of ["Ladder Works.org", "Ladder 2.0", "K-12.info page", "abc.org"])
    expect(domainLabel(name)).toBeUndefined();
});

import { emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import {
  knownNamesOf,
  organizationKey,
  preferredOrganization,
  sameOrganization,
} from "./organization.ts";

const knowledge = {
  ...emptyKnowledge,
  organizations: [
    { name: "Harbor Learning Trust", aliases: ["Seaside Education Partners", "HLT"] },
  ],
};

const check = (a: string, b: string, expected: boolean) =>
  test(`${a} ${expected ? "=" : "/"} ${b}`, () => {
    expect(sameOrganization(a, b, knowledge)).toBe(expected);
    expect(sameOrganization(b, a, knowledge)).toBe(expected);
  });

check("The Harbor Group, Inc.", "Harbor Group", true);
check("Council of Craft Unions (CCU)", "CCU", true);
check("Council of Craft Unions", "CCU", true);
check("Council of Craft Unions and Guilds", "CCU", false);
check("Harbor Foundation", "Harbor", true);
check("Ann & Lee Harbor Foundation", "Harbor Foundation", true);
check("Harbor Foundation", "Harbor Group", false);
check("University of Vermont", "University of Vermont at Barre", false);
check("State of Ohio", "Ohio Department of Education", false);
check("Ohio Dept. of Education", "Ohio Department of Education", true);
check("HLT", "Seaside Education Partners", true);
check("Community Foundation", "Boston Community Foundation", false);
check("Nowhere Guild", "Harbor Learning Trust", false);

check("Lantern Works, a 501(c)(3) nonprofit", "Lantern Works", true);
check("Lantern Works (501c3)", "Lantern Works, L.L.C.", true);
check("U.S. Department of Craft", "United States Dep\u2019t of Craft", true);
check("US Dept of Craft", "U.S. Department of Craft", true);
check("Craft, Department of", "Department of Craft", true);
check("State of Ohio Board of Craft", "Ohio Board of Craft", true);
check("Univ. of Elm", "U. of Elm", true);
check("Nat\u2019l Ass\u2019n of Crafts", "National Association of Crafts", true);
check("Int\u2019l Ctr. for Crafts", "International Center for Crafts", true);
check("Harbor Group, Inc. d/b/a Lamp Works", "Lamp Works", true);
check("Lantern Works Corp.", "Lantern Works Corporation", true);
check("\u0141\u00f3d\u017a Foundation", "Lodz Foundation", true);
check("Lantern Works 501", "Lantern Works 502", false);
check("Department of Craft", "Department of Craft and Labor", false);

test("preferred name", () => {
  expect(preferredOrganization("Seaside Education Partners", knowledge)).toBe(
    "harbor learning trust",
  );
  expect(preferredOrganization("Somebody Else, LLC", knowledge)).toBe("somebody else");
});

test("all names of an organization that is known, and none of another", () => {
  const keys = ["harbor learning trust", "seaside education partner", "hlt"];
  expect(knownNamesOf("HLT", knowledge)).toEqual(keys);
  expect(knownNamesOf("Harbor Learning Trust, Inc.", knowledge)).toEqual(keys);
  expect(knownNamesOf("Somebody Else", knowledge)).toEqual([]);
});

test("legal forms", () => expect(organizationKey("The Lantern Company, LLC")).toBe("lantern"));

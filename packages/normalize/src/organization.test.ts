import { emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { organizationKey, preferredOrganization, sameOrganization } from "./organization.ts";

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

test("preferred name", () => {
  expect(preferredOrganization("Seaside Education Partners", knowledge)).toBe(
    "harbor learning trust",
  );
  expect(preferredOrganization("Somebody Else, LLC", knowledge)).toBe("somebody else");
});

test("legal forms", () => expect(organizationKey("The Lantern Company, LLC")).toBe("lantern"));

import { expect, test } from "vitest";
import { isHeadline, judgeName } from "./effort-name.ts";

const check = (name: string, isName: boolean) =>
  test(`"${name}" is ${isName ? "a" : "no"} name`, () =>
    expect(judgeName(name).isName).toBe(isName));

check("Second Start Apprenticeship Network", true);
check("SkillBridge", true);
check("Goal 2040", true);
check("harborskills.org", true);
check("www.harbor.gov", false);
check("Strengthening Ports and People by Ensuring Students Are Ready", true);
check("Get Skilled, Get Hired Initiative", true);
check("Lakeside project", true);
check("About Us", false);
check("Our Programs", false);
check("Frequently Asked Questions", false);
check("Read more", false);
check("Upcoming Events", false);
check("Workforce Development", false);
check("Board of Directors", false);
check("March 2026", false);
check("9 Months", false);
check("We help students find work", false);
check("[ Home ] [ Programs ]", false);
check("Har\u00adbor Re\u00adpair Pro\u00adgram", true);
check("Qual\u00adi\u00adfi\u00adca\u00adtions Cri\u00adte\u00adria", false);
check("Application Process", false);
check("Project Expenses", false);
check("Total Project Spend", false);

test("headlines say that something happened", () => {
  expect(isHeadline("Rowan Foundation awards three grants")).toBe(true);
  expect(isHeadline("Second Start Apprenticeship Network")).toBe(false);
});

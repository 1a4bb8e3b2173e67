import { expect, test } from "vitest";
import { statesInName } from "./states-in-name.ts";

const check = (name: string, ...expected: string[]) =>
  test(name, () => expect(statesInName(name).map(({ code }) => code)).toEqual(expected));

check("Ohio Ladder Network", "OH");
check("Lantern Texas", "TX");
check("Vermont's Ladder", "VT");
check("West Virginia Works", "WV");
check("Ladder (OR)", "OR");
check("Works in Oregon and North Dakota", "OR", "ND");
check("University of Texas Ladder");
check("Ohio State University Ladder");
check("Ladder in Or Out");
check("“In Reach” Ladder");
check("2 me too Ladder");
check("D.C. Ladder", "DC");

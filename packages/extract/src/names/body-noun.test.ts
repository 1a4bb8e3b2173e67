import { expect, test } from "vitest";
import { namesAppointedBody, namesBody } from "./body-noun.ts";

const check = (name: string, isBody: boolean, isAppointed: boolean) =>
  test(name, () => {
    expect(namesBody(name)).toBe(isBody);
    expect(namesAppointedBody(name)).toBe(isAppointed);
  });

check("Harbor Commission", true, true);
check("Sub-Committee on Piers", true, true);
check("Task Forces on Tides", true, true);
check("Board of Harbor Appeals", true, false);
check("Kitchen Side Panels", true, false);
check("Harbor Path", false, false);
check("a committee of friends", false, false);

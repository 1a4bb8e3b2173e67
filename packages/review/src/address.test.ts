import { expect, test } from "vitest";
import { isRehearsal } from "./address.ts";

const check = (host: string, expected: boolean) =>
  test(`${host} is ${expected ? "a copy" : "a site"}`, () =>
    expect(isRehearsal(`http://${host}/x`)).toBe(expected));

check("staging.alder.edu", true);
check("www-staging.alder.edu", true);
check("alder-qa.hosting.example", true);
check("demo2.alder.edu", true);
check("alder.edu", false);
check("demo-lab.org", false);
check("www.testing.org", false);

import { expect, test } from "vitest";
import { contactOfLink, findContacts } from "./contacts.ts";

const check = (text: string, ...values: string[]) =>
  test(text, () => {
    const found = findContacts(text);
    expect(found.map(({ value }) => value)).toEqual(values);
    for (const { start, end, quote } of found) expect(text.slice(start, end)).toBe(quote);
  });

check("Call (202) 555-0123 or 202.555.0124", "+12025550123", "+12025550124");
check("+1 202 555 0123, 1-800-555-0199", "+12025550123", "+18005550199");
check("202-555-0123 ext. 12; 202-555-0124 x7", "+12025550123;ext=12", "+12025550124;ext=7");
check("+12025550123", "+12025550123");
check("in 2019-2023, 102-555-0123, 211-555-0100, 911 555 0100");
check("grant 1234-202-555-0123-9, $202-555-0123, 12025550123");
check("+44 20 7946 0123 and +49 (0)30 901820", "+442079460123", "+4930901820");
check("write to Info@Lantern.Example.", "Info@lantern.example");
check("ada.finch+news@mail.lantern.co.uk;", "ada.finch+news@mail.lantern.co.uk");
check("info [at] lantern [dot] example", "info@lantern.example");
check("@lantern on a network, a@b, lantern@, 50 @ $3.20");

const link = (href: string, value: string | undefined) =>
  test(href, () => expect(contactOfLink(href)?.value).toBe(value));
link("mailto:info@lantern.example?subject=Hello", "info@lantern.example");
link("MAILTO:%69nfo@lantern.example", "info@lantern.example");
link("mailto:", undefined);
link("mailto:202-555-0123", undefined);
link("tel:+1-202-555-0123", "+12025550123");
link("tel:%ZZ", undefined);
link("http://lantern.example/info@lantern.example", undefined);

test("signs without end are read in no time", () => {
  const began = process.cpuUsage();
  findContacts(
    `${"a.".repeat(5000)} ${"a-".repeat(5000)}@ ${"+44 1 ".repeat(3000)} ${"(at) ".repeat(3000)}`,
  );
  expect(process.cpuUsage(began).user).toBeLessThan(500_000);
});

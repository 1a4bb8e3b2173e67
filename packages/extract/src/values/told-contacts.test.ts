import { expect, test } from "vitest";
import { parsePage } from "../page/page.ts";
import { quoteOf } from "../page/quote.ts";
import { readContacts } from "./told-contacts.ts";

/** The contacts that some lines tell, each with a quote that stands where it is said to. */
const check = (name: string, html: string, contacts: string[]) =>
  test(name, () => {
    const { blocks, source } = parsePage("http://a.example/", html);
    const found = readContacts(blocks);
    expect(found.map(({ value }) => value)).toEqual(contacts);
    for (const { quote, start, end } of found)
      expect(quoteOf(source.slice(start, end))).toBe(quote);
  });

check("written out", "<p>Write to info@lantern.example or call (202) 555-0123.</p>", [
  "info@lantern.example",
  "+12025550123",
]);
check("behind a link", '<p>Ask <a href="mailto:rosa@lantern.example">Rosa Lind</a> about it.</p>', [
  "rosa@lantern.example",
]);
check(
  "once, though linked and written",
  '<p><a href="mailto:info@lantern.example">info@lantern.example</a></p>',
  ["info@lantern.example"],
);
check("a fax is nobody to talk to", "<p>Phone 202-555-0123, fax 202-555-0124</p>", [
  "+12025550123",
]);
check("numbers that are none", "<p>From 2019 to 2024 it paid $250,000 to 1,200 people.</p>", []);
const staff = ["a", "b", "c", "d", "e", "f"]
  .map((one) => `<li>${one.toUpperCase()}. Lind, ${one}@lantern.example</li>`)
  .join("");
check(
  "a staff's, of whom one is to be asked",
  `<ul>${staff}</ul><p>Questions? ask@lantern.example</p>`,
  ["ask@lantern.example"],
);
check("a staff's, of whom none is", `<ul>${staff}</ul>`, []);

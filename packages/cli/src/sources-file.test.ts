import { expect, test } from "vitest";
import { parseSources } from "./sources-file.ts";

const fine = { id: "fine", name: "Fine", kind: "state", seeds: ["http://a.example/"] };

/** What is said of a second entry, or of a whole text. */
function check(name: string, given: object | string, said: string): void {
  const text = typeof given === "string" ? given : JSON.stringify([fine, { ...fine, ...given }]);
  test(name, () => expect(() => parseSources(text, "s.json")).toThrow(said));
}

check(
  "an unknown kind",
  { id: "b", kind: "blog" },
  's.json, entry 2 ("b"), kind: "blog" is not one of foundation, state, initiative, library, network, news',
);
check(
  "a seed that is not http",
  { id: "b", seeds: ["http://a.example/", "ftp://b.example/"] },
  's.json, entry 2 ("b"), seeds number 2: "ftp://b.example/" cannot be used: is not an http or https address',
);
check("no seed", { id: "b", seeds: [] }, 'entry 2 ("b"), seeds: [] cannot be used: needs at least');
check("no name", { id: "b", name: "" }, 'entry 2 ("b"), name is empty');
check("no kind", { id: "b", kind: undefined }, 'entry 2 ("b"), kind is missing');
check("an id with a space", { id: "B b" }, 'entry 2 ("B b"), id: "B b" cannot be used');
check("a pace below nothing", { id: "b", delayMs: -1 }, "delayMs: -1 cannot be used");
check("the same id twice", {}, 's.json has two sources with the id "fine"');
check("no list", '{"id":1}', "s.json must hold a list");
check("a number", "[3]", "s.json, entry 1 is no source");
check("no JSON", "[{", "s.json is not JSON");

test("unknown keys are ignored", () => {
  expect(parseSources(JSON.stringify([{ ...fine, notes: "n" }]), "s.json")).toEqual([fine]);
});

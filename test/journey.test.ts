import {
  type ExpectedChange,
  expectedNight1,
  expectedNight2,
  mustStayQuiet,
} from "@waymark/example-web/truth";
import { type ExportedChange, exportChange } from "@waymark/pipeline";
import { listChanges } from "@waymark/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openProduct, type Product } from "./setup/product.ts";

let product: Product;
let night1: ExportedChange[];
let night2: ExportedChange[];

beforeAll(async () => {
  product = await openProduct();
  await product.crawl(1);
  night1 = (await listChanges(product.db)).map(exportChange);
  await product.crawl(2);
  const before = new Set(night1.map((change) => change.id));
  night2 = (await listChanges(product.db)).map(exportChange).filter(({ id }) => !before.has(id));
}, 180_000);
afterAll(() => product?.close());

const fold = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** The proposal that tells of an expected change: the same kind, of the same effort, with its values. */
function findChange(
  changes: ExportedChange[],
  expected: ExpectedChange,
): ExportedChange | undefined {
  const names = [expected.name, expected.other].flatMap((name) => (name ? [fold(name)] : []));
  return changes.find(
    (change) =>
      change.kind === expected.kind &&
      (names.includes(fold(change.initiative.name)) ||
        names.includes(fold(String(change.fields["name"]?.new ?? "")))),
  );
}

describe.each([
  [1, expectedNight1],
  [2, expectedNight2],
] as const)("night %i", (night, expected) => {
  test.each(expected.map((one) => [`${one.kind}: ${one.name}`, one] as const))(
    "finds %s",
    (_title, one) => {
      const change = findChange(night === 1 ? night1 : night2, one);
      expect(
        change,
        `nothing proposed; the queue has ${listed(night === 1 ? night1 : night2)}`,
      ).toBeDefined();
      const quotes = change!.evidence.map((evidence) => fold(evidence.quote));
      for (const [column, value] of Object.entries(one.fields ?? {})) {
        if (one.kind === "new" && !change!.fields[column]) continue;
        expect(change!.fields[column]?.new, column).toEqual(value);
      }
      if (one.quote && one.kind !== "new") {
        expect(
          quotes.some(
            (quote) =>
              quote && (fold(one.quote!).includes(quote) || quote.includes(fold(one.quote!))),
          ),
          `no quote of ${one.quote} among ${quotes.join(" | ")}`,
        ).toBe(true);
      }
    },
  );

  test("proposes nothing that must stay quiet", () => {
    const changes = night === 1 ? night1 : night2;
    for (const quiet of mustStayQuiet.filter((one) => one.nights.includes(night))) {
      if (quiet.name) {
        expect(
          changes.filter((change) => fold(change.initiative.name) === fold(quiet.name!)),
          quiet.reason,
        ).toEqual([]);
      }
      if (quiet.pair) {
        const [a, b] = quiet.pair.map(fold);
        const merged = changes.filter(
          (change) =>
            change.kind === "duplicate" &&
            [a, b].includes(fold(change.initiative.name)) &&
            [a, b].includes(fold(change.other?.name ?? "")),
        );
        expect(merged, quiet.reason).toEqual([]);
      }
    }
  });
});

const listed = (changes: ExportedChange[]) =>
  changes.map((change) => `${change.kind} ${change.initiative.name}`).join("; ");

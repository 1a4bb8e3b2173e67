import { get } from "node:http";
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
        names.includes(fold(String(change.fields.name?.new ?? "")))),
  );
}

describe.each([
  [1, expectedNight1],
  [2, expectedNight2],
] as const)("night %i", (night, expected) => {
  test.each(expected.map((one) => [`${one.kind}: ${one.name}`, one] as const))(
    "finds %s",
    (_title, one) => {
      const changes = night === 1 ? night1 : night2;
      const change = findChange(changes, one);
      expect(change, `nothing proposed; the queue has ${listed(changes)}`).toBeDefined();
      for (const [column, value] of Object.entries(one.fields ?? {})) {
        // Of a new effort, what no page tells is no fault; what is proposed must be right.
        if (one.kind === "new" && !change!.fields[column]) continue;
        expect(asSet(change!.fields[column]?.new), column).toEqual(asSet(value));
      }
      const hosts = change!.evidence.map((evidence) => new URL(evidence.url).host);
      expect(hosts, "proof from the page that tells it").toContain(new URL(one.page).host);
    },
  );

  test("proves every change with words that stand on the page, or with how its address answered", async () => {
    product.web.setNight(night);
    for (const change of night === 1 ? night1 : night2) {
      expect(change.evidence.length, change.initiative.name).toBeGreaterThan(0);
      for (const evidence of change.evidence) {
        if (evidence.quote === "") expect(evidence).toHaveProperty("outcome");
        else
          expect(await textOf(evidence.url), change.initiative.name).toContain(
            squash(evidence.quote),
          );
      }
    }
  });

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

const asSet = (value: unknown) => (Array.isArray(value) ? value.toSorted() : value);

const squash = (text: string) => text.replace(/\s+/g, "").toLowerCase();

/** The words of a page as the web serves it tonight, without white space. */
async function textOf(url: string): Promise<string> {
  const { host, pathname, search } = new URL(url);
  const body = await new Promise<string>((resolve, reject) => {
    get(
      `${product.web.url.replace(/\/$/, "")}${pathname}${search}`,
      { headers: { host } },
      (answer) => {
        answer.setEncoding("utf8");
        let text = "";
        answer.on("data", (part) => {
          text += part;
        });
        answer.on("end", () => resolve(text));
      },
    ).on("error", reject);
  });
  const bare = body.replace(/<(script|style)[\s\S]*?<\/\1>/g, "").replace(/<[^>]+>/g, "");
  return squash(decode(`${bare} ${body}`));
}

/** The entities that the example web uses. */
const decode = (html: string): string => html.replaceAll("&copy;", "©").replaceAll("&amp;", "&");

const listed = (changes: ExportedChange[]) =>
  changes.map((change) => `${change.kind} ${change.initiative.name}`).join("; ");

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { benchResolve } from "./resolve-bench.ts";
import { makeCatalog } from "./resolve-catalog.ts";
import { makeMentions } from "./resolve-mentions.ts";

const say = (): void => undefined;

test("a made-up catalog is the same every time, each entry with a name and a lead", () => {
  const catalog = makeCatalog(400);
  const names = Array.from({ length: 400 }, (_none, number) => {
    const entry = catalog.entry(number);
    expect(entry).toEqual(makeCatalog(400).entry(number));
    expect(entry.leadOrganization).toBeTruthy();
    return entry.name;
  });
  expect(new Set(names).size).toBeGreaterThan(300);
  expect(names.filter((name) => /Phase II$/.test(name)).length).toBeGreaterThan(0);
});

test("a few organizations lead many efforts, and a few words are in many names", () => {
  const catalog = makeCatalog(2000);
  const entries = Array.from({ length: 2000 }, (_none, number) => catalog.entry(number));
  const counts = (texts: string[]) =>
    [...Map.groupBy(texts, (text) => text).values()]
      .map((same) => same.length)
      .sort((a, b) => b - a);
  const leads = counts(entries.map((entry) => entry.leadOrganization!));
  expect(leads[0]).toBeGreaterThan(30);
  expect(leads[Math.floor(leads.length * 0.8)]).toBeLessThan(15);
  expect(counts(entries.flatMap(({ name }) => name.split(" ")))[0]).toBeGreaterThan(300);
});

test("mentions are written in every way, and one in eleven is of nothing there", () => {
  const mentions = makeMentions(makeCatalog(400), 220);
  expect(new Set(mentions.map(({ way }) => way)).size).toBe(11);
  expect(mentions.filter(({ about }) => about === undefined)).toHaveLength(20);
});

test.runIf(process.platform === "linux")(
  "a small catalog is loaded, searched and compared in a database of its own",
  { timeout: 300_000 },
  async () => {
    const { figures } = await benchResolve({ catalog: 500, mentions: 110, say });
    const measured = (figure: string) => figures.find((one) => one.figure === figure)?.value;
    for (const { bench, figure, value } of figures) {
      expect(bench).toBe("resolve");
      expect(Number.isFinite(value), figure).toBe(true);
    }
    expect(measured("recall at 20")).toBeGreaterThan(0.97);
    expect(measured("called same, and rightly")).toBeGreaterThan(0.7);
    expect(measured("batch, results that differ")).toBe(0);
    expect(measured("candidates a mention")).toBeLessThanOrEqual(20);
    expect(figures.find(({ figure }) => figure.startsWith("CPU of Postgres"))).toHaveProperty(
      "rival",
    );
  },
);

test("true pairs of given tables are looked up in the database", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "pairs-"));
  const write = (name: string, lines: string[]) =>
    writeFileSync(join(folder, name), lines.join("\n"));
  write("tableA.csv", ["id,name", "0,Lantern Harbor Skills", "1,Quiet Meadow Badges", "2,Zephyr"]);
  write("tableB.csv", ["id,name", "0,The Lantern Harbor Fund", "1,Meadow Badges", "2,Copper"]);
  write("train.csv", ["ltable_id,rtable_id,label", "0,0,1", "0,1,0"]);
  write("gt.csv", ["D1%D2", "1%1", "2%2"]);
  const { figures, details } = await benchResolve({ data: folder, mentions: 50, say });
  expect(figures).toMatchObject([{ value: 2 / 3, unit: "share of 3" }]);
  expect(details).toEqual([expect.stringContaining("“Zephyr” does not bring “Copper”")]);
});

test.each([
  [{ mentions: 100 }, "say --catalog NUMBER, --data FOLDER, or both"],
  [{ catalog: 5, mentions: 100 }, "--catalog 5: give a number from 100 to 5000000"],
  [{ catalog: 500, mentions: 1 }, "--mentions 1: give 50 or more"],
  [{ data: "/nowhere/at/all", mentions: 100 }, "there is no folder /nowhere/at/all"],
])("bad input is told: %j", async (request, message) => {
  await expect(benchResolve({ ...request, say })).rejects.toThrow(message);
});

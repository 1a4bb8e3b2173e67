import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openWorld, toCatalogRow } from "./web-world.ts";

test("a row of the catalog file becomes values; what is empty is not told", () => {
  const row = {
    id: "H-1",
    name: "Harbor Skills",
    acronym: "",
    funders: "Tide Fund | Reef Trust",
    start: "2020",
  };
  expect(toCatalogRow({ ...row, lead_organization: "Harbor City", notes: "x" })).toEqual({
    id: "H-1",
    name: "Harbor Skills",
    funders: ["Tide Fund", "Reef Trust"],
    start: "2020",
    leadOrganization: "Harbor City",
  });
});

function writeWorld(): string {
  const folder = join(mkdtempSync(join(tmpdir(), "world-")), "small");
  mkdirSync(folder);
  writeFileSync(join(folder, "catalog.csv"), "id,name\nH-1,Harbor Skills\n");
  writeFileSync(
    join(folder, "sources.json"),
    JSON.stringify([
      { id: "harbor", name: "Harbor", kind: "state", seeds: ["http://harbor.example/"] },
    ]),
  );
  writeFileSync(join(folder, "night-1.jsonl"), "");
  const nights = [{ night: 1, date: "2026-01-12" }];
  writeFileSync(
    join(folder, "truth.json"),
    JSON.stringify({ world: "small", nights, initiatives: [], events: [] }),
  );
  return folder;
}

test("a world is opened with the tools beside it or in another folder", () => {
  const folder = writeWorld();
  const tools = mkdtempSync(join(tmpdir(), "tools-"));
  for (const name of ["serve.mjs", "score.mjs"]) writeFileSync(join(tools, name), "");
  expect(openWorld(folder, tools)).toMatchObject({
    name: "small",
    score: join(tools, "score.mjs"),
    catalog: [{ id: "H-1", name: "Harbor Skills" }],
    nights: [{ night: 1, date: "2026-01-12" }],
  });
});

test("what is missing is told, with the remedy", () => {
  expect(() => openWorld(writeWorld())).toThrow("--tools FOLDER");
  expect(() => openWorld(tmpdir())).toThrow("has no catalog.csv");
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTestDatabase } from "../../test/setup/database.ts";
import { liveFaults, smallShape } from "./fault-bench.ts";
import { type SeenPage, scoreFaults } from "./fault-score.ts";
import { faultAt, faultShape, planHosts } from "./fault-site.ts";
import { faultyWays } from "./fault-ways.ts";

test("one host in ten fails, each in another way, and no two are called alike", () => {
  const hosts = planHosts(faultShape);
  expect(hosts.filter((host) => host.way).map((host) => host.way)).toEqual(faultyWays);
  expect(faultyWays.length / hosts.length).toBe(0.1);
  const sitemaps = hosts.filter((host) => host.sitemapFault);
  expect(sitemaps.length / hosts.length).toBeCloseTo(0.03, 2);
  expect(sitemaps.every((host) => !host.way)).toBe(true);
  expect(new Set(hosts.map((host) => host.name)).size).toBe(hosts.length);
  expect(new Set(hosts.map((host) => host.effort.name)).size).toBe(hosts.length);
});

test("a way that concerns one page leaves the others and the home page alone", () => {
  const host = planHosts(faultShape).find((one) => one.way?.name === "410 on one page")!;
  const failing = ["/", "/p/1", "/p/2", "/robots.txt", "/sitemap.xml", "/p/7"].filter((path) =>
    faultAt(host, path, 7),
  );
  expect(failing).toEqual(["/p/1"]);
});

test("a page that is misnamed, wronged or lost is told", () => {
  const hosts = planHosts({ hosts: 2, pages: 1, ways: [faultyWays[1]!], sitemaps: 0 });
  const [ill, well] = hosts.map((host) => `http://${host.name}/`) as [string, string];
  const night = (...outcomes: SeenPage["outcomes"]): SeenPage[] => [
    { url: ill, outcomes: [outcomes[0]!] },
    { url: well, outcomes: [outcomes[1]!] },
  ];
  const first = night("fetched", "fetched");
  const right = scoreFaults(hosts, 1, [first, night("gone", "unchanged"), first]);
  expect(right).toMatchObject({ faultyPages: 1, namedRight: 1, wronged: [], lost: [] });
  const wrong = scoreFaults(hosts, 1, [first, night("broken", "gone"), night("fetched", "gone")]);
  expect(wrong.namedRight).toBe(0);
  expect(wrong.misnamed).toEqual([`${ill}: broken, not gone (404 everywhere)`]);
  expect(wrong.wronged).toEqual([`${well}: gone`]);
  expect(wrong.lost).toEqual([well]);
  expect(scoreFaults(hosts, 1, [first, night("gone", "fetched"), []]).lost).toEqual([ill, well]);
});

test.runIf(process.platform === "linux")(
  "a night of faults between two good ones ends nothing and loses nothing",
  { timeout: 120_000 },
  async () => {
    const database = await createTestDatabase();
    const folder = mkdtempSync(join(tmpdir(), "waymark-faults-"));
    try {
      // Without the host that answers 503 and is asked again after seconds: the bench has it.
      const ways = smallShape.ways.filter((way) => way.name !== "503");
      const shape = {
        ...{ ...smallShape, ways, hosts: ways.length + smallShape.sitemaps },
        pages: 2,
      };
      const given = { databaseUrl: database.url, folder, say: () => undefined };
      const result = await liveFaults(shape, given);
      expect(result.misnamed).toEqual([]);
      expect(result.wronglyEnded).toEqual([]);
      expect(result.lost).toEqual([]);
      expect(result.changesProposed).toBe(0);
      expect(result.faultyPages).toBe(2 * shape.ways.length - 1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await database.drop();
    }
  },
);

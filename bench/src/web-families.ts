import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Figure } from "./figure.ts";
import { readLines } from "./read-lines.ts";
import { judgeFields } from "./web-fields.ts";
import type { Night } from "./web-night.ts";
import { sortRulings } from "./web-report.ts";
import type { World } from "./web-world.ts";

const Row = z.looseObject({
  host: z.string(),
  path: z.string(),
  status: z.number(),
  blob: z.string().nullable(),
});

/** Hosts whose pages share this much of their class names are of one family. */
const alike = 0.5;

/**
 * The template families of a world, told by the class names that home pages use: host by host the number of
 * its family. Hosts without class names are one family more.
 */
export function familiesOf(world: World): Map<string, number> {
  const families: Set<string>[] = [];
  const byHost = new Map<string, number>();
  for (const row of readLines(join(world.folder, "night-1.jsonl"), Row)) {
    if (row.path !== "/" || row.status !== 200 || !row.blob) continue;
    const html = readFileSync(join(world.folder, "blobs", row.blob), "utf8");
    const names = new Set(
      [...html.matchAll(/\sclass="([^"]+)"/g)].flatMap((match) => match[1]!.split(/\s+/)),
    );
    let family = families.findIndex((other) => shareOf(names, other) >= alike);
    if (family < 0) family = families.push(names) - 1;
    byHost.set(row.host, family);
  }
  return byHost;
}

const shareOf = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  if (one.size === 0 || other.size === 0) return one.size === other.size ? 1 : 0;
  const shared = [...one].filter((name) => other.has(name)).length;
  return shared / Math.min(one.size, other.size);
};

/**
 * How rightly new entries were filled, over all and with each template family left out in turn: an entry
 * counts where no page of that family is among its evidence.
 */
export function familyFigures(world: World, nights: Night[]): Figure[] {
  const byHost = familiesOf(world);
  const judged = nights.flatMap((night) =>
    sortRulings(night)
      .right.filter(({ change }) => change.kind === "new")
      .map((ruling) => ({
        families: new Set(
          ruling.change.evidence.map(({ url }) => byHost.get(new URL(url).hostname)),
        ),
        fields: judgeFields(ruling, world, night.known, night.night),
      })),
  );
  const figure = (name: string, kept: typeof judged): Figure[] => {
    const fields = kept.flatMap((one) => one.fields);
    if (fields.length === 0) return [];
    const value = fields.filter(({ isRight }) => isRight).length / fields.length;
    const unit = `share of ${fields.length} fields of ${kept.length} entries`;
    return [{ bench: "web", figure: name, value, unit, data: world.name }];
  };
  const hosts = Map.groupBy(byHost.keys(), (host) => byHost.get(host)!);
  return [
    ...figure("new fields right", judged),
    ...[...hosts].flatMap(([family, [first]]) =>
      figure(
        `new fields right, family of ${first} left out`,
        judged.filter(({ families }) => !families.has(family)),
      ),
    ),
  ];
}

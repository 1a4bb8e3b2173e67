import { foldName } from "@waymark/normalize";
import type { Matched } from "@waymark/pipeline";
import { type Figure, formatTable } from "./figure.ts";
import type { MadeCatalog } from "./resolve-catalog.ts";
import type { Batch, RivalFound, Single } from "./resolve-made.ts";
import type { MadeMention } from "./resolve-mentions.ts";
import { similarityMin } from "./resolve-rival.ts";
import { candidatesMax } from "./resolve-stage.ts";

/** All that a run on a made-up catalog has seen. */
export type Measured = {
  catalog: MadeCatalog;
  mentions: MadeMention[];
  single: Single;
  batch: Batch;
  found: string[][];
  rival: RivalFound;
};

/** The figures of a run, the rival's beside ours where it has any. */
export function figuresOf({
  catalog,
  mentions,
  single,
  batch,
  found,
  rival,
}: Measured): Omit<Figure, "bench" | "data">[] {
  const known = mentions.filter(({ about }) => about !== undefined).length;
  const name = `pg_trgm (% at ${similarityMin})`;
  const beside = (rivalValue: number) => ({ rival: name, rivalValue });
  const each = (ms: number, of = mentions.length) => ms / of;
  const compared = rival.lists.length;
  const told = (figure: string, value: number, unit: string) => ({ figure, value, unit });
  const wall = (share: number) => ({
    ...told(`one mention, p${share * 100}`, percentile(single.wallMs, share), "ms"),
    ...beside(percentile(rival.wallMs, share)),
  });
  return [
    wall(0.5),
    wall(0.95),
    wall(0.99),
    told("CPU of Node a mention", each(single.use.nodeMs), "ms"),
    {
      ...told("CPU of Postgres a mention", each(single.use.postgresMs), "ms"),
      ...beside(each(rival.use.postgresMs, compared)),
    },
    told("candidates a mention", sumOf(found.map((list) => list.length)) / mentions.length, "mean"),
    told(`recall at ${candidatesMax}`, recallOf(mentions, found), `share of ${known}`),
    {
      ...told(
        `recall at ${candidatesMax}, first mentions`,
        recallOf(mentions.slice(0, compared), found),
        `share of ${mentions.slice(0, compared).filter(({ about }) => about !== undefined).length}`,
      ),
      ...beside(recallOf(mentions.slice(0, compared), rival.lists)),
    },
    told(
      "called same, and rightly",
      count(mentions, single.matched, isRight) / known,
      `share of ${known}`,
    ),
    told(
      "called same, and wrongly",
      count(mentions, single.matched, isWrong),
      `of ${mentions.length}`,
    ),
    told(
      "of these, namesakes that nobody could tell apart",
      count(mentions, single.matched, isNamesake(catalog)),
      `of ${mentions.length}`,
    ),
    told("batch", batch.perSecond, "mentions/s"),
    told("batch, CPU of Node a mention", each(batch.use.nodeMs), "ms"),
    told("batch, CPU of Postgres a mention", each(batch.use.postgresMs), "ms"),
    told("batch, results that differ", batch.differing, `of ${mentions.length}`),
    told("memory of Node", process.memoryUsage().rss / 1e6, "MB"),
  ];
}

const sumOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);

const percentile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;

function recallOf(mentions: MadeMention[], found: string[][]): number {
  const known = mentions.flatMap(({ about }, index) =>
    about === undefined ? [] : [found[index]!.includes(idOf(about))],
  );
  return known.filter(Boolean).length / known.length;
}

type Question = (mention: MadeMention, matched: Matched) => boolean;

const isRight: Question = ({ about }, { initiativeId }) =>
  about !== undefined && initiativeId === idOf(about);
const isWrong: Question = (made, matched) =>
  matched.initiativeId !== undefined && !isRight(made, matched);

/** The entry it was taken for has that name under that lead, or that address, as well. */
const isNamesake =
  (catalog: MadeCatalog): Question =>
  (made, matched) => {
    if (!isWrong(made, matched)) return false;
    const { name, leadOrganization, url } = made.mention;
    const entry = catalog.entry(Number(matched.initiativeId!.slice("wm-".length)));
    if (leadOrganization === undefined) return url === entry.url;
    const names = [entry.name, ...(entry.aliases ?? []), entry.acronym ?? ""].map(foldName);
    return names.includes(foldName(name)) && entry.leadOrganization === leadOrganization;
  };

const count = (mentions: MadeMention[], matched: Matched[], question: Question): number =>
  mentions.filter((made, index) => question(made, matched[index]!)).length;

/** Recall by way of writing, then every entry that a mention was wrongly taken for. */
export const detailsOf = ({ mentions, single, found }: Measured): string[] => [
  byWay(mentions, single.matched, found),
  ...mistakes(mentions, single.matched),
];

/** The id of a made-up entry. */
export const idOf = (number: number): string => `wm-${String(number).padStart(8, "0")}`;

/** What became of the mentions, by the way in which they are written. */
function byWay(mentions: MadeMention[], matched: Matched[], found: string[][]): string {
  const ways = Map.groupBy(mentions.keys(), (index) => mentions[index]!.way);
  const rows = [...ways].map(([way, indexes]) => {
    const own = [...indexes];
    const some = own.map((index) => mentions[index]!);
    const results = own.map((index) => matched[index]!);
    const lists = own.map((index) => found[index]!);
    const recall =
      some[0]!.about === undefined ? "" : `${Math.round(1000 * recallOf(some, lists))} ‰`;
    const [right, wrong] = [count(some, results, isRight), count(some, results, isWrong)];
    return [way, `${some.length}`, recall, `${right} right`, `${wrong} wrong`];
  });
  return formatTable(rows, ["left", "right", "right", "right", "right"]);
}

function mistakes(mentions: MadeMention[], matched: Matched[]): string[] {
  return mentions.flatMap((made, index) => {
    const { match } = matched[index]!;
    if (!isWrong(made, matched[index]!)) return [];
    const { name, leadOrganization, url } = made.mention;
    const about = made.about === undefined ? "nothing there" : idOf(made.about);
    const reasons = match.reasons.map(({ text }) => text).join("; ");
    return [
      `“${name}” (${made.way}; ${leadOrganization ?? url ?? ""}) is ${about}, called ${match.initiativeId}: ${reasons}`,
    ];
  });
}

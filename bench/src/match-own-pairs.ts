import { existsSync } from "node:fs";
import { join } from "node:path";
import { emptyKnowledge, InitiativeKind, InitiativeValues, type Match } from "@waymark/domain";
import { compareRecords, indexRecords, matchRecord } from "@waymark/match";
import { foldName, splitName, toRecord } from "@waymark/normalize";
import { z } from "zod";
import type { Figure } from "./figure.ts";
import { namesRelation, relationsTold } from "./match-own-relations.ts";
import { knowledgeOf } from "./match-tables.ts";
import { ratesOf } from "./rates.ts";
import { readLines } from "./read-lines.ts";

const Effort = z.object({
  id: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  acronym: z.string().nullable(),
  url: z.string().nullable(),
  kind: InitiativeKind.nullish(),
  lead_org: z.string().nullable(),
  funders: z.array(z.string()),
  partners: z.array(z.string()),
  states: z.array(z.string()),
  started: z.number().int().nullish(),
  ended: z.number().int().nullish(),
  variants: z.array(
    z.object({ name_as_written: z.string(), url: z.string().nullable(), site: z.string() }),
  ),
});
type Effort = z.infer<typeof Effort>;
const Lookalike = z.object({ a: z.string(), b: z.string(), why_different: z.string() });

const candidatesMax = 50;

type Told = { figures: Figure[]; details: string[] };

/** One of two efforts that look alike: what is known of it, and its id where it is one of the folder's. */
export type LookalikeSide = { id: string | undefined; values: InitiativeValues };

/** The efforts of a folder as entries under their own names, each name that a site writes for one, and look-alikes. */
export function readOwnPairs(folder: string): {
  entries: Map<string, InitiativeValues>;
  variants: { id: string; name: string; url: string | null }[];
  lookalikes: { a: LookalikeSide; b: LookalikeSide }[];
} {
  const efforts = readLines(join(folder, "initiatives.jsonl"), Effort);
  const file = join(folder, "lookalikes.jsonl");
  const sideOf = (name: string): LookalikeSide => {
    const effort = findEffort(name, efforts);
    return { id: effort?.id, values: effort ? toValues(effort) : { name } };
  };
  return {
    entries: new Map(efforts.map((effort) => [effort.id, toValues(effort)])),
    variants: efforts.flatMap(({ id, variants }) =>
      variants.map(({ name_as_written: name, url }) => ({ id, name, url })),
    ),
    lookalikes: (existsSync(file) ? readLines(file, Lookalike) : []).map(({ a, b }) => ({
      a: sideOf(a),
      b: sideOf(b),
    })),
  };
}

/**
 * Names of one effort as different sites write them, each resolved against all efforts under their
 * own names (aliases withheld), with and without the address of the page that wrote it; the same against
 * either half of the efforts, where the names of the other half must find nothing; and look-alikes,
 * which must not be called same, and related where the reason why they differ tells how.
 */
export function benchOwnPairs(folder: string): Told {
  const efforts = readLines(join(folder, "initiatives.jsonl"), Effort);
  const told = [true, false].flatMap((hasAddress) => [
    benchVariants(efforts, efforts, hasAddress),
    ...[0, 1].map((half) =>
      benchHalf(
        efforts.filter((_effort, index) => index % 2 !== half),
        { efforts, hasAddress, half },
      ),
    ),
  ]);
  const file = join(folder, "lookalikes.jsonl");
  if (existsSync(file)) told.push(benchLookalikes(readLines(file, Lookalike), efforts));
  return {
    figures: told.flatMap(({ figures }) => figures),
    details: told.flatMap(({ details }) => details),
  };
}

const figure = (name: string, value: number, unit: string): Figure => ({
  ...{ bench: "match", figure: name, value, unit },
  data: "initiatives",
});

type Resolved = { isSame: boolean; isRight: boolean; isOther: boolean; isWanted: boolean };

function benchVariants(catalog: Effort[], efforts: Effort[], hasAddress: boolean): Told {
  const { resolved, details } = resolve(catalog, efforts, hasAddress);
  const otherwise = resolved.filter(({ isOther }) => isOther);
  const how = wayOf(hasAddress);
  const figures = [
    ...ratesAsFigures(`variants, ${how}`, resolved),
    ...ratesAsFigures(`variants written otherwise, ${how}`, otherwise),
  ];
  return { figures, details };
}

/** Its misses are among those of the whole; only what it calls same wrongly is told apart. */
function benchHalf(
  catalog: Effort[],
  { efforts, hasAddress, half }: { efforts: Effort[]; hasAddress: boolean; half: number },
): Told {
  const { resolved } = resolve(catalog, efforts, hasAddress);
  const told = `variants, half ${half + 1} of the efforts left out, ${wayOf(hasAddress)}`;
  return { figures: ratesAsFigures(told, resolved), details: [] };
}

const wayOf = (hasAddress: boolean): string =>
  hasAddress ? "with the page's address" : "by name alone";

/** Every variant of every effort against a catalog that may lack its effort. */
function resolve(
  catalog: Effort[],
  efforts: Effort[],
  hasAddress: boolean,
): { resolved: Resolved[]; details: string[] } {
  const knowledge = knowledgeOf(catalog.map((one) => toRecord(toValues(one), emptyKnowledge)));
  const entries = new Map(catalog.map((one) => [one.id, toRecord(toValues(one), knowledge)]));
  const candidatesOf = indexRecords(entries, knowledge);
  const details: string[] = [];
  const resolved = efforts.flatMap((effort) =>
    effort.variants.map(({ name_as_written, url }): Resolved => {
      const address = hasAddress && url ? { url } : {};
      const record = toRecord({ name: name_as_written, ...address }, knowledge);
      const match = matchRecord(record, candidatesOf(record, candidatesMax), knowledge);
      const isSame = match.verdict === "same";
      const isRight = isSame && match.initiativeId === effort.id;
      const isWanted = entries.has(effort.id);
      if (!isRight && (isWanted || isSame)) {
        const where = address.url ?? "no address";
        details.push(`“${name_as_written}” @ ${where} is ${effort.id}, called ${describe(match)}`);
      }
      const isOther = foldName(name_as_written) !== foldName(effort.name);
      return { isSame, isRight, isOther, isWanted };
    }),
  );
  return { resolved, details };
}

function ratesAsFigures(told: string, resolved: Resolved[]): Figure[] {
  const wanted = resolved.filter(({ isWanted }) => isWanted).length;
  const { precision, recall, f1 } = ratesOf({
    right: resolved.filter(({ isRight }) => isRight).length,
    reported: resolved.filter(({ isSame }) => isSame).length,
    wanted,
  });
  const unit = `share of ${wanted} names`;
  return [
    figure(`${told}: f1`, f1, unit),
    figure(`${told}: precision`, precision, unit),
    figure(`${told}: recall`, recall, unit),
  ];
}

function benchLookalikes(pairs: z.infer<typeof Lookalike>[], efforts: Effort[]): Told {
  const knowledge = knowledgeOf(efforts.map((one) => toRecord(toValues(one), emptyKnowledge)));
  const compared = pairs.map(({ a, b, why_different: why }) => {
    const [one, other] = [a, b].map((name) => {
      const effort = findEffort(name, efforts);
      return toRecord(effort ? toValues(effort) : { name }, knowledge);
    });
    const match = compareRecords(one!, other!, knowledge);
    const told = relationsTold(why);
    const kinds = told.map(({ of, kind }) => `${of} is ${kind}`).join(" or ");
    const expected = kinds === "" ? "" : `, which tells that ${kinds}`;
    const detail = `“${a}” and “${b}” (${why})${expected}, called ${describe(match)}`;
    return { match, told, detail };
  });
  const telling = compared.filter(({ told }) => told.length > 0);
  const isRight = ({ match, told }: (typeof compared)[number]) => namesRelation(match, told);
  const share = `share of ${telling.length} whose reason tells a relation`;
  const countOf = (verdict: Match["verdict"], of: typeof compared) =>
    of.filter(({ match }) => match.verdict === verdict).length;
  return {
    figures: [
      ...(["same", "related", "unsure", "different"] as const).map((verdict) =>
        figure(
          `look-alikes called ${verdict}`,
          countOf(verdict, compared),
          `of ${compared.length} pairs`,
        ),
      ),
      figure("look-alikes called related", countOf("related", telling) / telling.length, share),
      figure(
        "look-alikes called related, and how",
        telling.filter(isRight).length / telling.length,
        share,
      ),
    ],
    details: compared.map(({ detail }) => detail),
  };
}

/** The effort that a look-alike names: by its name, with or without bracketed acronym, or by its acronym. */
function findEffort(name: string, efforts: Effort[]): Effort | undefined {
  const called = [name, splitName(name).name].map(foldName);
  return (
    efforts.find((known) => called.includes(foldName(known.name))) ??
    efforts.find((known) => called.includes(foldName(splitName(known.name).name))) ??
    efforts.find(({ acronym }) => acronym !== null && acronym === name)
  );
}

const describe = ({ verdict, relation, initiativeId, score, reasons }: Match): string =>
  `${[verdict, relation, initiativeId].filter(Boolean).join(" ")} ${score.toFixed(2)}: ${reasons.map((reason) => reason.text).join("; ")}`;

function toValues(effort: Effort): InitiativeValues {
  return InitiativeValues.parse({
    name: effort.name,
    ...(effort.acronym && { acronym: effort.acronym }),
    ...(effort.url && { url: effort.url }),
    ...(effort.kind && { kind: effort.kind }),
    ...(effort.lead_org && { leadOrganization: effort.lead_org }),
    ...(effort.started && { start: String(effort.started) }),
    ...(effort.ended && { end: String(effort.ended) }),
    ...{ funders: effort.funders, partners: effort.partners, states: effort.states },
  });
}

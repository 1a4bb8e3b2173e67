import { existsSync } from "node:fs";
import { join } from "node:path";
import { emptyKnowledge, InitiativeValues, type Match } from "@waymark/domain";
import { compareRecords, matchRecord } from "@waymark/match";
import { foldName, toRecord } from "@waymark/normalize";
import { z } from "zod";
import type { Figure } from "./figure.ts";
import { indexRecords } from "./match-candidates.ts";
import { knowledgeOf } from "./match-tables.ts";
import { ratesOf } from "./rates.ts";
import { readLines } from "./read-lines.ts";

const Effort = z.object({
  id: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  acronym: z.string().nullable(),
  url: z.string().nullable(),
  lead_org: z.string().nullable(),
  funders: z.array(z.string()),
  partners: z.array(z.string()),
  states: z.array(z.string()),
  variants: z.array(
    z.object({ name_as_written: z.string(), url: z.string().nullable(), site: z.string() }),
  ),
});
type Effort = z.infer<typeof Effort>;
const Lookalike = z.object({ a: z.string(), b: z.string(), why_different: z.string() });

const candidatesMax = 50;

/**
 * Names of one effort as different sites write them, each resolved against all efforts under their
 * own names (aliases withheld), with and without the address of the page that wrote it; and look-alikes, which must not be called same.
 */
export function benchOwnPairs(folder: string): { figures: Figure[]; details: string[] } {
  const efforts = readLines(join(folder, "initiatives.jsonl"), Effort);
  const records = () => efforts.map((one) => toRecord(toValues(one), emptyKnowledge));
  const knowledge = knowledgeOf(records());
  const entries = new Map(efforts.map((one) => [one.id, toRecord(toValues(one), knowledge)]));
  const candidatesOf = indexRecords(entries, knowledge);
  const figure = (name: string, value: number, unit: string): Figure => ({
    ...{ bench: "match", figure: name, value, unit },
    data: "initiatives",
  });
  const details: string[] = [];
  const figures = [true, false].flatMap((hasAddress) => {
    const resolved = efforts.flatMap((effort) =>
      effort.variants.map((variant) => {
        const url: { url?: string } = hasAddress && variant.url ? { url: variant.url } : {};
        const record = toRecord({ name: variant.name_as_written, ...url }, knowledge);
        const match = matchRecord(record, candidatesOf(record, candidatesMax), knowledge);
        const isSame = match.verdict === "same";
        const isOther = foldName(variant.name_as_written) !== foldName(effort.name);
        const isRight = isSame && match.initiativeId === effort.id;
        if (!isRight) {
          details.push(
            `“${variant.name_as_written}” @ ${url.url ?? "no address"} is ${effort.id}, called ${describe(match)}`,
          );
        }
        return { isSame, isRight, isOther };
      }),
    );
    const rates = (name: string, given: typeof resolved): Figure[] => {
      const { precision, recall, f1 } = ratesOf({
        right: given.filter((one) => one.isRight).length,
        reported: given.filter((one) => one.isSame).length,
        wanted: given.length,
      });
      const told = `${name}, ${hasAddress ? "with the page's address" : "by name alone"}`;
      const unit = `share of ${given.length} names`;
      return [
        figure(`${told}: f1`, f1, unit),
        figure(`${told}: precision`, precision, unit),
        figure(`${told}: recall`, recall, unit),
      ];
    };
    return [
      ...rates("variants", resolved),
      ...rates(
        "variants written otherwise",
        resolved.filter((one) => one.isOther),
      ),
    ];
  });
  const file = join(folder, "lookalikes.jsonl");
  if (!existsSync(file)) return { figures, details };
  const verdicts = readLines(file, Lookalike).map(({ a, b, why_different }) => {
    const [one, other] = [a, b].map((name) => {
      const effort = efforts.find((known) => foldName(known.name) === foldName(name));
      return toRecord(effort ? toValues(effort) : { name }, knowledge);
    });
    const match = compareRecords(one!, other!, knowledge);
    details.push(`“${a}” and “${b}” (${why_different}) called ${describe(match)}`);
    return match.verdict;
  });
  const unit = `of ${verdicts.length} pairs`;
  for (const verdict of ["same", "related", "unsure", "different"] as const) {
    const n = verdicts.filter((one) => one === verdict).length;
    figures.push(figure(`look-alikes called ${verdict}`, n, unit));
  }
  return { figures, details };
}

const describe = ({ verdict, relation, initiativeId, score, reasons }: Match): string =>
  `${[verdict, relation, initiativeId].filter(Boolean).join(" ")} ${score.toFixed(2)}: ${reasons.map((reason) => reason.text).join("; ")}`;

function toValues(effort: Effort): InitiativeValues {
  return InitiativeValues.parse({
    name: effort.name,
    ...(effort.acronym && { acronym: effort.acronym }),
    ...(effort.url && { url: effort.url }),
    ...(effort.lead_org && { leadOrganization: effort.lead_org }),
    ...{ funders: effort.funders, partners: effort.partners, states: effort.states },
  });
}

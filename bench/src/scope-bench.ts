import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { emptyKnowledge } from "@waymark/domain";
import { readDocument, relevanceOf } from "@waymark/extract";
import { z } from "zod";
import type { Figure } from "./figure.ts";
import { ratesOf } from "./rates.ts";
import { readLabels } from "./read-labels.ts";
import { readLines } from "./read-lines.ts";

/** From here on an effort belongs to learning and work. */
const relevanceMin = 0.5;

const ownEfforts = fileURLToPath(new URL("../../test/scope/efforts.jsonl", import.meta.url));

const Effort = z.object({ name: z.string(), description: z.string(), isRelevant: z.boolean() });

/** Something judged, what the rules make of it, and their reasons. */
type Judged = { name: string; isRelevant: boolean; score: number; reasons: string[] };

/** What else to judge than our own sentences. */
export type ScopeData = {
  /** A folder with `initiatives.jsonl`, all of which belong. */
  initiatives?: string | undefined;
  /** Labelled pages, and words in the names of the files whose efforts plainly do not belong. */
  pages?: { folder: string; labels: string; others: string[] } | undefined;
};

/** How well relevance tells learning and work from everything else, and what it was wrong about. */
export async function benchScope({ initiatives, pages }: ScopeData): Promise<{
  figures: Figure[];
  details: string[];
}> {
  const sets: [string, Judged[]][] = [["own sentences", readLines(ownEfforts, Effort).map(judge)]];
  if (initiatives) sets.push(...judgeInitiatives(initiatives));
  if (pages) sets.push(...(await judgePages(pages)));
  return {
    figures: sets.flatMap(([data, judged]) => figuresOf(data, judged)),
    details: sets.flatMap(([data, judged]) =>
      judged
        .filter(({ isRelevant, score }) => isRelevant !== score >= relevanceMin)
        .map((one) => `${data}: ${one.name} ${one.score.toFixed(2)} ${one.reasons.join(", ")}`),
    ),
  };
}

const judge = ({ name, description, isRelevant }: z.infer<typeof Effort>): Judged => ({
  ...{ name, isRelevant },
  ...relevanceOf({ name, description, around: "" }, emptyKnowledge),
});

const Initiative = z.object({
  name: z.string(),
  facts: z.array(z.string()),
  lead_org: z.string().nullable(),
  funders: z.array(z.string()),
  partners: z.array(z.string()),
});

function judgeInitiatives(folder: string): [string, Judged[]][] {
  const all = readLines(join(folder, "initiatives.jsonl"), Initiative);
  const told = (describe: (one: z.infer<typeof Initiative>) => string[]) =>
    all.map((one) =>
      judge({ name: one.name, description: describe(one).join("\n"), isRelevant: true }),
    );
  return [
    ["initiatives, by name alone", told(() => [])],
    [
      "initiatives, with what is known of them",
      told(({ facts, lead_org, funders, partners }) => [
        ...facts,
        ...(lead_org ? [lead_org] : []),
        ...funders,
        ...partners,
      ]),
    ],
  ];
}

/** Efforts of other fields: as people labelled them, and as the readers make them out. */
async function judgePages({
  folder,
  labels,
  others,
}: NonNullable<ScopeData["pages"]>): Promise<[string, Judged[]][]> {
  const pages = readLabels(folder, labels).filter(({ label }) =>
    others.some((word) => label.file.includes(word)),
  );
  const labelled = pages.flatMap(({ label }) =>
    label.records.map(({ name, summary_quote }) =>
      judge({ name, description: summary_quote ?? "", isRelevant: false }),
    ),
  );
  const read: Judged[] = [];
  for (const { document } of pages) {
    const { mentions } = await readDocument(document, emptyKnowledge);
    read.push(
      ...mentions.map(({ name, relevance }) => ({ name, isRelevant: false, ...relevance })),
    );
  }
  return [
    ["labelled efforts of other fields", labelled],
    ["efforts read from pages of other fields", read],
  ];
}

function figuresOf(data: string, judged: Judged[]): Figure[] {
  const isTaken = ({ score }: Judged) => score >= relevanceMin;
  const taken = judged.filter(isTaken);
  const wanted = judged.filter(({ isRelevant }) => isRelevant);
  const figure = (name: string, value: number, unit: string): Figure => ({
    ...{ bench: "scope", figure: name, value, unit, data },
  });
  const others = judged.length - wanted.length;
  const right = taken.filter(({ isRelevant }) => isRelevant).length;
  const rates = ratesOf({ right, reported: taken.length, wanted: wanted.length });
  return [
    ...(wanted.length > 0 && others > 0
      ? [figure("precision", rates.precision, `share of ${taken.length}`)]
      : []),
    ...(wanted.length > 0 ? [figure("recall", rates.recall, `share of ${wanted.length}`)] : []),
    ...(others > 0
      ? [figure("taken though of another field", taken.length - right, `of ${others}`)]
      : []),
  ];
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, emptyKnowledge, type Reading, type Recipe } from "@waymark/domain";
import { proposeRecipe, readDocument } from "@waymark/extract";
import { z } from "zod";
import { readLabels } from "./read-labels.ts";
import { readLines } from "./read-lines.ts";

/** A page that lists efforts, as the general readers and as a recipe made from it read it. */
export type ListPage = { document: Document; reading: Reading; recipe: Recipe | undefined };

/** Fewer efforts than this are no list whose loss could be told from life. */
const recordsMin = 3;

/** The labelled pages on which the general readers find a list of efforts. */
export const listLabelledPages = (folder: string, labels: string): Promise<ListPage[]> =>
  keepLists(readLabels(folder, labels).map(({ document }) => document));

const Answer = z.looseObject({
  host: z.string(),
  path: z.string(),
  status: z.number(),
  headers: z.record(z.string(), z.unknown()),
  blob: z.string().nullable(),
});

/** The pages of a world's first night on which they find one. */
export function listWorldPages(folder: string): Promise<ListPage[]> {
  const documents = readLines(join(folder, "night-1.jsonl"), Answer)
    .filter(
      ({ status, blob, path, headers }) =>
        status === 200 && blob && path !== "*" && isHtml(headers),
    )
    .map(({ host, path, blob, headers }) => ({
      url: `http://${host}${path}`,
      bytes: readFileSync(join(folder, "blobs", blob!)),
      contentType: String(headers["content-type"]),
    }));
  // Mirrors bring the same bytes again.
  return keepLists([
    ...new Map(documents.map((one) => [one.bytes.toString("base64"), one])).values(),
  ]);
}

const isHtml = (headers: Record<string, unknown>): boolean =>
  /html/.test(String(headers["content-type"] ?? ""));

async function keepLists(documents: readonly Document[]): Promise<ListPage[]> {
  const kept: ListPage[] = [];
  for (const document of documents) {
    if (Buffer.from(document.bytes.subarray(0, 5)).toString("latin1") === "%PDF-") continue;
    const reading = await readDocument(document, emptyKnowledge);
    if (reading.mentions.filter(({ role }) => role === "listing").length < recordsMin) continue;
    kept.push({ document, reading, recipe: proposeRecipe(document, emptyKnowledge) });
  }
  return kept;
}

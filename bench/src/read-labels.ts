import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "@waymark/domain";
import { z } from "zod";
import { readLines } from "./read-lines.ts";

const Label = z.object({
  file: z.string(),
  url: z.string().nullable(),
  page_kind: z.string(),
  records: z.array(
    z.object({
      name: z.string(),
      url: z.string().nullable(),
      summary_quote: z.string().nullable(),
    }),
  ),
  dates: z.array(z.object({ type: z.string(), value: z.string() })),
  sure: z.boolean(),
});
export type Label = z.infer<typeof Label>;

const IndexLine = z.looseObject({
  file: z.string(),
  url: z.string().nullish(),
  site: z.string().nullish(),
});

/** A page somebody read, with what they found on it. */
export type LabelledPage = { label: Label; document: Document; site: string };

/**
 * The labelled pages of a folder. Where a page came without its address it gets one that nobody owns.
 * `index.jsonl` beside the pages says which site a page is of; without it the file's folder does.
 */
export function readLabels(folder: string, labels: string): LabelledPage[] {
  const indexFile = join(folder, "index.jsonl");
  const index = new Map(
    (existsSync(indexFile) ? readLines(indexFile, IndexLine) : []).map((one) => [one.file, one]),
  );
  return readLines(labels, Label).map((label) => {
    const known = index.get(label.file);
    return {
      label,
      site: known?.site ?? label.file.split("/").at(-2) ?? label.file,
      document: {
        url: label.url ?? known?.url ?? `http://page.invalid/${label.file}`,
        bytes: readFileSync(join(folder, label.file)),
      },
    };
  });
}

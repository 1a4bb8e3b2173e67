import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BadInput } from "@waymark/domain";
import { z } from "zod";

/** What people found on a page, in the layout of WCXB's ground truth. */
export type Truth = {
  type: string;
  host: string;
  text: string;
  title: string;
  /** The day of publication, where people found one. */
  published: string | undefined;
};

const TruthFile = z.object({
  url: z.string().optional(),
  _internal: z.object({ page_type: z.object({ primary: z.string() }) }),
  ground_truth: z.object({
    title: z.string().nullish(),
    publish_date: z.string().nullish(),
    main_content: z.string().nullish(),
  }),
});

/** Loads the truth of the pages read, by their ids; every one must be there. */
export function loadTruth(folder: string, ids: readonly string[]): Map<string, Truth> {
  return new Map(ids.map((id) => [id, loadOne(join(folder, `${id}.json`), id)]));
}

function loadOne(file: string, id: string): Truth {
  if (!existsSync(file)) throw new BadInput(`${file} is missing: name the folder of the truth`);
  const parsed = TruthFile.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success)
    throw new BadInput(`${file} is not in WCXB's layout: ${z.prettifyError(parsed.error)}`);
  const { url, _internal, ground_truth: found } = parsed.data;
  const type = _internal.page_type.primary;
  return {
    type: type === "category" ? "collection" : type,
    // A page without an address counts as a host of its own.
    host: url && URL.canParse(url) ? new URL(url).hostname : id,
    text: found.main_content ?? "",
    title: found.title ?? "",
    published: found.publish_date ?? undefined,
  };
}

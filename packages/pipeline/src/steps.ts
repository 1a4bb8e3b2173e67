import type { Context } from "./context.ts";
import type { JobName, Payload } from "./jobs.ts";
import { readPage, reviewInitiative } from "./journey.ts";
import { advanceRuns } from "./steps/advance-runs.ts";
import { buildKnowledge } from "./steps/build-knowledge.ts";
import { checkFreshness } from "./steps/check-freshness.ts";
import { compareEntries } from "./steps/compare-entries.ts";
import { crawlSource } from "./steps/crawl-source.ts";
import { sweep } from "./steps/sweep.ts";
import { trainNightly } from "./steps/train-model.ts";
import { renderHost, visitHost } from "./steps/visit-host.ts";

/** Who carries out each job; a job without a step does not compile. */
export const steps: {
  [Name in JobName]: (ctx: Context, payload: Payload<Name>) => Promise<void>;
} = {
  "crawl-source": crawlSource,
  "visit-host": visitHost,
  "render-host": renderHost,
  "read-page": readPage,
  "advance-runs": advanceRuns,
  "review-initiative": reviewInitiative,
  sweep,
  "check-freshness": checkFreshness,
  "build-knowledge": buildKnowledge,
  "train-model": trainNightly,
  "compare-entries": compareEntries,
};

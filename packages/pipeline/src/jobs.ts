import { Effort, HostId, PageId, RunId } from "@waymark/domain";
import { z } from "zod";

/**
 * Every job, once: what it carries, what makes it unique while it waits, how many a worker does at a
 * time. Payloads are ids; the step loads what it needs. The queue never tries again: rows say what is due.
 */
export const jobs = {
  "crawl-source": defineJob({
    payload: z.object({ runId: RunId }),
    key: ({ runId }) => runId,
    concurrency: 4,
    part: "visit",
  }),
  "visit-host": defineJob({
    payload: z.object({ hostId: HostId }),
    key: ({ hostId }) => hostId,
    // A walk mostly waits for its host's next turn.
    concurrency: 100,
    part: "visit",
  }),
  "render-host": defineJob({
    payload: z.object({ hostId: HostId }),
    key: ({ hostId }) => hostId,
    concurrency: 2,
    part: "render",
  }),
  "read-page": defineJob({
    payload: z.object({ pageId: PageId }),
    key: ({ pageId }) => pageId,
    concurrency: 4,
    part: "read",
  }),
  "advance-runs": defineJob({
    payload: z.object({}),
    key: () => "all",
    concurrency: 1,
    part: "review",
  }),
  "review-initiative": defineJob({
    payload: z.object({ effort: Effort }),
    key: ({ effort }) => ("initiativeId" in effort ? effort.initiativeId : effort.clusterId),
    concurrency: 4,
    part: "review",
  }),
  sweep: defineJob({ payload: z.object({}), key: () => "all", concurrency: 1, part: "review" }),
  "check-freshness": defineJob({
    payload: z.object({}),
    key: () => "all",
    concurrency: 1,
    part: "review",
  }),
  "build-knowledge": defineJob({
    payload: z.object({}),
    key: () => "all",
    concurrency: 1,
    part: "review",
  }),
  "train-model": defineJob({
    payload: z.object({}),
    key: () => "all",
    concurrency: 1,
    part: "review",
  }),
  "compare-entries": defineJob({
    payload: z.object({}),
    key: () => "all",
    concurrency: 1,
    part: "review",
  }),
};

export type JobName = keyof typeof jobs;
export type Payload<Name extends JobName> = z.infer<(typeof jobs)[Name]["payload"]>;
export const jobNames = Object.keys(jobs) as JobName[];

/** A share of the work that a worker can be started for alone. */
export const workerParts = ["visit", "render", "read", "review"] as const;
export type WorkerPart = (typeof workerParts)[number];

type Job<Shape extends z.ZodType> = {
  payload: Shape;
  key: (payload: z.infer<Shape>) => string;
  concurrency: number;
  part: WorkerPart;
};

function defineJob<Shape extends z.ZodType>(job: Job<Shape>): Job<Shape> {
  return job;
}

import { z } from "zod";

/** The queue and the domain clock. Without `REDIS_URL` the queue lives in Postgres. */
export const pipelineEnv = z.object({
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, "REDIS_URL must begin with redis:// or rediss://")
    .optional(),
  WAYMARK_CLOCK: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)), {
      message: "WAYMARK_CLOCK must be a time such as 2026-03-01T02:00:00Z",
    })
    .optional(),
});
export type PipelineEnv = z.infer<typeof pipelineEnv>;

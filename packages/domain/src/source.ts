import { z } from "zod";
import { SourceId } from "./ids.ts";

export const SourceKind = z.enum([
  "foundation",
  "state",
  "initiative",
  "library",
  "network",
  "news",
]);
export type SourceKind = z.infer<typeof SourceKind>;

export const HttpUrl = z
  .string()
  .refine((url) => /^https?:\/\/[^/]/i.test(url) && URL.canParse(url), {
    message: "is not an http or https address",
  });

/** A source as an operator's file writes it. Unknown keys, such as `notes`, are ignored. */
export const SourceFile = z.array(
  z.object({
    id: SourceId,
    name: z.string().min(1),
    kind: SourceKind,
    seeds: z.array(HttpUrl).min(1, "needs at least one seed address"),
    /** Smallest pause between two requests to one of its hosts, in milliseconds. */
    delayMs: z.number().int().min(0).max(600_000).optional(),
    /** Most pages that one run may visit. */
    pagesMax: z.number().int().min(1).max(1_000_000).optional(),
    /** When the nightly run is due: `HH:MM` in `timeZone`. */
    runAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
    timeZone: z.string().optional(),
  }),
);
export type SourceFile = z.infer<typeof SourceFile>;

/** A website we watch, and how to watch it. */
export const Source = z.object({
  id: SourceId,
  name: z.string(),
  kind: SourceKind,
  seeds: z.array(z.string()),
  /** Addresses a crawl may visit: each an origin with a path prefix, such as `http://www.a.org/`. */
  scope: z.array(z.string()),
  delayMs: z.number().int(),
  pagesMax: z.number().int(),
  runAt: z.string(),
  timeZone: z.string(),
  paused: z.boolean(),
  /** `operator`: someone listed it. `found`: an effort's own site that a mention or an entry names. */
  origin: z.enum(["operator", "found"]),
});
export type Source = z.infer<typeof Source>;

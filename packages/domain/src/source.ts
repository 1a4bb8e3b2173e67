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

/** When a browser is used for a source's pages. */
export const RenderUse = z.enum(["auto", "never", "always"]);
export type RenderUse = z.infer<typeof RenderUse>;

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
    /** Bounds of how often a page is visited, in hours; how often it changes is learnt between them. */
    intervalMinHours: z.number().int().min(1).max(8760).optional(),
    intervalMaxHours: z.number().int().min(1).max(8760).optional(),
    /** Whether pages may be shown through a browser: where they show the need, never, or all of them. */
    render: RenderUse.optional(),
    /** Sources of one group share one pace, for sites that live on one machine. */
    politenessGroup: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{0,62}$/, "is a short name of small letters, digits, . and -")
      .optional(),
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
  intervalMinHours: z.number().int(),
  intervalMaxHours: z.number().int(),
  render: RenderUse,
  politenessGroup: z.string().optional(),
  paused: z.boolean(),
  /** `operator`: someone listed it. `found`: an effort's own site that a mention or an entry names. */
  origin: z.enum(["operator", "found"]),
});
export type Source = z.infer<typeof Source>;

import { z } from "zod";
import { Mention } from "./mention.ts";
import { PartialDate } from "./partial-date.ts";

export const PageKind = z.enum([
  "listing",
  "detail",
  "home",
  "article",
  "document",
  "feed",
  "api",
  "error",
  "none",
]);
export type PageKind = z.infer<typeof PageKind>;

/** What the data did wrong: kept with the reading, shown to operators. */
export const Issue = z.object({
  /** For code to branch on, kebab-case: `unreadable-date`. */
  code: z.string(),
  /** A sentence for people, with the value at fault. */
  message: z.string(),
  start: z.number().int().optional(),
  end: z.number().int().optional(),
});
export type Issue = z.infer<typeof Issue>;

/** A date the page bears, and what it is the date of. */
export const TypedDate = z.object({
  kind: z.enum(["published", "modified", "event", "start", "end", "copyright"]),
  date: PartialDate,
  quote: z.string(),
  start: z.number().int(),
  end: z.number().int(),
});
export type TypedDate = z.infer<typeof TypedDate>;

/** A value that an entry of a feed tells, and where in the source it stands, unless it was not found there as written. */
export const FeedPiece = z.object({
  value: z.string(),
  start: z.number().int().optional(),
  end: z.number().int().optional(),
});
export type FeedPiece = z.infer<typeof FeedPiece>;

/** An entry of a feed; its text is the lead, or the whole text where the feed holds more. */
export const FeedEntry = z.object({
  guid: FeedPiece.optional(),
  link: FeedPiece.optional(),
  title: FeedPiece.optional(),
  published: TypedDate.optional(),
  updated: TypedDate.optional(),
  text: z.string(),
});
export type FeedEntry = z.infer<typeof FeedEntry>;

/** All that one reader version found on one snapshot. */
export const Reading = z.object({
  readerVersion: z.string(),
  page: z.object({
    kind: PageKind,
    /** Why it is of this kind, for people; web pages alone. */
    reason: z.string().optional(),
    title: z.string().optional(),
    language: z.string().optional(),
    /** When the page itself was published, where it tells; `dates` also holds those of entries it lists. */
    published: TypedDate.optional(),
    dates: z.array(TypedDate),
  }),
  /** The main text: blocks joined by newlines. */
  text: z.string(),
  /** For a feed: what it lists. */
  entries: z.array(FeedEntry).optional(),
  mentions: z.array(Mention),
  issues: z.array(Issue),
});
export type Reading = z.infer<typeof Reading>;

/** The page as a reader gets it: the decoded bytes' origin and how the server called them. */
export type Document = {
  /** The address after redirects. */
  url: string;
  bytes: Uint8Array;
  /** The content-type header, when there was one. */
  contentType?: string | undefined;
};

/** A content system that a page shows itself made by, and where its interface is. */
export const CmsSign = z.object({
  kind: z.enum(["wordpress", "drupal", "mediawiki"]),
  api: z.string(),
});
export type CmsSign = z.infer<typeof CmsSign>;

/** What a first, cheap look at a page gives the crawler. */
export const Skim = z.object({
  title: z.string().optional(),
  links: z.array(
    z.object({
      /** Absolute, without fragment. */
      url: z.string(),
      text: z.string(),
      /** Where on the page: main content, or navigation, header, footer, aside. */
      place: z.enum(["main", "navigation"]),
      nofollow: z.boolean(),
    }),
  ),
  feeds: z.array(z.string()),
  canonical: z.string().optional(),
  /** Target of a meta refresh. */
  refresh: z.string().optional(),
  noindex: z.boolean(),
  nofollow: z.boolean(),
  /** Hash of the main text, white space and case folded: the page says the same as before. */
  textHash: z.string(),
  textLength: z.number().int(),
  /** Hash of the text without numbers and names of days and months: what pages of a calendar share. */
  shapeHash: z.string(),
  /** The main text itself; kept beside the skim, not in it. */
  text: z.string().optional(),
  /** Signs that the page shows more in a browser: `sure` when it shows next to nothing without one. */
  browser: z.object({ sure: z.boolean(), reason: z.string() }).optional(),
  /** The content system behind the page, where it offers its entries by an interface. */
  cms: CmsSign.optional(),
  /** `page`, or why what came with status 200 is none. */
  verdict: z.enum(["page", "soft-404", "parked", "login", "blocked", "shell"]),
  verdictReason: z.string().optional(),
});
export type Skim = z.infer<typeof Skim>;

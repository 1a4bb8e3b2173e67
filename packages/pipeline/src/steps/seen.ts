import type { ObservedOutcome, VisitOutcome } from "@waymark/domain";
import type { PackedSnapshot, Page, WantedBecause } from "@waymark/store";

/** An address that a page led to, and when the site says it last changed. */
export type Link = {
  url: string;
  purpose: Page["purpose"];
  because: WantedBecause;
  lastModified?: Date | undefined;
};

/** What a visit came to, before anything is written. */
export type Seen = {
  observed: ObservedOutcome;
  /** Whether the main text differs from the last visit's. */
  changed: boolean;
  tookMs: number;
  wireBytes: number;
  /** Fetched whole, without validators. */
  whole: boolean;
  rendered: boolean;
  needsBrowser: boolean;
  links: Link[];
  movedTo: string | undefined;
  snapshot: PackedSnapshot | undefined;
  validators: { etag: string | undefined; lastModified: string | undefined } | undefined;
  headers: Record<string, string> | undefined;
  /** What is known of the text, when it was looked at. */
  text: { hash: string; length: number; shape: string } | undefined;
  /** Whether validators that stayed the same were right that the page did; undefined when not put to the test. */
  validatorsHeld: boolean | undefined;
};

/** Why nobody was asked, or no answer could be used. */
export type Unasked = { outcome: VisitOutcome; error: string; status?: number; tookMs?: number };

/** A visit in which no page was got. */
export function unasked(page: Page, why: Unasked, now: Date): Seen {
  const observed = {
    url: page.url,
    outcome: why.outcome,
    at: now.toISOString(),
    error: why.error,
    ...(why.status && { status: why.status }),
  };
  return { ...nothing(page), observed, tookMs: why.tookMs ?? 0 };
}

/** A visit that came to nothing yet. */
export const nothing = (page: Page): Omit<Seen, "observed" | "tookMs"> => ({
  changed: false,
  wireBytes: 0,
  whole: false,
  rendered: false,
  needsBrowser: page.needsBrowser,
  links: [],
  movedTo: undefined,
  snapshot: undefined,
  validators: undefined,
  headers: undefined,
  text: undefined,
  validatorsHeld: undefined,
});

/** An address that leads on. */
export const linkTo = (url: string, because: WantedBecause, purpose: Page["purpose"]): Link => ({
  url,
  purpose,
  because,
});

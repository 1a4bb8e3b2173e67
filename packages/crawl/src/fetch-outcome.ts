import type { ObservedOutcome, VisitOutcome } from "@waymark/domain";

/** One redirect that was answered, and where it leads. */
export type Hop = { url: string; status: number; location: string };

/** What one fetch came to. */
export type FetchOutcome =
  | {
      kind: "fetched";
      status: 200;
      /** The address that answered, after redirects on the same host. */
      url: string;
      /** The body, decompressed and complete. */
      bytes: Uint8Array;
      /** How many bytes came over the wire. */
      wireBytes: number;
      /** The header as it was sent. */
      contentType: string | undefined;
      etag: string | undefined;
      lastModified: string | undefined;
      /** The X-Robots-Tag header: what the server says of the page instead of the page itself. */
      robotsTag: string | undefined;
      /** Every header of the answer, names in small letters, several of a name joined by commas. */
      headers: Record<string, string>;
      hops: Hop[];
    }
  /** The page is as it was when we got the validators that were sent along. */
  | { kind: "unchanged"; url: string; hops: Hop[] }
  /** It leads to another host, or where `beforeHop` would not go; permanent when every hop said so. */
  | { kind: "moved"; location: string; permanent: boolean; hops: Hop[] }
  | { kind: "gone"; status: 404 | 410; url: string; hops: Hop[] }
  /** The server will not let us have it: 401, 403, 451 and their like. */
  | { kind: "refused"; status: number; retryAfterMs?: number }
  /** The host wants fewer requests. */
  | { kind: "busy"; status: 429 | 503; retryAfterMs?: number }
  | { kind: "broken"; status?: number; error: string; message: string }
  | { kind: "no-address"; error: string }
  | { kind: "forbidden-address"; reason: string }
  | { kind: "too-large"; bytes: number }
  | { kind: "wrong-type"; contentType: string };

/** The name a visit's row gives to what the fetch came to. */
export function visitOutcomeOf(outcome: FetchOutcome): VisitOutcome {
  switch (outcome.kind) {
    // That a host is busy tonight says nothing of the page.
    case "busy":
      return "broken";
    // Here it is we who refuse.
    case "forbidden-address":
      return "refused";
    default:
      return outcome.kind;
  }
}

/** The fetch as evidence: where, when and how the web answered. */
export function observedOutcomeOf(
  outcome: FetchOutcome,
  { url, at }: { url: string; at: Date },
): ObservedOutcome {
  const observed: ObservedOutcome = { url, outcome: visitOutcomeOf(outcome), at: at.toISOString() };
  if (outcome.kind === "unchanged") observed.status = 304;
  if ("status" in outcome && outcome.status !== undefined) observed.status = outcome.status;
  if ("error" in outcome) observed.error = outcome.error;
  if (outcome.kind === "forbidden-address") observed.error = outcome.reason;
  if (outcome.kind === "moved") {
    observed.location = outcome.location;
    const status = outcome.hops.at(-1)?.status;
    if (status !== undefined) observed.status = status;
  }
  return observed;
}

import type { FetchOutcome } from "@waymark/crawl";

/** Why a fetch brought no page, as words that follow "cannot be read:". */
export function describeOutcome(
  outcome: Exclude<FetchOutcome, { kind: "fetched" | "moved" }>,
): string {
  switch (outcome.kind) {
    case "unchanged":
      return "the server says it is unchanged, though nothing was asked before";
    case "gone":
      return `the server answered ${outcome.status}`;
    case "refused":
    case "busy": {
      const { status, retryAfterMs } = outcome;
      const pace = retryAfterMs ? ` and asks for ${Math.ceil(retryAfterMs / 1000)} s of rest` : "";
      return `the server answered ${status}${pace}`;
    }
    case "broken":
      return outcome.message;
    case "no-address":
      return `the host has no address (${outcome.error})`;
    case "forbidden-address":
      return outcome.reason;
    case "too-large":
      return `it has more than ${outcome.bytes} bytes`;
    case "wrong-type":
      return `it is ${outcome.contentType}, which is not read`;
  }
}

import { randomBytes, timingSafeEqual } from "node:crypto";
import { checkUrl } from "./url-policy.ts";

/** What the pipeline says of an address that a page wants: where robots.txt is asked and the pace kept. */
export type BeforeRequest = (
  url: string,
) => Promise<{ allowed: true } | { allowed: false; reason: string }>;

/** What one page may use of the network. */
export type DoorLimits = {
  requestsMax: number;
  /** Bytes of all answers together. */
  pageBytesMax: number;
  /** Connections to the proxy at once. */
  socketsMax: number;
};

/** Something a page wanted and did not get. */
export type Denial = { url: string; reason: string };

/** One page's permission to use the proxy: its password, what it used, and what it was denied. */
export type Door = {
  username: string;
  password: string;
  limits: DoorLimits;
  /** Ends what is under way when the page is over. */
  signal: AbortSignal;
  sockets: number;
  requests: number;
  denied: number;
  /** The first of what was denied, with the reasons. */
  denials: Denial[];
  opens(password: string): boolean;
  /** Counts one request and says whether it may be made; a refusal is remembered. */
  admit(url: string): Promise<boolean>;
  /** As `admit`, for a tunnel, whose host may have been asked about by one of the page's full addresses. */
  admitTunnel(url: string): Promise<boolean>;
  deny(url: string, reason: string): void;
  /** How long the page has had to wait for its turn and for robots.txt: time that is not its own. */
  waitedMs(): number;
  /** Counts bytes of an answer; false when the page has had all it may have. */
  receive(bytes: number): boolean;
  close(): void;
};

export function createDoor(
  limits: DoorLimits,
  beforeRequest: BeforeRequest | undefined,
  whenClosed: () => void,
): Door {
  const controller = new AbortController();
  const password = randomBytes(24).toString("base64url");
  const hostsAdmitted = new Set<string>();
  const waits = createStopwatch();
  let bytes = 0;
  const door: Door = {
    username: randomBytes(9).toString("base64url"),
    password,
    limits,
    signal: controller.signal,
    sockets: 0,
    requests: 0,
    denied: 0,
    denials: [],
    opens: (given) => isEqual(given, password),
    async admit(url) {
      const reason = controller.signal.aborted ? "the page is over" : await reasonAgainst(url);
      if (reason !== undefined) {
        door.deny(url, reason);
        return false;
      }
      hostsAdmitted.add(new URL(url).host);
      return true;
    },
    async admitTunnel(url) {
      return hostsAdmitted.has(new URL(url).host) || door.admit(url);
    },
    deny(url, reason) {
      door.denied += 1;
      if (door.denials.length < denialsMax) door.denials.push({ url: url.slice(0, 500), reason });
    },
    waitedMs: () => waits.ms(),
    receive(count) {
      bytes += count;
      return bytes <= limits.pageBytesMax;
    },
    close() {
      controller.abort();
      whenClosed();
    },
  };
  const reasonAgainst = async (url: string): Promise<string | undefined> => {
    const problem = checkUrl(url);
    if (problem) return problem;
    // Counted before anything is waited for: many at once are many.
    door.requests += 1;
    if (door.requests > limits.requestsMax) {
      door.requests -= 1;
      return `the page has made ${limits.requestsMax} requests`;
    }
    const verdict = beforeRequest
      ? await waits.during(beforeRequest(url))
      : { allowed: true as const };
    if (verdict.allowed) return undefined;
    door.requests -= 1;
    return verdict.reason;
  };
  return door;
}

const denialsMax = 50;

/** The time in which at least one of several waits was under way. */
function createStopwatch(): { during<T>(wait: Promise<T>): Promise<T>; ms(): number } {
  let under = 0;
  let since = 0;
  let pastMs = 0;
  return {
    async during(wait) {
      if (under++ === 0) since = performance.now();
      try {
        return await wait;
      } finally {
        if (--under === 0) pastMs += performance.now() - since;
      }
    },
    ms: () => pastMs + (under > 0 ? performance.now() - since : 0),
  };
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** One request as the site's server saw it. */
export type LoggedRequest = {
  /** When it arrived, in milliseconds of the real time, with their fraction. */
  at: number;
  host: string;
  path: string;
  status: number;
  /** All that went back over the wire, headers included. */
  bytes: number;
  /** Requests under way at its host, itself included. */
  inFlight: number;
  /** It was told to come back no sooner than this. */
  heldUntil?: number;
};

/** What a server's log comes to. */
export type LogSummary = {
  requests: number;
  bytes: number;
  /** Answers by their status. */
  statuses: { [status: string]: number };
  /** Pages that were answered whole, and how many of those answers were for a page that had one before. */
  pages: number;
  repeated: number;
  /** Requests of the host that was asked most. */
  busiest: number;
  inFlightMax: number;
};

/** Sums of a log. */
export function summarizeLog(log: LoggedRequest[]): LogSummary {
  const statuses: { [status: string]: number } = {};
  const whole = new Map<string, number>();
  const hosts = new Map<string, number>();
  for (const { host, path, status } of log) {
    statuses[status] = (statuses[status] ?? 0) + 1;
    hosts.set(host, (hosts.get(host) ?? 0) + 1);
    const isPage = path === "/" || path.startsWith("/p/");
    if (status === 200 && isPage) whole.set(host + path, (whole.get(host + path) ?? 0) + 1);
  }
  return {
    requests: log.length,
    bytes: log.reduce((sum, { bytes }) => sum + bytes, 0),
    statuses,
    pages: whole.size,
    repeated: [...whole.values()].reduce((sum, times) => sum + times - 1, 0),
    busiest: Math.max(0, ...hosts.values()),
    inFlightMax: log.reduce((most, { inFlight }) => Math.max(most, inFlight), 0),
  };
}

/** Milliseconds between the beginnings of a host's requests, over all hosts. */
export function gapsOf(log: LoggedRequest[]): number[] {
  const last = new Map<string, number>();
  const gaps: number[] = [];
  for (const { host, at } of inTime(log)) {
    const before = last.get(host);
    if (before !== undefined) gaps.push(at - before);
    last.set(host, at);
  }
  return gaps;
}

/** Requests that came while their host had asked to be left alone. */
export function countTooSoon(log: LoggedRequest[]): number {
  const held = new Map<string, number>();
  let count = 0;
  for (const { host, at, heldUntil } of inTime(log)) {
    if (at < (held.get(host) ?? 0)) count += 1;
    if (heldUntil) held.set(host, Math.max(heldUntil, held.get(host) ?? 0));
  }
  return count;
}

const inTime = (log: LoggedRequest[]): LoggedRequest[] => [...log].sort((a, b) => a.at - b.at);

import { expect, test } from "vitest";
import { countTooSoon, gapsOf, type LoggedRequest, summarizeLog } from "./crawl-log.ts";

const asked = (
  host: string,
  path: string,
  at: number,
  rest: Partial<LoggedRequest> = {},
): LoggedRequest => ({ at, host, path, status: 200, bytes: 10, inFlight: 1, ...rest });

test("a log is summed up by status, page and host", () => {
  const log = [
    asked("a", "/robots.txt", 0),
    asked("a", "/", 1),
    asked("a", "/p/1", 2, { inFlight: 2 }),
    asked("a", "/p/1", 3),
    asked("b", "/", 4, { status: 304, bytes: 1 }),
  ];
  expect(summarizeLog(log)).toEqual({
    requests: 5,
    bytes: 41,
    statuses: { 200: 4, 304: 1 },
    pages: 2,
    repeated: 1,
    busiest: 4,
    inFlightMax: 2,
  });
  expect(summarizeLog([]).busiest).toBe(0);
});

test("gaps are counted host by host, in the order of time", () => {
  const log = [
    asked("a", "/", 0),
    asked("b", "/", 10),
    asked("a", "/p/2", 900),
    asked("a", "/p/1", 500),
  ];
  expect(gapsOf(log)).toEqual([500, 400]);
});

test("a host that asked for patience is asked too soon until its time is over", () => {
  const busy = asked("a", "/", 1000, { status: 429, heldUntil: 3000 });
  expect(countTooSoon([busy, asked("b", "/", 1500), asked("a", "/p/1", 3000)])).toBe(0);
  expect(countTooSoon([busy, asked("a", "/p/1", 2999), asked("a", "/p/2", 3100)])).toBe(1);
});

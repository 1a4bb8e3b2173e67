/**
 * How long a server asks us to stay away, from a Retry-After header in seconds or as a date. A date is
 * held against the server's own Date header where it sent one, so that its clock may be wrong. At most a day.
 */
export function retryAfterMs(
  header: string | undefined,
  { now, date }: { now: Date; date?: string | undefined },
): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return within(Number(text) * 1000);
  const until = httpDate(text);
  if (until === undefined) return undefined;
  return within(until - (httpDate(date) ?? now.getTime()));
}

const dayMs = 86_400_000;
const within = (ms: number): number => Math.round(Math.min(Math.max(ms, 0), dayMs));

function httpDate(text: string | undefined): number | undefined {
  // Date.parse alone accepts nearly anything; an HTTP date begins with a day of the week.
  if (!text || !/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

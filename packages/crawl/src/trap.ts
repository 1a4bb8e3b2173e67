/**
 * Why an address looks like part of a trap, where pages never end: as a phrase; `undefined` when it does not.
 * Such addresses are kept out before they are asked for, so a wrong guess costs a page: the rules are wide.
 */
export function isTrap(url: string, now: Date = new Date()): string | undefined {
  if (!URL.canParse(url)) return "not an address";
  const { pathname, search, searchParams, href } = new URL(url);
  if (href.length > 1000) return `an address of ${href.length} characters`;

  const segments = pathname.split("/").filter(Boolean);
  if (segments.length > 12) return `a path ${segments.length} levels deep`;
  const repeated = repeatedSegment(segments);
  if (repeated) return `"${repeated}" three times in one path`;

  const names = [...searchParams.keys()];
  if (names.length > 4) return `${names.length} parameters`;
  if (hasSession(pathname, searchParams)) return "a session's own address";
  // Links that paste the address they stand on into themselves grow with every step.
  if (/https?(:|%3a)\/?.*https?(:|%3a)\/?/i.test(pathname + search))
    return "an address within an address within it";
  return calendarTrap(segments, searchParams, now);
}

/** Numbers repeat in dates, as in `/2011/11/11/`. */
function repeatedSegment(segments: string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const segment of segments) {
    const name = segment.toLowerCase();
    if (/^\d+$/.test(name)) continue;
    const count = (counts.get(name) ?? 0) + 1;
    if (count >= 3) return segment;
    counts.set(name, count);
  }
  return undefined;
}

const sessionNames =
  /^(phpsessid|jsessionid|asp\.net_sessionid|aspsessionid\w*|cfid|cftoken|sessionid|session_id|sessid|sid|osessionid)$/i;

function hasSession(pathname: string, searchParams: URLSearchParams): boolean {
  if (
    /;(jsessionid|sid|phpsessid)=/i.test(pathname) ||
    /\/\(S\([a-z0-9]{20,}\)\)\//i.test(pathname)
  )
    return true;
  // A short `sid` is a section or a story; a session's is long and looks like chance.
  return [...searchParams].some(([name, value]) => sessionNames.test(name) && value.length >= 8);
}

const calendarWord =
  /^(calendars?|events?(-calendar)?|agenda|schedule|month|week|day|availability)$/i;
const calendarName =
  /^(month|year|date|day|week|yr|mo|cal\w*|start_?date|end_?date|tribe-bar-date|event-?date)$/i;
const yearsAround = 2;

/** A calendar has a next month for ever: what is far from today, or far down its paging, is left alone. */
function calendarTrap(
  segments: string[],
  searchParams: URLSearchParams,
  now: Date,
): string | undefined {
  const thisYear = now.getUTCFullYear();
  const isFar = (year: number): boolean => Math.abs(year - thisYear) > yearsAround;

  const dated = [...searchParams].filter(([name]) => calendarName.test(name));
  for (const [name, value] of dated) {
    const year = /^(\d{4})(-|\/|$|\d\d)/.exec(value)?.[1];
    if (year && isFar(Number(year))) return `a calendar at ${name}=${value}`;
    // Counted months, forth or back from today, instead of named ones.
    if (!year && /^(month|mo|week|day)$/i.test(name) && Math.abs(Number(value)) > 53) {
      return `a calendar at ${name}=${value}`;
    }
  }

  if (!segments.some((segment) => calendarWord.test(segment))) return undefined;
  // Only where the path ends in the date: `/events/2019/annual-meeting` is a page about something.
  const tail = /\/(\d{4})(?:[-/]\d{1,2}){0,2}(?:\/(?:month|week|day|list|today))?$/i.exec(
    `/${segments.join("/")}`,
  );
  const year = tail?.[1];
  return year && isFar(Number(year)) ? `a calendar in ${year}` : undefined;
}

import { isCmsList } from "./cms-list.ts";

/**
 * Why an address looks like part of a trap, where pages never end or only say again what others say: a short
 * phrase that names the rule, mostly with a colon and what was seen; `undefined` when it does not. Such
 * addresses are kept out before they are asked for, so a wrong guess costs a page: what names a page by number
 * or pages through a list is let pass.
 */
export function isTrap(url: string, now: Date = new Date()): string | undefined {
  if (!URL.canParse(url)) return "not an address";
  // They carry many parameters, and it is we who put them there.
  if (isCmsList(url)) return undefined;
  const { pathname, search, searchParams, href } = new URL(url);
  const segments = pathname.split("/").filter(Boolean);
  const parameters = [...searchParams].map(([name, value]) => ({ name, value: value.trim() }));
  const at: Address = { href, pathname, search, segments, parameters, now };
  for (const rule of rules) {
    const reason = rule(at);
    if (reason) return reason;
  }
  return undefined;
}

type Parameter = { name: string; value: string };
type Address = {
  href: string;
  pathname: string;
  search: string;
  segments: string[];
  parameters: Parameter[];
  now: Date;
};

/**
 * Whether an address is a further part of a list: `?page=7`, `/page/7/`, `?start=40`. `?p=123` is a post of
 * WordPress and `?page_id=12` a page; a `page` that is a word is one of a site's few pages.
 */
export function isPaging(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { pathname, searchParams } = new URL(url);
  return (
    /\/(page|pages|seite|pagina)[-/]\d{1,6}\/?$/i.test(pathname) ||
    [...searchParams].some(([name, value]) => isPagingParameter({ name, value }))
  );
}

const pagingName =
  /^(.*[-_[])?(page|paged|pg|pagenum|pageno|pagenumber|page_?index|currentpage|offset|skip|start|start_?index|startrow|pagestart)\]?$/i;
const isPagingParameter = ({ name, value }: Parameter): boolean =>
  pagingName.test(name) && /^\d{1,7}(,\d{1,7})*$/.test(value);

/**
 * Why one path is asked for in ever more ways: given addresses already known, a phrase when those of the same
 * path mix their parameters freely. `?state=…&topic=…` in all combinations explodes; `?type=…&id=…` does
 * not, where every address has an id of its own.
 */
export function isExploding(known: Iterable<string>, url: string): string | undefined {
  const mixed = mixOf(url);
  if (!mixed) return undefined;
  const ways = new Set<string>();
  const nameSets = new Set<string>();
  const values = new Map<string, Set<string>>();
  for (const address of [...known, url]) {
    const mix = mixOf(address);
    if (mix?.path !== mixed.path) continue;
    const pairs = mix.parameters.map(({ name, value }) => `${name}=${value}`).sort();
    const way = pairs.join("&");
    if (ways.has(way)) continue;
    ways.add(way);
    nameSets.add([...new Set(mix.parameters.map(({ name }) => name))].sort().join("&"));
    for (const { name, value } of mix.parameters)
      values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const distinct = Math.max(0, ...[...values.values()].map(({ size }) => size));
  const isMixed = ways.size > mixedMax && distinct < ways.size / 2;
  const isSpread = ways.size > nameSetsMax && nameSets.size > nameSetsMax;
  if (!isMixed && !isSpread) return undefined;
  return `query explosion: ${mixed.path} in ${ways.size} ways`;
}

const mixedMax = 30;
const nameSetsMax = 8;

/** Where an address chooses by two parameters or more, its path and those; paging does not choose. */
function mixOf(url: string): { path: string; parameters: Parameter[] } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, pathname, searchParams } = new URL(url);
  const parameters = [...searchParams]
    .map(([name, value]) => ({ name, value }))
    .filter((parameter) => !isPagingParameter(parameter));
  return parameters.length < 2 ? undefined : { path: host + pathname, parameters };
}

type Rule = (at: Address) => string | undefined;

const tooLong: Rule = ({ href, segments }) => {
  if (href.length > 1000) return `too long: ${href.length} characters`;
  return segments.length > 12 ? `too deep: ${segments.length} levels` : undefined;
};

/** Links relative to the wrong folder add the same folders again with every step. */
const repeatedPath: Rule = ({ segments }) => {
  const names = segments.map((segment) => segment.toLowerCase());
  // Numbers repeat in dates, as in `/2011/11/11/`.
  const counts = new Map<string, number>();
  for (const name of names.filter((name) => !/^\d+$/.test(name))) {
    const count = (counts.get(name) ?? 0) + 1;
    if (count >= 3) return `repeated path: ${name}`;
    counts.set(name, count);
  }
  // Two folders may well come twice; three in the same order do not.
  for (let length = 3; length <= names.length / 2; length++) {
    for (let from = 0; from + 2 * length <= names.length; from++) {
      const run = names.slice(from, from + length).join("/");
      if (run === names.slice(from + length, from + 2 * length).join("/"))
        return `repeated path: ${run}`;
    }
  }
  return undefined;
};

const sessionNames =
  /^(phpsessid|jsessionid|asp\.net_sessionid|aspsessionid\w*|cfid|cftoken|sessionid|session_id|sessid|sid|osessionid|oscsid|zenid)$/i;

const session: Rule = ({ pathname, parameters }) => {
  const inPath =
    /;(jsessionid|sid|phpsessid)=/i.test(pathname) ||
    /\/\(S\([a-z0-9]{20,}\)\)\//i.test(pathname) ||
    /\/(phpsessid|jsessionid|sid|s)[=-][\da-f]{16,}(\/|$)/i.test(pathname);
  // A short `sid` is a section or a story; a session's is long and looks like chance.
  const named = parameters.some(({ name, value }) => sessionNames.test(name) && value.length >= 8);
  return inPath || named ? "session" : undefined;
};

/** Links that paste the address they stand on into themselves grow with every step. */
const nestedAddress: Rule = ({ pathname, search }) =>
  /https?(:|%3a)\/?.*https?(:|%3a)\/?/i.test(pathname + search) ? "nested address" : undefined;

/** Whether a parameter names one page or record; `?p=123` and `?id=12` are pages whatever else they say. */
const namesOne = ({ name, value }: Parameter): boolean =>
  !everything.test(value) &&
  /^(p|post|node|item|article|record|guid|uuid|slug)$|(^|[a-z_-])id$/i.test(name);

const manyParameters: Rule = ({ parameters }) => {
  const most = parameters.some(namesOne) ? 8 : 4;
  return parameters.length > most ? `many parameters: ${parameters.length}` : undefined;
};

const reply: Rule = ({ parameters, segments }) => {
  const name = parameters.find((one) =>
    /^(replytocom|quote_?comment|share)$/i.test(one.name),
  )?.name;
  if (name) return `reply: ${name.toLowerCase()}`;
  const comments = segments.find((segment) => /^comment-page-\d+$/i.test(segment));
  return comments ? `reply: ${comments.toLowerCase()}` : undefined;
};

const otherForm = /^(pdf|print(er|able)?|printer-friendly|amp|csv|xlsx?|txt|docx?|epub)$/i;
const formName = /^(format|output|view|display|layout|tmpl|template)$/i;

const printVersion: Rule = ({ parameters, segments }) => {
  const pair = parameters.find(
    ({ name, value }) =>
      /^(print|printable|printer_?friendly|print-?version|printview)$/i.test(name) ||
      (/^pdf$/i.test(name) && /^(1|true|yes|\d+)$/i.test(value)) ||
      (formName.test(name) && otherForm.test(value)) ||
      (/^tmpl$/i.test(name) && value === "component"),
  );
  if (pair) return `print version: ${pair.name}=${pair.value}`;
  const path = segments.map((segment) => segment.toLowerCase());
  const named = path.find((segment) =>
    /^(printpdf|printmail|printer-?friendly|print-version|printable(-version)?)$/.test(segment),
  );
  if (named) return `print version: ${named}`;
  // Further up, "print" may be what a page is about.
  const isPrint =
    (path[0] === "print" && /^(node|\d+)$/.test(path[1] ?? "")) ||
    (path.length >= 3 && path.at(-1) === "print");
  return isPrint ? "print version: print" : undefined;
};

const doorPath =
  /^\/(([a-z]{2}\/)?((shop|store)\/)?(cart|basket|checkout|(my-?)?account|wishlist)(\/|$)|(.*\/)?(log-?in|log-?out|sign-?in|sign-?out|signin|signout|wp-login\.php|lost-?password|forgot-?password|reset-?password|password-reset)(\.(php|aspx?|html?|jsp|cfm))?\/?$|(.*\/)?(user|users|account|accounts|member|members|auth|saml|sso|oauth2?)\/(login|logout|register|signup|sign-up|password|edit|authorize)(\/|$))/i;

const door: Rule = ({ pathname, parameters }) => {
  const path = doorPath.exec(pathname);
  if (path) return `door: ${pathname.slice(0, 80)}`;
  const pair = parameters.find(
    ({ name, value }) =>
      /^(add[-_]to[-_](cart|wishlist|compare)|remove_item)$/i.test(name) ||
      (/^(action|do|task|op)$/i.test(name) &&
        /^(login|logout|register|lostpassword)$/i.test(value)),
  );
  return pair ? `door: ${pair.name}` : undefined;
};

const searchPath =
  /^(search|search-?results?|site-?search|find|suche|buscar|recherche)(\.\w{2,5})?$/i;
const searchWords =
  /^(q|query|s|search|keys?|keywords?|term|terms|text|searchword|search_?(term|text|query|words?)|search_api_fulltext)$/i;
const onlySearch =
  /^(search|keywords?|searchword|search_?(term|text|query|words?)|search_api_fulltext)$/i;

/** Results for a word: whatever they list, the site lists it elsewhere, and words never end. */
const searchResults: Rule = ({ segments, parameters }) => {
  if (parameters.some(namesOne)) return undefined;
  const path = segments.findIndex((segment) => searchPath.test(segment));
  // `/search/node/welding`, as Drupal has it.
  if (
    path >= 0 &&
    /^(node|site|content|user|google)$/i.test(segments[path + 1] ?? "") &&
    segments[path + 2]
  )
    return `search: ${segments.slice(path).join("/").slice(0, 80)}`;
  const pair = parameters.find(({ name, value }) => {
    // `?s=12` is a section, `?q=node/12` a page of a site without pretty addresses.
    if (value === "" || /^\d+$/.test(value) || value === "*") return false;
    if (path >= 0 && path === segments.length - 1) return searchWords.test(name);
    return onlySearch.test(name) || (/^s$/i.test(name) && segments.length <= 1);
  });
  return pair ? `search: ${pair.name}=${pair.value.slice(0, 40)}` : undefined;
};

const facetName =
  /^(f|fq|facets?|filters?|refine\w*|tax_\w+|field_\w+|_sf[tm]_\w+)$|^[\w-]+(\[[\w:. -]*\])+$/i;
const everything = /^(|all|any|_none|-any-|0)$/i;

/** One choice is a list like others, as `?state=ohio` is; two are one of thousands of combinations. */
const facets: Rule = ({ parameters }) => {
  const chosen = parameters
    .filter(
      (one) => facetName.test(one.name) && !isPagingParameter(one) && !everything.test(one.value),
    )
    .flatMap(({ name, value }) => value.split(/[|;]|,(?! )/).map(() => name));
  return chosen.length >= 2 ? `facets: ${[...new Set(chosen)].slice(0, 5).join(", ")}` : undefined;
};

const sortName =
  /^(sort|sort_?by|order|order_?by|sort_?(order|dir|direction)|order_?dir|sort\[.*\])$/i;
const directionName = /^(dir|direction)$/i;
const viewName = /^(view|view_?(mode|type|as)|display|layout|mode|style)$/i;
const viewValue = /^(grid|list|table|cards?|tiles?|thumbs?|thumbnails?|gallery|map|compact)$/i;

/** The same list in another order or dress. Where it is paged through, the site may know no other way. */
const sorting: Rule = ({ parameters }) => {
  if (parameters.some((one) => namesOne(one) || isPagingParameter(one))) return undefined;
  const pair = parameters.find(
    ({ name, value }) =>
      (sortName.test(name) && value !== "" && !/^\d{3,}$/.test(value)) ||
      (directionName.test(name) && /^(asc|desc)\w*$/i.test(value)),
  );
  if (pair) return `sorting: ${pair.name}=${pair.value}`;
  const view = parameters.find(({ name, value }) => viewName.test(name) && viewValue.test(value));
  return view ? `view: ${view.name}=${view.value}` : undefined;
};

const pagingMax = 1000;

const endlessPaging: Rule = ({ parameters, pathname }) => {
  const inPath = /\/page[-/](\d+)\/?$/i.exec(pathname)?.[1];
  const pages = parameters.filter(({ name }) => /(^|[-_[])(page|paged|pg)\]?$/i.test(name));
  const far = [inPath, ...pages.map(({ value }) => value)].find((page) => Number(page) > pagingMax);
  return far ? `endless paging: page ${far}` : undefined;
};

const calendarWord =
  /^(cal|calendars?|events?([-_]calendar)?|calendar[-_]of[-_]events|agenda|schedule|whats-?on|month|week|day|availability)$/i;
const calendarName =
  /^(month|year|date|day|week|yr|mo|cal\w*|start_?date|end_?date|tribe-bar-date|event-?date)$/i;
const calendarSystem = /^(tribe[-_]\w[\w-]*|eventdisplay|tribe_paged)$/i;
const calendarFile = /^(outlook-)?(ical|ics|icalendar|webcal)$/i;
const calendarView = /^(month|week|day|list|today|agenda)$/i;

/** A calendar has a next month for ever: what is far from today is left alone, and so are its single days. */
const calendar: Rule = ({ segments, parameters, now }) => {
  const isCalendar = segments.some((segment) => calendarWord.test(segment));
  const file =
    segments.find((one) => (isCalendar && calendarFile.test(one)) || /\.ics$/i.test(one)) ??
    parameters.find((one) => calendarFile.test(one.name) || calendarFile.test(one.value))?.name;
  if (file) return `calendar file: ${file.slice(0, 40)}`;

  const system = parameters.find(({ name }) => calendarSystem.test(name));
  if (system) return `calendar: ${system.name}=${system.value}`;

  const view = parameters.find(
    ({ name, value }) => viewName.test(name) && /^(day|week)$/i.test(value),
  );
  if (isCalendar && view) return `calendar: ${view.name}=${view.value}`;

  const isFar = isCalendar ? isFarInCalendar : isFarInArchive;
  const dated = parameters.filter(({ name }) => calendarName.test(name));
  for (const { name, value } of dated) {
    const day = dayOf(value) ?? dayOfPair(dated, name, value);
    if (day && isFar(day, now)) return `calendar: ${name}=${value}`;
    // Counted months, forth or back from today, instead of named ones.
    const most = /^(month|mo)$/i.test(name) ? 18 : 53;
    if (!day && /^(month|mo|week|day)$/i.test(name) && Math.abs(Number(value)) > most)
      return `calendar: ${name}=${value}`;
  }
  const path = isCalendar ? pathDay(segments) : undefined;
  return path && isFar(path.day, now) ? `calendar: ${path.written}` : undefined;
};

/** Only where the path ends in the date: `/events/2019/annual-meeting` is a page about something. */
function pathDay(segments: string[]): { day: Day; written: string } | undefined {
  const named = calendarView.test(segments.at(-1) ?? "") ? segments.slice(0, -1) : segments;
  for (const length of [3, 2, 1]) {
    const written = named.slice(-length).join("-");
    const day = dayOf(written);
    if (day) return { day, written };
  }
  return undefined;
}

type Day = { year: number; month: number | undefined; hasDay: boolean };
const monthNames = [
  /^jan(uary)?$/,
  /^feb(ruary)?$/,
  /^mar(ch)?$/,
  /^apr(il)?$/,
  /^may$/,
  /^june?$/,
  /^july?$/,
  /^aug(ust)?$/,
  /^sept?(ember)?$/,
  /^oct(ober)?$/,
  /^nov(ember)?$/,
  /^dec(ember)?$/,
];

/** A day, month or year as addresses write them: `2026-05-01`, `2026/5`, `202605`, `05-2026`, `may-2026`. */
function dayOf(written: string): Day | undefined {
  const text = written.toLowerCase().replace(/[t ]\d\d:.*$/, "");
  const parts =
    /^(?<year>(?:19|20)\d\d)(?:[-/](?<month>\d{1,2}|[a-z]{3,9}))?(?:[-/](?<day>\d{1,2}))?$/.exec(
      text,
    ) ??
    /^(?<year>(?:19|20)\d\d)(?<month>\d\d)(?<day>\d\d)?$/.exec(text) ??
    /^(?<month>\d{1,2}|[a-z]{3,9})[-/ ](?:(?<day>\d{1,2})[-/ ])?(?<year>(?:19|20)\d\d)$/.exec(text);
  if (!parts?.groups) return undefined;
  const { year, month, day } = parts.groups;
  const number = month === undefined ? undefined : monthOf(month);
  if (month !== undefined && number === undefined) return undefined;
  return { year: Number(year), month: number, hasDay: day !== undefined };
}

function monthOf(written: string): number | undefined {
  const month = /^\d+$/.test(written)
    ? Number(written)
    : monthNames.findIndex((name) => name.test(written)) + 1;
  return month >= 1 && month <= 12 ? month : undefined;
}

/** `?month=5&year=2026`, in two parameters. */
function dayOfPair(dated: Parameter[], name: string, value: string): Day | undefined {
  const year = dated.find((one) => /^(year|yr|calyear)$/i.test(one.name))?.value;
  if (!/^(month|mo|calmonth)$/i.test(name) || !year || !/^\d{4}$/.test(year)) return undefined;
  const month = monthOf(value.toLowerCase());
  const hasDay = dated.some((one) => /^day$/i.test(one.name));
  return month === undefined ? undefined : { year: Number(year), month, hasDay };
}

const monthsFrom = (day: Day, now: Date): number =>
  (day.year - now.getUTCFullYear()) * 12 + ((day.month ?? 1) - 1) - now.getUTCMonth();

/** Half a year of months each way, two of years; of days none, since their events have pages of their own. */
function isFarInCalendar(day: Day, now: Date): boolean {
  if (day.hasDay) return true;
  if (day.month === undefined) return Math.abs(day.year - now.getUTCFullYear()) > 2;
  return Math.abs(monthsFrom(day, now)) > 6;
}

/** Elsewhere a date leads into an archive of news or grants, which does end, though some years back. */
function isFarInArchive(day: Day, now: Date): boolean {
  if (day.month === undefined) {
    const years = day.year - now.getUTCFullYear();
    return years > 2 || years < -40;
  }
  const months = monthsFrom(day, now);
  return months > 6 || months < -60;
}

/** In the order in which they are asked: the first that holds names the reason. */
const rules: Rule[] = [
  tooLong,
  repeatedPath,
  session,
  nestedAddress,
  reply,
  printVersion,
  door,
  calendar,
  searchResults,
  facets,
  sorting,
  endlessPaging,
  manyParameters,
];

/**
 * What an address is like, so that what is learnt of one page serves its siblings: `/programs/abc` is
 * `/programs/*`, `/news/2026/03/x` is `/news/#/#/*`, `/list?b=1&a=2` is `/list?a=&b=`. The host is left out,
 * since a template belongs to a source; what is no address has the empty template.
 */
export function templateOf(url: string): string {
  if (!URL.canParse(url)) return "";
  const { pathname, search, searchParams } = new URL(url);
  const segments = pathname.toLowerCase().split("/").filter(Boolean);
  const slash = segments.length > 0 && pathname.endsWith("/") ? "/" : "";
  const last = segments.pop();
  const kept = segments.slice(0, directoriesMax).map(directoryLike);
  if (segments.length > directoriesMax) kept.push("**");
  if (last !== undefined) kept.push(search.length > 1 ? answererLike(last) : pageLike(last));
  return `/${kept.join("/")}${slash}${queryLike(searchParams)}`;
}

const directoriesMax = 8;

/** Directories are the site's own order and keep their names, but for those that are one of thousands. */
function directoryLike(segment: string): string {
  if (isNumber(segment)) return "#";
  if (isLong(segment)) return "*";
  return segment.replace(/\d+/g, "#");
}

function pageLike(segment: string): string {
  const { name, extension } = split(segment);
  return (isNumber(name) ? "#" : "*") + extension;
}

/** With a query the path names what answers it, in one word: `calendar`, `view.php`, `index.cfm`. */
function answererLike(segment: string): string {
  const { name, extension } = split(segment);
  return /^[a-z]{1,20}$/.test(name) ? name + extension : pageLike(segment);
}

/** What pages are written in tells them apart: a `.pdf` is not read as its `.html` siblings are. */
function split(segment: string): { name: string; extension: string } {
  const extension = /\.[a-z][a-z0-9]{1,4}$/.exec(segment)?.[0] ?? "";
  return { name: segment.slice(0, segment.length - extension.length), extension };
}

/** Numbers, dates, hashes and the like: named by a machine or a clock. */
const isNumber = (segment: string): boolean =>
  /^\d+([-_.,]\d+)*$/.test(segment) ||
  /^\d{4}-?(0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}(-\d{1,2})?$/.test(
    segment,
  ) ||
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(segment) ||
  /^(?=.*\d)[\da-f]{8,64}$/.test(segment);

/** Whole sentences stand for one page each, also where further pages lie below it. */
const isLong = (segment: string): boolean =>
  segment.length > 40 || segment.split(/[-_+]|%20/).length > 4;

function queryLike(parameters: URLSearchParams): string {
  const names = [...parameters.keys()].map((name) => name.replace(/\d+/g, "#").slice(0, 40));
  const distinct = [...new Set(names)].sort().slice(0, 8);
  return distinct.length === 0 ? "" : `?${distinct.map((name) => `${name}=`).join("&")}`;
}

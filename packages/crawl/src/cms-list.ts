import type { CmsSign, Issue } from "@waymark/domain";
import { z } from "zod";
import { dateOf } from "./read-sitemap.ts";
import { checkUrl } from "./url-policy.ts";

/** What one answer of such a system lists, and the addresses of the lists that go on from it. */
export type CmsList = {
  pages: { url: string; lastModified?: Date; title?: string }[];
  next: string[];
  issues: Issue[];
};

/** The first addresses to ask for a site of this kind; what they answer leads to the others. */
export function cmsProbes({ kind, api }: CmsSign): string[] {
  if (!URL.canParse(api)) return [];
  switch (kind) {
    case "wordpress":
      // The kinds of content come last: sites keep programs and partners as kinds of their own.
      return [
        wordpressList(api, "wp/v2/pages"),
        wordpressList(api, "wp/v2/posts"),
        wordpressAt(api, "wp/v2/types"),
      ];
    case "drupal":
      return [withQuery(api.replace(/\/+$/, ""), {})];
    case "mediawiki":
      return [
        withQuery(api, {
          ...mediawikiQuestion,
          generator: "allpages",
          gapfilterredir: "nonredirects",
          gaplimit: "500",
          gapnamespace: "0",
        }),
      ];
  }
}

/** Whether an address is one of those that `cmsProbes` and `readCmsList` give: it lists pages and is none. */
export function isCmsList(url: string): boolean {
  return kindOf(url) !== undefined;
}

/**
 * The first part of a list for a later night: only what changed since. Later parts, and lists of lists, stay as
 * they are. WordPress before 5.7 passes over the wish and answers with everything, newest first. Drupal answers
 * 400 where a site hides its dates. MediaWiki keeps its recent changes for some ninety days and tells of no
 * page that was moved or removed. So the whole list is worth asking for now and then.
 */
export function withModifiedAfter(url: string, since: Date): string {
  // Sites count in their own time: a day's margin covers every zone.
  const from = new Date(since.getTime() - 24 * 3_600_000);
  const second = from.toISOString().slice(0, 19);
  if (isLaterPart(url)) return url;
  switch (kindOf(url)) {
    case "wordpress list":
      return withQuery(url, { modified_after: second });
    case "drupal list":
      return withQuery(url, {
        "filter[since][condition][path]": "changed",
        "filter[since][condition][operator]": ">=",
        // What the field holds counts, not how it is answered: seconds since 1970.
        "filter[since][condition][value]": String(Math.floor(from.getTime() / 1000)),
      });
    case "mediawiki list":
      return withQuery(new URL(new URL(url).pathname, url).href, {
        ...mediawikiQuestion,
        generator: "recentchanges",
        grcend: `${second}Z`,
        grclimit: "500",
        grcnamespace: "0",
        grctoponly: "1",
        grctype: "edit|new",
      });
    default:
      return url;
  }
}

/** Whether an address is the second part of a list or a later one: on most nights its first part tells enough. */
export function isLaterPart(url: string): boolean {
  if (!isCmsList(url)) return false;
  return [...new URL(url).searchParams.keys()].some((name) =>
    /^page$|^page\[(offset|cursor)\]$|continue$/.test(name),
  );
}

const bytesMax = 10_000_000;
const entriesMax = 50_000;

/** Reads what a content system answered; undefined when it is no such list. What is odd in it is passed over. */
export function readCmsList(
  bytes: Uint8Array,
  { url, headers }: { url: string; headers: Readonly<Record<string, string>> },
): CmsList | undefined {
  const kind = kindOf(url);
  if (!kind) return undefined;
  if (bytes.length > bytesMax) {
    const message = `${url} has ${bytes.length} bytes, more than ${bytesMax}`;
    return { pages: [], next: [], issues: [{ code: "cms-list-too-large", message }] };
  }
  const answer = parseJson(new TextDecoder().decode(bytes));
  const found = answer === undefined ? undefined : readers[kind](answer, { url, headers });
  return found && settle(found, url);
}

type Kind = `${"wordpress" | "drupal"} ${"index" | "list"}` | "mediawiki list";

function kindOf(url: string): Kind | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname, searchParams } = new URL(url);
  const route = searchParams.get("rest_route") ?? /\/wp-json(\/.*)$/.exec(pathname)?.[1];
  if (route && /^\/wp\/v2\/types\/?$/.test(route)) return "wordpress index";
  // Without `_fields` it is the pages themselves that are asked for: a document to read.
  if (route && /^\/[\w-]+\/v\d+\/[\w-]+\/?$/.test(route) && searchParams.get("_fields") === fields)
    return "wordpress list";
  if (/\/jsonapi\/?$/.test(pathname)) return "drupal index";
  const bundle = /\/jsonapi\/node\/(\w+)\/?$/.exec(pathname)?.[1];
  if (bundle && searchParams.has(`fields[node--${bundle}]`)) return "drupal list";
  const generator = searchParams.get("generator") ?? "";
  if (/\/api\.php$/.test(pathname) && /^(allpages|recentchanges)$/.test(generator))
    return "mediawiki list";
  return undefined;
}

type Entry = {
  address: string;
  dates: (string | number | undefined)[];
  title?: string | undefined;
};
type Found = { entries: Entry[]; next: string[]; issues: Issue[] };
type Reader = (
  answer: unknown,
  at: { url: string; headers: Readonly<Record<string, string>> },
) => Found | undefined;

const text = z.string().max(4000);
const readers: Record<Kind, Reader> = {
  "wordpress list": (answer, { url, headers }) => {
    if (!Array.isArray(answer)) return undefined;
    const { kept, issues } = keep(WordpressEntry, answer);
    if (kept.length === 0 && answer.length > 0) return undefined;
    const entries = kept.map(({ link, modified_gmt, date_gmt, title }) => ({
      address: link,
      dates: [modified_gmt, date_gmt],
      title: typeof title === "string" ? title : title?.rendered,
    }));
    return { entries, next: nextOfWordpress(url, headers, answer.length), issues };
  },
  "wordpress index": (answer, { url }) => {
    const types = z.record(z.string(), z.unknown()).safeParse(answer);
    if (!types.success) return undefined;
    const { kept } = keep(WordpressType, Object.values(types.data));
    if (kept.length === 0) return undefined;
    const next = kept
      .filter(({ rest_base }) => !wordpressParts.test(rest_base))
      .map(({ rest_base, rest_namespace = "wp/v2" }) =>
        wordpressList(apiOf(url), `${rest_namespace}/${rest_base}`),
      );
    return { entries: [], next, issues: [] };
  },
  "drupal index": (answer, { url }) => {
    const index = DrupalIndex.safeParse(answer);
    if (!index.success) return undefined;
    const next = Object.entries(index.data.links).flatMap(([name, link]) => {
      const href = hrefOf(link);
      // Users, files, terms, settings and media are no pages of their own.
      const isNode = /^node--\w+$/.test(name) && href && URL.canParse(href, url);
      return isNode ? drupalList(new URL(href, url).href, name) : [];
    });
    return { entries: [], next, issues: [] };
  },
  "drupal list": (answer, { url }) => {
    const list = DrupalList.safeParse(answer);
    if (!list.success) return undefined;
    const { kept, issues } = keep(DrupalEntry, list.data.data);
    const root = url.replace(/\/jsonapi\/.*$/s, "");
    const entries = kept.flatMap(({ attributes }) => {
      const { path, changed, title, drupal_internal__nid: id } = attributes;
      const local = path?.alias ?? (id === undefined ? undefined : `/node/${id}`);
      return local ? { address: root + local, dates: [changed], title } : [];
    });
    const next = hrefOf(list.data.links?.next);
    return { entries, next: next ? [next] : [], issues };
  },
  "mediawiki list": (answer, { url }) => {
    const list = MediawikiList.safeParse(answer);
    if (!list.success || !(list.data.query || "batchcomplete" in list.data)) return undefined;
    const { kept, issues } = keep(MediawikiEntry, Object.values(list.data.query?.pages ?? {}));
    const entries = kept.map(({ fullurl, canonicalurl, revisions, touched, title }) => ({
      address: canonicalurl ?? fullurl ?? "",
      // A page is touched also when a template it uses changes; only its revision is its own.
      dates: [revisions?.[0]?.timestamp, touched],
      title,
    }));
    // What goes on from a night's changes would be a list of that night alone; the whole list holds it, too.
    const rest = list.data.continue;
    const goesOn = rest !== undefined && !("grccontinue" in rest);
    return { entries, next: goesOn ? [withQuery(without(url, /continue$/), rest)] : [], issues };
  },
};

const WordpressEntry = z.object({
  link: text,
  modified_gmt: text.optional().catch(undefined),
  date_gmt: text.optional().catch(undefined),
  title: z
    .union([text, z.object({ rendered: text })])
    .optional()
    .catch(undefined),
});
const WordpressType = z.object({
  rest_base: z.string().regex(/^[\w-]+$/),
  rest_namespace: z
    .string()
    .regex(/^[\w-]+\/v\d+$/)
    .optional()
    .catch(undefined),
});
/** Kinds of content that no reader sees as a page, and the two that are asked for anyway. */
const wordpressParts =
  /^(pages|posts|media|attachment|blocks|templates|template-parts|navigation|menu-items|global-styles|font-families|font-faces|wp_\w+|elementor\w*|e-\w+)$/;

const Link = z.union([text, z.object({ href: text })]).catch("");
const DrupalIndex = z.object({ links: z.record(z.string(), Link) });
const DrupalList = z.object({
  data: z.array(z.unknown()),
  links: z.object({ next: Link.optional() }).optional().catch(undefined),
});
const DrupalEntry = z.object({
  attributes: z.object({
    path: z
      .object({ alias: z.string().startsWith("/").max(4000).optional().catch(undefined) })
      .optional()
      .catch(undefined),
    changed: z.union([text, z.number()]).optional().catch(undefined),
    title: text.optional().catch(undefined),
    drupal_internal__nid: z.number().int().optional().catch(undefined),
  }),
});
const MediawikiList = z.object({
  batchcomplete: z.unknown().optional(),
  query: z
    .object({ pages: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]) })
    .optional(),
  continue: z.record(z.string(), z.coerce.string().max(4000)).optional().catch(undefined),
});
const MediawikiEntry = z
  .object({
    fullurl: text.optional(),
    canonicalurl: text.optional(),
    revisions: z
      .array(z.object({ timestamp: text }))
      .optional()
      .catch(undefined),
    touched: text.optional().catch(undefined),
    title: text.optional().catch(undefined),
  })
  .refine((page) => page.fullurl ?? page.canonicalurl);

const fields = "link,modified_gmt,date_gmt,title";
const wordpressPageSize = 100;
const wordpressPagesMax = entriesMax / wordpressPageSize;
const mediawikiQuestion = {
  action: "query",
  format: "json",
  formatversion: "2",
  inprop: "url",
  prop: "info|revisions",
  rvprop: "timestamp",
};

/** A site without pretty addresses is asked by `?rest_route=/…` instead of by path. */
function wordpressAt(api: string, route: string): string {
  const url = new URL(api);
  if (url.searchParams.has("rest_route")) return withQuery(api, { rest_route: `/${route}` });
  return new URL(`${url.pathname.replace(/\/*$/, "/")}${route}`, url).href;
}

const wordpressList = (api: string, route: string): string =>
  withQuery(wordpressAt(api, route), {
    _fields: fields,
    order: "desc",
    orderby: "modified",
    per_page: String(wordpressPageSize),
  });

const apiOf = (url: string): string =>
  url.includes("rest_route=") ? url : url.replace(/(\/wp-json\/).*$/s, "$1");

function nextOfWordpress(
  url: string,
  headers: Readonly<Record<string, string>>,
  size: number,
): string[] {
  const page = Number(new URL(url).searchParams.get("page") ?? 1);
  const at = (number: number): string => withQuery(url, { page: String(number) });
  const total = Math.min(Number(headers["x-wp-totalpages"] ?? Number.NaN), wordpressPagesMax);
  // The first page names all the others, so that they need not be asked one after the other.
  if (page === 1 && total >= 1)
    return Array.from({ length: Math.floor(total) - 1 }, (_, index) => at(index + 2));
  if (total >= 1) return page < total ? [at(page + 1)] : [];
  const linked = /<([^<>]{1,4000})>\s*;[^,<]{0,200}\brel="?next\b/i.exec(headers.link ?? "")?.[1];
  if (linked) return [linked];
  // Proxies strip such headers: a full page may have another behind it.
  return size >= wordpressPageSize && page < wordpressPagesMax ? [at(page + 1)] : [];
}

/** Number and alias: where a page has no alias, the number is its address. */
const drupalList = (href: string, name: string): string =>
  withQuery(href, {
    [`fields[${name}]`]: "changed,drupal_internal__nid,path,title",
    "page[limit]": "50",
    sort: "-changed",
  });

const hrefOf = (link: z.infer<typeof Link> | undefined): string | undefined =>
  (typeof link === "string" ? link : link?.href) || undefined;

/** Those entries that are as they should be, and a word about the others. */
function keep<T>(schema: z.ZodType<T>, entries: unknown[]): { kept: T[]; issues: Issue[] } {
  const taken = entries.slice(0, entriesMax);
  const kept = taken.flatMap((entry) => {
    const { data } = schema.safeParse(entry);
    return data === undefined ? [] : [data];
  });
  const issues: Issue[] = [];
  const odd = taken.length - kept.length;
  if (odd > 0)
    issues.push({
      code: "cms-odd-entry",
      message: `${odd} of ${taken.length} entries name no page`,
    });
  if (taken.length < entries.length) {
    const message = `only the first ${entriesMax} of ${entries.length} entries were taken`;
    issues.push({ code: "cms-list-too-long", message });
  }
  return { kept, issues };
}

/** Each address once, whole and fit to be asked for; of further lists those of the same system. */
function settle({ entries, next, issues }: Found, url: string): CmsList {
  const pages = new Map<string, CmsList["pages"][number]>();
  for (const { address, dates, title } of entries) {
    const whole = URL.canParse(address, url) ? new URL(address, url).href : address;
    const problem = checkUrl(whole);
    if (problem && issues.length < 5) issues.push({ code: "cms-bad-address", message: problem });
    if (problem || pages.has(whole)) continue;
    const lastModified = dates.map(listedAt).find((date) => date !== undefined);
    const name = title && plainText(title);
    pages.set(whole, {
      url: whole,
      ...(lastModified && { lastModified }),
      ...(name && { title: name }),
    });
  }
  const further = next
    .flatMap((address) => (URL.canParse(address, url) ? new URL(address, url).href : []))
    // Newest first, so that the whole list goes on as the night's does, under an address that stays.
    .map((address) => new URL(without(address, sinceName)))
    .filter(({ host, href }) => host === new URL(url).host && href !== url && isCmsList(href))
    // Behind a proxy a system often believes that it is spoken to by plain http.
    .map(({ href }) => href.replace(/^https?:/, new URL(url).protocol));
  return {
    pages: [...pages.values()],
    next: [...new Set(further)].filter((one) => one !== url),
    issues,
  };
}

/** Times are ISO or seconds; what was never dated is told as the year 0 or as 1970. */
function listedAt(time: string | number | undefined): Date | undefined {
  if (time === undefined) return undefined;
  const date = typeof time === "number" ? new Date(time * 1000) : dateOf(time);
  return date && date.getTime() > 24 * 3_600_000 ? date : undefined;
}

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Titles come as HTML, of which a list needs the words. */
const plainText = (html: string): string =>
  html
    .replace(/<[^<>]*>/g, "")
    .replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w{2,4}));/gi, (written, decimal, hex, name) =>
      name
        ? (entities[name.toLowerCase()] ?? written)
        : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);

const sinceName = /^modified_after$|^filter\[since\]/;

/** The address without the parameters of such a name. */
function without(address: string, name: RegExp): string {
  const url = new URL(address);
  const dropped = [...url.searchParams.keys()].filter((key) => name.test(key));
  for (const key of dropped) url.searchParams.delete(key);
  return dropped.length === 0 ? address : url.href;
}

/** The address with these parameters set, sorted by name as all our addresses are. */
function withQuery(address: string, parameters: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  url.searchParams.sort();
  url.hash = "";
  return url.href;
}

/** Some sites print warnings before their answer: what follows the first line with a bracket is tried, too. */
function parseJson(written: string): unknown {
  const lines = /^[[{]/m.exec(written);
  for (const candidate of [written, lines ? written.slice(lines.index) : ""]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // Not JSON from here on.
    }
  }
  return undefined;
}

import { z } from "zod";
import { withQuery } from "../address-query.ts";
import { type AskedAt, type CmsSystem, entriesMax, keepEntries, text } from "../cms-system.ts";

/** WordPress by its REST interface. Before 5.7 it passes over `modified_after` and answers with everything. */
export const wordpress: CmsSystem = {
  // The kinds of content come last: sites keep programs and partners as kinds of their own.
  probes: (api) => [
    listAt(api, "wp/v2/pages"),
    listAt(api, "wp/v2/posts"),
    addressAt(api, "wp/v2/types"),
  ],

  kindOf({ pathname, searchParams }) {
    const route = searchParams.get("rest_route") ?? /\/wp-json(\/.*)$/.exec(pathname)?.[1];
    if (!route) return undefined;
    if (/^\/wp\/v2\/types\/?$/.test(route)) return "index";
    // Without `_fields` it is the pages themselves that are asked for: a document to read.
    const isList = /^\/[\w-]+\/v\d+\/[\w-]+\/?$/.test(route);
    return isList && searchParams.get("_fields") === fields ? "list" : undefined;
  },

  modifiedAfter: (url, from) => withQuery(url, { modified_after: from.toISOString().slice(0, 19) }),

  read: {
    list(answer, { url, headers }) {
      if (!Array.isArray(answer)) return undefined;
      const { kept, issues } = keepEntries(Entry, answer);
      if (kept.length === 0 && answer.length > 0) return undefined;
      const entries = kept.map(({ link, modified_gmt, date_gmt, title }) => ({
        address: link,
        dates: [modified_gmt, date_gmt],
        title: typeof title === "string" ? title : title?.rendered,
      }));
      return { entries, next: furtherParts({ url, headers }, answer.length), issues };
    },

    index(answer, { url }) {
      const types = z.record(z.string(), z.unknown()).safeParse(answer);
      if (!types.success) return undefined;
      const { kept } = keepEntries(ContentType, Object.values(types.data));
      if (kept.length === 0) return undefined;
      const next = kept
        .filter(({ rest_base }) => !knownTypes.test(rest_base))
        .map(({ rest_base, rest_namespace = "wp/v2" }) =>
          listAt(apiOf(url), `${rest_namespace}/${rest_base}`),
        );
      return { entries: [], next, issues: [] };
    },
  },
};

const fields = "link,modified_gmt,date_gmt,title";
const pageSize = 100;
const partsMax = entriesMax / pageSize;

const Entry = z.object({
  link: text,
  modified_gmt: text.optional().catch(undefined),
  date_gmt: text.optional().catch(undefined),
  title: z
    .union([text, z.object({ rendered: text })])
    .optional()
    .catch(undefined),
});
const ContentType = z.object({
  rest_base: z.string().regex(/^[\w-]+$/),
  rest_namespace: z
    .string()
    .regex(/^[\w-]+\/v\d+$/)
    .optional()
    .catch(undefined),
});
/** Kinds of content that no reader sees as a page, and the two that are asked for anyway. */
const knownTypes =
  /^(pages|posts|media|attachment|blocks|templates|template-parts|navigation|menu-items|global-styles|font-families|font-faces|wp_\w+|elementor\w*|e-\w+)$/;

/** A site without pretty addresses is asked by `?rest_route=/…` instead of by path. */
function addressAt(api: string, route: string): string {
  const url = new URL(api);
  if (url.searchParams.has("rest_route")) return withQuery(api, { rest_route: `/${route}` });
  return new URL(`${url.pathname.replace(/\/*$/, "/")}${route}`, url).href;
}

const listAt = (api: string, route: string): string =>
  withQuery(addressAt(api, route), {
    _fields: fields,
    order: "desc",
    orderby: "modified",
    per_page: String(pageSize),
  });

const apiOf = (url: string): string =>
  url.includes("rest_route=") ? url : url.replace(/(\/wp-json\/).*$/s, "$1");

function furtherParts({ url, headers }: AskedAt, size: number): string[] {
  const page = Number(new URL(url).searchParams.get("page") ?? 1);
  const at = (number: number): string => withQuery(url, { page: String(number) });
  const total = Math.min(Number(headers["x-wp-totalpages"] ?? Number.NaN), partsMax);
  // The first page names all the others, so that they need not be asked one after the other.
  if (page === 1 && total >= 1)
    return Array.from({ length: Math.floor(total) - 1 }, (_, index) => at(index + 2));
  if (total >= 1) return page < total ? [at(page + 1)] : [];
  const linked = /<([^<>]{1,4000})>\s*;[^,<]{0,200}\brel="?next\b/i.exec(headers.link ?? "")?.[1];
  if (linked) return [linked];
  // Proxies strip such headers: a full page may have another behind it.
  return size >= pageSize && page < partsMax ? [at(page + 1)] : [];
}

import { z } from "zod";
import { withQuery } from "../address-query.ts";
import { type CmsSystem, keepEntries, text } from "../cms-system.ts";

/** Drupal by its JSON:API. It answers 400 to `modifiedAfter` where a site hides its dates. */
export const drupal: CmsSystem = {
  probes: (api) => [withQuery(api.replace(/\/+$/, ""), {})],

  kindOf({ pathname, searchParams }) {
    if (/\/jsonapi\/?$/.test(pathname)) return "index";
    const bundle = /\/jsonapi\/node\/(\w+)\/?$/.exec(pathname)?.[1];
    return bundle && searchParams.has(`fields[node--${bundle}]`) ? "list" : undefined;
  },

  modifiedAfter: (url, from) =>
    withQuery(url, {
      "filter[since][condition][path]": "changed",
      "filter[since][condition][operator]": ">=",
      // What the field holds counts, not how it is answered: seconds since 1970.
      "filter[since][condition][value]": String(Math.floor(from.getTime() / 1000)),
    }),

  read: {
    index(answer, { url }) {
      const index = Index.safeParse(answer);
      if (!index.success) return undefined;
      const next = Object.entries(index.data.links).flatMap(([name, link]) => {
        const href = hrefOf(link);
        // Users, files, terms, settings and media are no pages of their own.
        const isNode = /^node--\w+$/.test(name) && href && URL.canParse(href, url);
        return isNode ? listAt(new URL(href, url).href, name) : [];
      });
      return { entries: [], next, issues: [] };
    },

    list(answer, { url }) {
      const list = List.safeParse(answer);
      if (!list.success) return undefined;
      const { kept, issues } = keepEntries(Entry, list.data.data);
      const root = url.replace(/\/jsonapi\/.*$/s, "");
      const entries = kept.flatMap(({ attributes }) => {
        const { path, changed, title, drupal_internal__nid: id } = attributes;
        const local = path?.alias ?? (id === undefined ? undefined : `/node/${id}`);
        return local ? { address: root + local, dates: [changed], title } : [];
      });
      const next = hrefOf(list.data.links?.next);
      return { entries, next: next ? [next] : [], issues };
    },
  },
};

const Link = z.union([text, z.object({ href: text })]).catch("");
const Index = z.object({ links: z.record(z.string(), Link) });
const List = z.object({
  data: z.array(z.unknown()),
  links: z.object({ next: Link.optional() }).optional().catch(undefined),
});
const Entry = z.object({
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

/** Number and alias: where a page has no alias, the number is its address. */
const listAt = (href: string, name: string): string =>
  withQuery(href, {
    [`fields[${name}]`]: "changed,drupal_internal__nid,path,title",
    "page[limit]": "50",
    sort: "-changed",
  });

const hrefOf = (link: z.infer<typeof Link> | undefined): string | undefined =>
  (typeof link === "string" ? link : link?.href) || undefined;

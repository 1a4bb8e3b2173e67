import { z } from "zod";
import { withoutQuery, withQuery } from "../address-query.ts";
import { type CmsSystem, keepEntries, text } from "../cms-system.ts";

/**
 * MediaWiki by its action interface. It keeps its recent changes for some ninety days, and they tell of no page
 * that was moved or removed.
 */
export const mediawiki: CmsSystem = {
  probes: (api) => [
    withQuery(api, {
      ...question,
      generator: "allpages",
      gapfilterredir: "nonredirects",
      gaplimit: "500",
      gapnamespace: "0",
    }),
  ],

  kindOf({ pathname, searchParams }) {
    const generator = searchParams.get("generator") ?? "";
    const isList = /\/api\.php$/.test(pathname) && /^(allpages|recentchanges)$/.test(generator);
    return isList ? "list" : undefined;
  },

  modifiedAfter: (url, from) =>
    withQuery(new URL(new URL(url).pathname, url).href, {
      ...question,
      generator: "recentchanges",
      grcend: `${from.toISOString().slice(0, 19)}Z`,
      grclimit: "500",
      grcnamespace: "0",
      grctoponly: "1",
      grctype: "edit|new",
    }),

  read: {
    list(answer, { url }) {
      const list = List.safeParse(answer);
      if (!list.success || !(list.data.query || "batchcomplete" in list.data)) return undefined;
      const { kept, issues } = keepEntries(Entry, Object.values(list.data.query?.pages ?? {}));
      const entries = kept.map(({ fullurl, canonicalurl, revisions, touched, title }) => ({
        address: canonicalurl ?? fullurl ?? "",
        // A page is touched also when a template it uses changes; only its revision is its own.
        dates: [revisions?.[0]?.timestamp, touched],
        title,
      }));
      // What goes on from a night's changes would be a list of that night alone; the whole list holds it, too.
      const rest = list.data.continue;
      const goesOn = rest !== undefined && !("grccontinue" in rest);
      const next = goesOn ? [withQuery(withoutQuery(url, /continue$/), rest)] : [];
      return { entries, next, issues };
    },
  },
};

const question = {
  action: "query",
  format: "json",
  formatversion: "2",
  inprop: "url",
  prop: "info|revisions",
  rvprop: "timestamp",
};

const List = z.object({
  batchcomplete: z.unknown().optional(),
  query: z
    .object({ pages: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]) })
    .optional(),
  continue: z.record(z.string(), z.coerce.string().max(4000)).optional().catch(undefined),
});
const Entry = z
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

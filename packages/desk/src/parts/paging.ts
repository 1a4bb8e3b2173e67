import type { OpenCall } from "../call.ts";
import { asked } from "../call.ts";
import { withQuery } from "./address.ts";
import { type Html, html } from "./html.ts";

/** The page of a list that is asked for, from 1; anything unreadable is the first. */
export function askedPage(call: OpenCall): number {
  const page = Number(asked(call, "page"));
  return Number.isInteger(page) && page > 0 && page < 1e6 ? page : 1;
}

/** Links to the neighbouring pages of a list, keeping its filters. */
export function paging(options: {
  path: string;
  query: Record<string, string | undefined>;
  page: number;
  hasMore: boolean;
}): Html {
  const { path, query, page, hasMore } = options;
  if (page === 1 && !hasMore) return html``;
  const to = (n: number) => withQuery(path, { ...query, page: n === 1 ? undefined : n });
  return html`<nav class="paging" aria-label="Pages">
${page > 1 ? html`<a class="button quiet" rel="prev" href="${to(page - 1)}">← Previous</a>` : html`<span></span>`}
<span class="muted">Page ${page}</span>
${hasMore ? html`<a class="button quiet" rel="next" href="${to(page + 1)}">Next →</a>` : html`<span></span>`}
</nav>`;
}

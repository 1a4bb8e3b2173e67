import { type Html, html } from "./html.ts";

/** A link that leaves the desk. Only http and https addresses become links; anything else stays text. */
export function outsideLink(url: string, text: string | Html = shortAddress(url)): Html {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return html`<span>${text}</span>`;
  return html`<a class="outside" href="${new URL(url).href}" rel="noopener noreferrer nofollow external" target="_blank">${text}<span class="visually-hidden"> (opens the live page)</span></a>`;
}

/** An address as people read it: without scheme, www and closing slash, cut in the middle when long. */
export function shortAddress(url: string, lengthMax = 64): string {
  const short = url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
  if (short.length <= lengthMax) return short;
  const half = Math.floor((lengthMax - 1) / 2);
  return `${short.slice(0, half)}…${short.slice(-half)}`;
}

/** A path of the desk with one part that comes from a row. */
export const pathTo = (place: string, id: string | number): string =>
  `/${place}/${encodeURIComponent(String(id))}`;

/** A path with a query; undefined values are left out. */
export function withQuery(
  path: string,
  query: Record<string, string | number | undefined>,
): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return text ? `${path}?${text}` : path;
}

import { parseJson } from "../guarded-parse.ts";

/** An entry of a content system's answer: its address and the piece of HTML it carries. */
export type CmsItem = { link: string; title: string; published: string | undefined };

type Rendered = {
  link?: unknown;
  title?: { rendered?: unknown };
  content?: { rendered?: unknown };
  date?: unknown;
  modified?: unknown;
};

/**
 * A WordPress REST answer (a list of posts, or one) laid out as HTML, one article an entry, in the order
 * of the answer; undefined for any other JSON.
 */
export function cmsItems(json: string): { html: string; items: CmsItem[] } | undefined {
  const data = parseJson(json);
  const entries = (Array.isArray(data) ? data : [data]).filter(isRendered);
  if (entries.length === 0) return undefined;
  const items = entries.map((entry) => ({
    link: String(entry.link),
    title: String(entry.title?.rendered ?? ""),
    published: typeof entry.date === "string" ? entry.date : undefined,
  }));
  const html = entries
    .map((entry, index) => {
      const date = items[index]!.published;
      const time = date
        ? `<p>Published: <time datetime="${escapeText(date)}">${escapeText(date.slice(0, 10))}</time></p>`
        : "";
      const modified =
        typeof entry.modified === "string"
          ? `<p>Modified: ${escapeText(entry.modified.slice(0, 10))}</p>`
          : "";
      return `<article data-link="${escapeText(items[index]!.link)}">\n<h1>${items[index]!.title}</h1>\n${time}${modified}\n${String(entry.content?.rendered ?? "")}\n</article>`;
    })
    .join("\n");
  return { html: `<!doctype html>\n${html}\n`, items };
}

const isRendered = (value: unknown): value is Rendered => {
  if (value === null || typeof value !== "object") return false;
  const entry = value as Rendered;
  return (
    typeof entry.link === "string" &&
    typeof entry.title?.rendered === "string" &&
    typeof entry.content?.rendered === "string"
  );
};

const escapeText = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

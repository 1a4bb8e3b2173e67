import type { Evidence } from "@waymark/domain";
import { type Element, isTag } from "domhandler";
import { parseJson } from "../page/guarded-parse.ts";

/** An entry of a content system's answer, and where in the answer it stands (JSON pointers, RFC 6901). */
type CmsEntry = {
  /** As the answer writes it: it may be relative to the answer's own address. */
  link: string;
  title: string;
  content: string;
  created: string | undefined;
  changed: string | undefined;
  titlePointer: string;
  contentPointer: string;
  /** Which version of the entry this is, in the system's own words. */
  revision: string | undefined;
};

/**
 * What WordPress (REST), Drupal (JSON:API) or MediaWiki (`action=parse`) answered, laid out as HTML: one article
 * an entry, in the order of the answer; undefined for any other JSON.
 */
export function layOutAnswer(json: string): string | undefined {
  const answer = parseJson(json);
  const entries = readers.map((read) => read(answer)).find((found) => found.length > 0);
  return entries && `<!doctype html>\n${entries.map(articleOf).join("\n")}\n`;
}

/** The proofs of an entry, each with the place and the version of the answer that it was taken from. */
export function provedByAnswer(article: Element, evidence: readonly Evidence[]): Evidence[] {
  const title = article.children.filter(isTag).find(({ name }) => name === "h1");
  const revision = article.attribs["data-revision"];
  return evidence.map((one) => {
    const isTitle = one.start <= (title?.endIndex ?? 0);
    const pointer = article.attribs[isTitle ? "data-title" : "data-content"];
    return { ...one, ...(pointer && { pointer }), ...(revision && { revision }) };
  });
}

function articleOf(entry: CmsEntry): string {
  const { link, title, content, created, changed, titlePointer, contentPointer, revision } = entry;
  const time = created
    ? `<p>Published: <time datetime="${escapeText(created)}">${escapeText(created.slice(0, 10))}</time></p>`
    : "";
  const modified = changed ? `<p>Modified: ${escapeText(changed.slice(0, 10))}</p>` : "";
  const version = revision ? ` data-revision="${escapeText(revision)}"` : "";
  return `<article data-link="${escapeText(link)}" data-title="${titlePointer}" data-content="${contentPointer}"${version}>\n<h1>${title}</h1>\n${time}${modified}\n${content}\n</article>`;
}

/** One for each system: what is not its answer has no entries for it. */
const readers: readonly ((answer: unknown) => CmsEntry[])[] = [
  function wordpress(answer) {
    const isList = Array.isArray(answer);
    return (isList ? answer : [answer]).flatMap((post, index) => {
      const link = textAt(post, "link");
      const title = textAt(post, "title", "rendered");
      const content = textAt(post, "content", "rendered");
      if (link === undefined || title === undefined || content === undefined) return [];
      const changed = textAt(post, "modified");
      const at = isList ? `/${index}` : "";
      return {
        link,
        title,
        content,
        created: textAt(post, "date"),
        changed,
        titlePointer: `${at}/title/rendered`,
        contentPointer: `${at}/content/rendered`,
        revision: joined(textAt(post, "id"), textAt(post, "modified_gmt") ?? changed),
      };
    });
  },

  function drupal(answer) {
    const nodes = valueAt(answer, "data");
    const isList = Array.isArray(nodes);
    return (isList ? nodes : [nodes]).flatMap((node, index) => {
      const title = textAt(node, "attributes", "title");
      const content = textAt(node, "attributes", "body", "processed");
      const number = textAt(node, "attributes", "drupal_internal__nid");
      const link = textAt(node, "attributes", "path", "alias") ?? (number && `/node/${number}`);
      if (title === undefined || content === undefined || !link) return [];
      const at = isList ? `/data/${index}` : "/data";
      return {
        link,
        title: escapeText(title),
        content,
        created: textAt(node, "attributes", "created"),
        changed: textAt(node, "attributes", "changed"),
        titlePointer: `${at}/attributes/title`,
        contentPointer: `${at}/attributes/body/processed`,
        revision: textAt(node, "attributes", "drupal_internal__vid"),
      };
    });
  },

  function mediawiki(answer) {
    const title = textAt(answer, "parse", "title");
    const plain = textAt(answer, "parse", "text");
    const content = plain ?? textAt(answer, "parse", "text", "*");
    if (title === undefined || content === undefined) return [];
    return [
      {
        link: `index.php?title=${encodeURIComponent(title.replaceAll(" ", "_"))}`,
        title: escapeText(title),
        content,
        created: undefined,
        changed: undefined,
        titlePointer: "/parse/title",
        contentPointer: plain === undefined ? "/parse/text/*" : "/parse/text",
        revision: textAt(answer, "parse", "revid"),
      },
    ];
  },
];

function valueAt(value: unknown, ...path: string[]): unknown {
  let at = value;
  for (const key of path) {
    if (at === null || typeof at !== "object" || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** A text or number on a path. */
function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}

const joined = (...parts: (string | undefined)[]): string | undefined =>
  parts.every((part) => part !== undefined) ? parts.join("@") : undefined;

const escapeText = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

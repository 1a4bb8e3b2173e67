import type { CmsSign } from "@waymark/domain";
import { canonicalAddress, hostOf } from "@waymark/normalize";
import type { Head } from "./head.ts";

/**
 * Which content system a page itself shows to have made it, and where that would answer machines; undefined
 * when it shows none. An address the page names counts before one that is only usual: whether anybody answers
 * there is for the crawler to find out.
 */
export function cmsSign(head: Head, source: string, url: string): CmsSign | undefined {
  const generator = head.meta.get("generator")?.value.toLowerCase() ?? "";
  const base = (head.base && canonicalAddress(head.base, url)) || url;
  // The signs stand in the head, or in scripts near the end; a longer page shows them in its first part.
  const shown = source.slice(0, sourceMax);
  return (
    wordpressLink(head, base) ??
    mediawikiSign(head, shown, base, generator) ??
    drupalSign(shown, url, generator) ??
    wordpressTrace(shown, base, url, generator)
  );
}

const sourceMax = 1_000_000;

function wordpressLink(head: Head, base: string): CmsSign | undefined {
  const link = head.links.find(({ rel }) => /(^|\s)https?:\/\/api\.w\.org\/?(\s|$)/.test(rel));
  const api = link && canonicalAddress(link.href, base);
  return api ? { kind: "wordpress", api } : undefined;
}

/** WordPress has an EditURI too, which leads to its `xmlrpc.php`. */
function mediawikiSign(
  head: Head,
  source: string,
  base: string,
  generator: string,
): CmsSign | undefined {
  const link = head.links.find(
    ({ rel, href }) => rel === "edituri" && /\/api\.php\?action=rsd$/.test(href),
  );
  const named = link && canonicalAddress(link.href.replace(/\?.*$/s, ""), base);
  if (named) return { kind: "mediawiki", api: named };
  if (!generator.startsWith("mediawiki")) return undefined;
  // Styles and scripts are loaded from where the programs lie.
  const folder = /(?:href|src)=["']?([^"'\s>]{0,200}?)\/load\.php\?/i.exec(source)?.[1] ?? "/w";
  const api = canonicalAddress(`${folder}/api.php`, base);
  return api ? { kind: "mediawiki", api } : undefined;
}

/** JSON:API came with Drupal 8, and with it the settings in JSON; Drupal 7 answers no machine. */
function drupalSign(source: string, url: string, generator: string): CmsSign | undefined {
  // A plain search costs next to nothing where the sign is missing, as it is on most pages.
  const settings = source.includes("drupal-settings-json")
    ? /\bdrupal-settings-json["'][^>]{0,200}>([^<]{0,20000})/i.exec(source)?.[1]
    : undefined;
  if (settings === undefined && !/^drupal (?:[89]|[1-9]\d)\b/.test(generator)) return undefined;
  const folder = /"baseUrl":"((?:[^"\\]|\\\/){0,200})"/.exec(settings ?? "")?.[1];
  const root = (folder ?? "/").replaceAll("\\/", "/").replace(/(?<!\/)\/*$/, "/");
  const api = canonicalAddress(`${root}jsonapi`, url);
  return api && hostOf(api) === hostOf(url) ? { kind: "drupal", api } : undefined;
}

/** A weak sign: pictures and styles from the folder WordPress keeps them in, on the page's own host. */
function wordpressTrace(
  source: string,
  base: string,
  url: string,
  generator: string,
): CmsSign | undefined {
  const root = contentRoot(source, base, url);
  if (root === undefined && !/^wordpress\b/.test(generator)) return undefined;
  // A blog in a folder answers there. The programs alone may lie in one, too: then the page lies above it.
  const isBelow = root !== undefined && new URL(url).pathname.startsWith(root);
  const api = canonicalAddress(`${isBelow ? root : "/"}wp-json/`, url);
  return api ? { kind: "wordpress", api } : undefined;
}

/** Path of the folder above `wp-content`, where the page has files from there of its own host. */
function contentRoot(source: string, base: string, url: string): string | undefined {
  if (!/\/wp-(content|includes)\//.test(source)) return undefined;
  const files = source.matchAll(
    /\b(?:src|href|content)=["']?([^"'\s>]{0,200}?)\/wp-(?:content|includes)\//gi,
  );
  for (const [, folder = ""] of files) {
    const address = canonicalAddress(`${folder}/`, base);
    if (address && twinless(address) === twinless(url)) return new URL(address).pathname;
  }
  return undefined;
}

const twinless = (url: string): string | undefined => hostOf(url)?.replace(/^www\./, "");

import { canonicalAddress, foldName, hostOf, siteOf } from "@waymark/normalize";
import { hrefOf } from "../lists/record-name.ts";
import { servesMany } from "../names/naming-words.ts";
import type { Block } from "../page/page.ts";
import type { Context } from "../page/site.ts";
import { type Finding, proves } from "./finding.ts";

/**
 * The link that leads from a page about an effort to the effort itself: one that is called its website,
 * or, where the page is no address of its own, one that is written out.
 */
export function websiteLink(
  ctx: Context,
  blocks: readonly Block[],
  names: readonly string[],
  isWrittenEnough: boolean,
): Finding | undefined {
  const home = siteOf(ctx.page.url);
  for (const block of blocks) {
    if (/\b(?:contact|media inquiries|about the author)\b/i.test(block.text)) continue;
    for (const span of block.spans) {
      if (span.kind !== "link" || !span.href) continue;
      const url = canonicalAddress(span.href, ctx.page.head.base ?? ctx.page.url);
      if (!url || url === ctx.page.url || /\.(?:pdf|docx?|xlsx?)$/i.test(url)) continue;
      const text = block.text.slice(span.from, span.to);
      const isAway = siteOf(url) !== home && !servesMany.test(siteOf(url) ?? "");
      const isCalled = callsWebsite(text, names) || isNamedHost(url, names);
      if (!isAway || !(isCalled || (isWrittenEnough && isWrittenAddress(text, url)))) continue;
      return proves("url", url, { of: block, from: span.from, to: span.to }, "link", 0.8);
    }
  }
  return undefined;
}

/** "Visit the program website", "the Lantern site": of nobody else, so only words of its name may stand there. */
function callsWebsite(text: string, names: readonly string[]): boolean {
  const called =
    /^(?:(?:please\s+)?(?:visit|go to|view|see)\s+)?(?:the\s+|its\s+|our\s+|their\s+)?((?:[\p{L}\p{N}'\u2019&.-]+\s+){0,5}?)(?:official\s+)?(?:web ?site|home ?page|web ?page|site)\W*$/iu.exec(
      text.trim(),
    );
  const own = new Set([...foldName(names.join(" ")).split(" "), ...kindWords]);
  return (
    called !== null &&
    foldName(called[1]!)
      .split(" ")
      .every((word) => word === "" || own.has(word))
  );
}

const kindWords: readonly string[] =
  "program project initiative effort campaign network official full main".split(" ");

/** A link whose words are the address it leads to, up to its path. */
const isWrittenAddress = (text: string, url: string): boolean => {
  const host = hostOf(url)?.replace(/^www\./, "") ?? "";
  const written = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/^www\./, "");
  return host !== "" && written.split("/")[0]?.replace(/(?<!\W)\W+$/, "") === host;
};

/** "harborskills.example" for Harbor Skills: a host that is nothing but the name. */
function isNamedHost(url: string, names: readonly string[]): boolean {
  const host = (hostOf(url) ?? "")
    .replace(/^www\./, "")
    .split(".")[0]!
    .replace(/-/g, "");
  return names.some((name) => {
    const letters = name.toLowerCase().replace(/[^a-z0-9]/g, "");
    return letters.length >= 8 && (host === letters || host === letters.replace(/^the/, ""));
  });
}

/** The address that a link of the page gives to a thing by its very name. */
export function linkNamed(
  ctx: Context,
  blocks: readonly Block[],
  names: readonly string[],
): string | undefined {
  const keys = new Set(names.map(foldName).filter((key) => key.length > 2));
  for (const block of blocks) {
    for (const { kind, href, from, to } of block.spans) {
      if (kind !== "link" || !href || to - from > 150) continue;
      if (keys.has(foldName(block.text.slice(from, to)))) return addressOf(ctx, href);
    }
  }
  return undefined;
}

/** The address that belongs to a line: its section's, where a heading stands above it, or that of the link it explains. */
export function linkAround(ctx: Context, block: Block): string | undefined {
  const { blocks } = ctx.page;
  const above = blocks[block.index - 1];
  if (!above) return undefined;
  const heading = blocks.findLast(
    ({ index, level }) => index < block.index && index >= block.index - 4 && level > 0,
  );
  if (heading) {
    const next = blocks.findIndex(({ index, level }) => index > block.index && level > 0);
    const section = blocks.slice(heading.index, next < 0 ? block.index + 8 : next);
    const href = hrefOf(
      section.filter(({ place }) => place === block.place),
      heading,
    );
    const url = href && ownPageOf(ctx, href);
    if (url) return url;
  }
  const [only] = above.spans;
  const isTitle = only?.kind === "link" && only.from === 0 && only.to === above.text.length;
  return isTitle && only.href ? ownPageOf(ctx, only.href) : undefined;
}

/** Where a link leads, unless that is a place on the page itself, or everybody's. */
function ownPageOf(ctx: Context, href: string): string | undefined {
  const url = addressOf(ctx, href);
  const isAnywhere = url !== undefined && servesMany.test(siteOf(url) ?? "");
  return isAnywhere || url === canonicalAddress(ctx.page.url) ? undefined : url;
}

/** Whether a link leads to another site, and to nobody's posts or forms. */
export function leadsElsewhere(ctx: Context, href: string): boolean {
  const url = addressOf(ctx, href);
  const site = url && siteOf(url);
  return (
    site !== undefined && site !== "" && site !== siteOf(ctx.page.url) && !servesMany.test(site)
  );
}

/** The address that a link of the page leads to. */
export const addressOf = (ctx: Context, href: string): string | undefined =>
  canonicalAddress(href, ctx.page.head.base ?? ctx.page.url) || undefined;

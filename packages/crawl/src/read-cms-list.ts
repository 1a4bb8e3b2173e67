import type { Issue } from "@waymark/domain";
import { findCmsList, isCmsList, withoutModifiedAfter } from "./cms-probes.ts";
import type { AskedAt, Found } from "./cms-system.ts";
import { dateOf } from "./listed-date.ts";
import { checkUrl } from "./url-policy.ts";

/** What one answer of such a system lists, and the addresses of the lists that go on from it. */
export type CmsList = {
  pages: { url: string; lastModified?: Date; title?: string }[];
  next: string[];
  issues: Issue[];
};

const bytesMax = 10_000_000;

/** Reads what a content system answered; undefined when it is no such list. What is odd in it is passed over. */
export function readCmsList(bytes: Uint8Array, { url, headers }: AskedAt): CmsList | undefined {
  const asked = findCmsList(url);
  if (!asked) return undefined;
  if (bytes.length > bytesMax) {
    const message = `${url} has ${bytes.length} bytes, more than ${bytesMax}`;
    return { pages: [], next: [], issues: [{ code: "cms-list-too-large", message }] };
  }
  const answer = parseJson(new TextDecoder().decode(bytes));
  if (answer === undefined) return undefined;
  const found = asked.system.read[asked.kind]?.(answer, { url, headers });
  return found && settle(found, url);
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
    .map((address) => new URL(withoutModifiedAfter(address)))
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

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

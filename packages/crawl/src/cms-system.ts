import type { Issue } from "@waymark/domain";
import { z } from "zod";

/** How one content system is asked for the pages it holds, and how its answers are read. */
export type CmsSystem = {
  /** The first addresses to ask, given the one of its interface. */
  probes(api: string): string[];
  /** What an address asks for: a list of pages, or the list of such lists; undefined when for neither. */
  kindOf(url: URL): CmsListKind | undefined;
  /** A list of pages in its first part, for only what changed since. */
  modifiedAfter(url: string, from: Date): string;
  read: { [kind in CmsListKind]?: ReadAnswer };
};

export type CmsListKind = "index" | "list";

/** Reads an answer that is JSON; undefined when it is no such list. */
type ReadAnswer = (answer: unknown, at: AskedAt) => Found | undefined;

/** Where the answer came from, and its headers. */
export type AskedAt = { url: string; headers: Readonly<Record<string, string>> };

/** What an answer holds, as the system writes it: of several dates the first that is one counts. */
export type Found = {
  entries: {
    address: string;
    dates: (string | number | undefined)[];
    title?: string | undefined;
  }[];
  next: string[];
  issues: Issue[];
};

export const entriesMax = 50_000;

/** What a system may write in one place. */
export const text = z.string().max(4000);

/** Those entries that are as they should be, and a word about the others. */
export function keepEntries<T>(
  schema: z.ZodType<T>,
  entries: unknown[],
): { kept: T[]; issues: Issue[] } {
  const taken = entries.slice(0, entriesMax);
  const kept = taken.flatMap((entry) => {
    const { data } = schema.safeParse(entry);
    return data === undefined ? [] : [data];
  });
  const issues: Issue[] = [];
  const odd = taken.length - kept.length;
  if (odd > 0)
    issues.push({
      code: "cms-odd-entry",
      message: `${odd} of ${taken.length} entries name no page`,
    });
  if (taken.length < entries.length) {
    const message = `only the first ${entriesMax} of ${entries.length} entries were taken`;
    issues.push({ code: "cms-list-too-long", message });
  }
  return { kept, issues };
}

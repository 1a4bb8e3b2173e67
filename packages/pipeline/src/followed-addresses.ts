import type { Skim } from "@waymark/domain";
import { canonicalAddress } from "@waymark/normalize";

/** The addresses that a page gives to follow: its links, without those it marks nofollow, and its feeds. */
export function followedAddresses(url: string, { links, feeds }: Skim): string[] {
  const named = links.filter((link) => !link.nofollow).map((link) => link.url);
  return [...named, ...feeds].flatMap((link) => canonicalAddress(link, url) ?? []);
}

/** Whether the page, or its server by the X-Robots-Tag header, asks to follow none of its links. */
export const forbidsFollowing = ({ nofollow }: Skim, robotsTag: string | undefined): boolean =>
  nofollow || /\b(nofollow|none)\b/i.test(robotsTag ?? "");

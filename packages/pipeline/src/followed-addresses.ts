import type { Skim } from "@waymark/domain";

/** The addresses that a page gives to follow: its links, without those it marks nofollow, and its feeds. */
export const followedAddresses = ({ links, feeds }: Pick<Skim, "links" | "feeds">): string[] => [
  ...links.filter((link) => !link.nofollow).map((link) => link.url),
  ...feeds,
];

/** Whether the page, or its server by the X-Robots-Tag header, asks to follow none of its links. */
export const forbidsFollowing = (
  { nofollow }: Pick<Skim, "nofollow">,
  robotsTag: string | undefined,
): boolean => nofollow || /\b(nofollow|none)\b/i.test(robotsTag ?? "");

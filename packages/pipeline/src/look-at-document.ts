import type { Document, Skim } from "@waymark/domain";
import { skimPage } from "@waymark/extract/skim";
import { followedAddresses } from "./followed-addresses.ts";

/**
 * A page that was looked at. It crosses from one process to another, so what is only kept and not looked into
 * is text: its links as JSON, and the addresses it gives to follow, one a line.
 */
export type Look = {
  skim: Omit<Skim, "links" | "text">;
  links: string;
  text: string | undefined;
  addresses: string;
};

/** Looks at a page in the child process that holds it. */
export function lookAtDocument(document: Document): Look {
  const { links, text, ...skim } = skimPage(document);
  return {
    skim,
    links: JSON.stringify(links),
    text,
    addresses: followedAddresses({ links, feeds: skim.feeds }).join("\n"),
  };
}

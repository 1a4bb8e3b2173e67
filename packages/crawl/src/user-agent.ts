/** The name that a robots.txt addresses us by. */
export const productToken = "Waymark";

/** Who we say we are with every request: `Waymark/0.1 (+mailto:web@example.org)`. */
export function userAgentOf({ version, contact }: { version: string; contact: string }): string {
  // Nothing that would end the comment or the header.
  const text = contact.replace(/[^\x20-\x7e]|[()\\]/g, "").trim();
  if (/^(https?:\/\/|mailto:)\S+$/i.test(text)) return `${productToken}/${version} (+${text})`;
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return `${productToken}/${version} (+mailto:${text})`;
  return `${productToken}/${version} (${text || noContact})`;
}

/** What is said where the operator left no address: the truth, and nobody else's address. */
export const noContact = "the operator has set no contact";

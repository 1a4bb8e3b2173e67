import { contactOfLink, findContacts } from "@waymark/normalize";
import type { Block } from "../page/page.ts";
import { type Finding, proves, whole, within } from "./finding.ts";

/**
 * How to reach those who run an effort: mail addresses and telephone numbers that its text writes out or
 * links to. Where many people are listed with theirs, only lines that speak of getting in touch count.
 */
export function readContacts(blocks: readonly Block[]): Finding[] {
  const told = blocks.flatMap((block): ToldContact[] => {
    if (!mayReach(block)) return [];
    const isInvited = invites.test(block.text);
    const written = findContacts(block.text.slice(0, lineMax))
      .filter(({ start }) => !isFax.test(block.text.slice(0, start)))
      .map(({ value, start, end }) => ({
        isInvited,
        finding: proves("contact", value, within(whole(block), start, end), "sentence", 0.7),
      }));
    const linked = block.spans.flatMap(({ kind, href, from, to }) => {
      const contact = kind === "link" && href ? contactOfLink(href) : undefined;
      return contact
        ? [
            {
              isInvited,
              finding: proves("contact", contact.value, { of: block, from, to }, "link", 0.8),
            },
          ]
        : [];
    });
    return [...linked, ...written];
  });
  const unique = [...new Map(told.toReversed().map((one) => [one.finding.value, one])).values()];
  const kept = unique.length > contactsMax ? unique.filter(({ isInvited }) => isInvited) : unique;
  return kept
    .map(({ finding }) => finding)
    .sort((a, b) => a.start - b.start)
    .slice(0, contactsMax);
}

type ToldContact = { finding: Finding; isInvited: boolean };

/** More are a staff's. */
const contactsMax = 4;
const lineMax = 2000;

/** Few lines can hold an address or a number. */
const mayReach = ({ text, spans }: Block): boolean =>
  /@|\bat\b[^a-z]|\d{3}\D{1,3}\d{4}|\+\d/i.test(text) ||
  spans.some(({ href }) => href !== undefined && /^(?:mailto|tel):/i.test(href));

const invites =
  /\b(?:contact|questions?|inquiries|reach (?:us|out)|e-?mail (?:us|the)|call (?:us|the)|get in touch|for (?:more )?information|write to|phone|telephone|info@)/i;

const isFax = /\bfax\W{0,5}$/i;

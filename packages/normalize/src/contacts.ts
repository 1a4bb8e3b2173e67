import { matchesOf } from "./matches.ts";

/** A way to reach somebody, as a text or a link gives it: a mail address, or a number in its international form. */
export type FoundContact = {
  kind: "mail" | "phone";
  /** `info@lantern.example`, `+12025550123`, `+12025550123;ext=12`. */
  value: string;
  start: number;
  end: number;
  quote: string;
};

/**
 * Mail addresses and telephone numbers in a text, in order. Numbers are those of North America, which have ten
 * digits by rules of their own, and any that is written with `+`; written here since a library with all the
 * world's numbering plans weighs more than the rest of the product.
 */
export function findContacts(text: string): FoundContact[] {
  const mails = matchesOf(text, mail).flatMap((match) => contact("mail", mailOf(match), match));
  const phones = matchesOf(text, phone).flatMap((match) =>
    contact("phone", phoneOf(match.groups ?? {}), match),
  );
  const abroad = matchesOf(text, foreignPhone).flatMap((match) =>
    contact("phone", foreignOf(match[0]), match),
  );
  return [
    ...mails,
    ...phones,
    ...abroad.filter(({ start }) => !phones.some((one) => one.start === start)),
  ].sort((a, b) => a.start - b.start);
}

/** What a `mailto:` or `tel:` link leads to; undefined for other links and for none that is whole. */
export function contactOfLink(href: string): Pick<FoundContact, "kind" | "value"> | undefined {
  const [, scheme = "", rest = ""] = /^\s*(mailto|tel):([^?]*)/i.exec(href) ?? [];
  const wanted = scheme.toLowerCase() === "mailto" ? "mail" : "phone";
  const [first, ...others] = scheme === "" ? [] : findContacts(decoded(rest));
  return first && first.kind === wanted && (wanted === "mail" || others.length === 0)
    ? { kind: first.kind, value: first.value }
    : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const contact = (
  kind: FoundContact["kind"],
  value: string | undefined,
  match: RegExpExecArray,
): FoundContact[] =>
  value === undefined
    ? []
    : [{ kind, value, start: match.index, end: match.index + match[0].length, quote: match[0] }];

const at = String.raw`(?:@|\s?[[({]\s?at\s?[\])}]\s?)`;
const dot = String.raw`(?:\.|\s?[[({]\s?dot\s?[\])}]\s?)`;
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
/** Also "info [at] lantern [dot] org", as pages write it against those who gather addresses. */
const mail = new RegExp(
  String.raw`(?<![\w.+%-])([\w+%-]{1,64}(?:\.[\w+%-]{1,64}){0,5})${at}((?:${label}${dot}){1,5}[a-z]{2,24})(?![\w-])`,
  "giu",
);

/** The part before the sign keeps its case, which a server may tell apart. */
function mailOf([, name = "", host = ""]: RegExpExecArray): string {
  return `${name}@${host.replace(new RegExp(dot, "giu"), ".").toLowerCase()}`;
}

const extension = String.raw`(?:,?\s*(?:x|ext\.?|extension)\s*(?<ext>\d{1,6})(?!\d))?`;
const phone = new RegExp(
  String.raw`(?<![\d.,$/+-]|\d\s)(?:\+?1[\s.-]{0,2})?(?:\((?<bracket>\d{3})\)\s{0,2}[.-]?|(?<area>\d{3})(?<sep>[\s.\u2010-\u2013-]))\s?(?<exchange>\d{3})[\s.\u2010-\u2013-](?<line>\d{4})(?![\d-])${extension}|(?<![\w.+])\+1(?<whole>\d{10})(?!\d)`,
  "giu",
);

/** Neither area nor exchange begins with 0 or 1, and none ends in 11. */
function phoneOf(groups: { [name: string]: string | undefined }): string | undefined {
  const { bracket, area, exchange, line, whole, ext } = groups;
  const digits = whole ?? `${bracket ?? area}${exchange}${line}`;
  if (!/^[2-9](?!11)\d{2}[2-9](?!11)\d{6}$/.test(digits)) return undefined;
  return `+1${digits}${ext ? `;ext=${ext}` : ""}`;
}

const foreignPhone =
  /(?<![\w+])\+(?!1)\d{1,3}(?:[\s.()-]{1,3}\d{1,8}){2,6}(?!\d)|(?<![\w+])\+(?!1)\d{8,15}(?!\d)/g;

function foreignOf(written: string): string | undefined {
  const digits = written.replace(/\(0\)/g, "").replace(/\D/g, "");
  return digits.length >= 8 && digits.length <= 15 ? `+${digits}` : undefined;
}

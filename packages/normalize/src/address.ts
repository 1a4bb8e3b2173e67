import { getDomain } from "tldts";

/**
 * One address for the many ways a page is linked to: host in small letters without final dot, default
 * port, fragment, sign-in, tracking and session parts dropped, query sorted. The path keeps its case and
 * its final slash, since servers may tell them apart. Anything but http and https is undefined.
 */
export function canonicalAddress(url: string, base?: string): string | undefined {
  const parsed = parseWebAddress(url, base);
  if (!parsed) return undefined;
  const query = canonicalQuery(parsed.search);
  return `${parsed.protocol}//${hostWithoutDot(parsed)}${canonicalPath(parsed.pathname)}${query}`;
}

/** Host of an address as politeness counts it, with its port when it is not the scheme's own. */
export function hostOf(url: string): string | undefined {
  const parsed = parseWebAddress(url);
  return parsed && hostWithoutDot(parsed);
}

/** Registrable domain of an address, or the host itself where there is none (`localhost`, an IP). */
export function siteOf(url: string): string | undefined {
  const parsed = parseWebAddress(url);
  if (!parsed) return undefined;
  const host = parsed.hostname.replace(/\.$/, "");
  // Private suffixes count: two efforts on one blog host are two sites.
  return getDomain(host, { allowPrivateDomains: true }) ?? host.replace(/^www\./, "");
}

/** Whether two addresses lead to one page: scheme, `www`, final slash and case of host aside. */
export function sameAddress(a: string, b: string): boolean {
  const key = addressKey(a);
  return key !== undefined && key === addressKey(b);
}

/** What two addresses of one page share, such as `example.org/about`; undefined for other schemes. */
export function addressKey(url: string): string | undefined {
  return canonicalAddress(url)
    ?.replace(/^https?:\/\/(www\.)?/, "")
    .replace(/\/(?=\?|$)/, "");
}

function parseWebAddress(url: string, base?: string): URL | undefined {
  const text = url.trim();
  if (!URL.canParse(text, base)) return undefined;
  const parsed = new URL(text, base);
  const isWeb = parsed.protocol === "http:" || parsed.protocol === "https:";
  return isWeb && parsed.hostname !== "" ? parsed : undefined;
}

/** A port that belongs to the other scheme (`http://a.org:443`) is a slip of the linking site: dropped. */
function hostWithoutDot({ hostname, port }: URL): string {
  const host = hostname.replace(/\.$/, "");
  return port === "" || port === "443" || port === "80" ? host : `${host}:${port}`;
}

function canonicalPath(path: string): string {
  const plain = decodeUnreserved(path)
    .replace(/;(jsessionid|phpsessid)=[^/;]*/gi, "")
    .replace(/\/\(S\([a-z0-9]+\)\)(?=\/)/gi, "")
    // An archived address carries another one in its path, whose `://` stays.
    .replace(/(?<!:)\/{2,}/g, "/")
    .replace(/\/index\.html?$/i, "/");
  return plain === "" ? "/" : plain;
}

const noiseNames =
  /^(utm_\w*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|mc_\w+|_ga|_gl|_hs\w+|hsctatracking|mkt_tok|jsessionid|phpsessid|aspsessionid\w*|session_?id|share|amp|replytocom)$/i;

/** `sid` is a session in some places and a section in others: long mixed values are sessions. */
const isSession = (name: string, value: string): boolean =>
  /^s(id|ess|essid)$/i.test(name) && /^(?=.*\d)[\w-]{8,}$/.test(value);

function canonicalQuery(search: string): string {
  const pairs = search
    .replace(/^\?/, "")
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", ...rest] = decodeUnreserved(pair).split("=");
      return { name, value: rest.join("="), hasValue: rest.length > 0 };
    })
    .filter(({ name, value }) => !noiseNames.test(name) && !isSession(name, value));
  if (pairs.length === 0) return "";
  // Stable by name alone: the order of repeated names may carry meaning.
  pairs.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return `?${pairs.map((pair) => (pair.hasValue ? `${pair.name}=${pair.value}` : pair.name)).join("&")}`;
}

/** Escapes of letters, digits, `-._~` say nothing; the others are written in capitals. */
function decodeUnreserved(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (written, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9\-._~]/.test(character) ? character : written.toUpperCase();
  });
}

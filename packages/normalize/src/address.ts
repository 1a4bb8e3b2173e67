import { getDomain } from "tldts";
import { remember } from "./remember.ts";

/**
 * One address for the many ways a page is linked to: host in small letters without final dot, default
 * port, fragment, sign-in, tracking and session parts dropped, query sorted. The path keeps its case and
 * its final slash, since servers may tell them apart; so it does `/amp`, `/home`, `index.php` and `?ref=`,
 * which are pages of their own on some sites, and of which a page's canonical link tells more surely. A
 * fragment never reaches the server, not even `#!/a`. Anything but http and https is undefined.
 */
export function canonicalAddress(url: string, base?: string): string | undefined {
  const parsed = parseWebAddress(url, base);
  return parsed && canonicalOf(parsed);
}

const canonicalOf = (parsed: URL): string =>
  `${parsed.protocol}//${hostWithoutDot(parsed)}${canonicalPath(parsed.pathname)}${canonicalQuery(parsed.search)}`;

/** All that is asked of one address, for one reading of it: as `canonicalAddress`, `addressKey`, `hostOf` and `siteOf` tell. */
export function addressParts(
  url: string,
): { canonical: string; key: string; host: string; site: string } | undefined {
  const parsed = parseWebAddress(url);
  if (!parsed) return undefined;
  const canonical = canonicalOf(parsed);
  const key = keyOf(canonical);
  return { canonical, key, host: hostWithoutDot(parsed), site: siteOfHost(parsed) };
}

/** Host of an address as politeness counts it, with its port when it is not the scheme's own. */
export const hostOf = remember((url: string): string | undefined => {
  const parsed = parseWebAddress(url);
  return parsed && hostWithoutDot(parsed);
});

/** Registrable domain of an address, or the host itself where there is none (`localhost`, an IP). */
export const siteOf = remember((url: string): string | undefined => {
  const parsed = parseWebAddress(url);
  return parsed && siteOfHost(parsed);
});

function siteOfHost({ hostname }: URL): string {
  const host = hostname.replace(/(?<!\.)\.+$/, "");
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
  const canonical = canonicalAddress(url);
  return canonical && keyOf(canonical);
}

const keyOf = (canonical: string): string =>
  canonical.replace(/^https?:\/\/(www\.)?/, "").replace(/\/(?=\?|$)/, "");

/**
 * Whether a host looks like a place where a site is built or tried out, by a label such as `staging` or by the
 * platform it lives on. Some efforts do live on such a platform, so it speaks against a page and forbids none.
 */
export function isStagingHost(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/(?<!\.)\.+$/, "");
  if (buildingPlatforms.test(name)) return true;
  const site = getDomain(name, { allowPrivateDomains: true }) ?? name;
  // The site's own name says nothing: a demo day has a site, and so has a test.
  const labels = name
    .slice(0, Math.max(0, name.length - site.length))
    .split(".")
    .filter(Boolean);
  return labels.some((label) => {
    const words = label.split(/[-_]/);
    return words.some((word) => stagingWord.test(word)) || /staging\d*$/.test(label);
  });
}

const stagingWord =
  /^(dev|devel|develop|development|staging|stage|stg|test|tests|testing|tst|demo|qa|uat|preview|preprod|clone|sandbox)\d*$/;

/** Platforms that give a site a name of theirs until it moves to its own. */
const buildingPlatforms =
  /\.(herokuapp\.com|azurewebsites\.net|elasticbeanstalk\.com|pantheonsite\.io|wpengine\.com|wpenginepowered\.com|wpcomstaging\.com|kinsta\.cloud|cloudwaysapps\.com|flywheelsites\.com|flywheelstaging\.com|acsitefactory\.com|platformsh\.site|netlify\.app|vercel\.app|pages\.dev|web\.app|firebaseapp\.com|onrender\.com|fly\.dev|ngrok\.io|ngrok-free\.app|myftpupload\.com|mybluehost\.me|sg-host\.com)$/;

function parseWebAddress(url: string, base?: string): URL | undefined {
  // A port written twice, as by a proxy that adds it to the one there is.
  const text = url.trim().replace(/^(https?:\/\/[^/?#:@[\]]+:(\d+)):\2(?=[/?#]|$)/i, "$1");
  const parsed = URL.parse(text, base);
  if (!parsed) return undefined;
  const isWeb = parsed.protocol === "http:" || parsed.protocol === "https:";
  return isWeb && parsed.hostname !== "" ? parsed : undefined;
}

/** A port that belongs to the other scheme (`http://a.org:443`) is a slip of the linking site: dropped. */
function hostWithoutDot({ hostname, port }: URL): string {
  const host = hostname.replace(/(?<!\.)\.+$/, "");
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

/**
 * What was hung on by those who count visits, or by a server to know one visitor from another. `ref`, `source`,
 * `campaign` and the like stay: on some sites they choose what is shown.
 */
const noiseNames =
  /^(utm_\w*|fbclid|fb_action_\w+|gclid|gclsrc|gad_\w+|srsltid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|epik|igshid|igsh|mc_\w+|_ga|_gl|_{1,2}hs\w+|hsa_\w+|hsctatracking|mkt_tok|mtm_\w+|(pk|piwik|matomo)_\w+|s_kwcid|ef_id|vero_id|oly_(anon|enc)_id|elqtrack\w*|wickedid|rb_clickid|_branch_match_id|jsessionid|phpsessid|aspsessionid\w*|cfid|cftoken|session_?id|share|replytocom)$/i;

/** `?amp` and `?amp=1` ask for the same page in another form; `_=1700000000000` keeps caches from answering. */
const isForm = (name: string, value: string): boolean =>
  (/^amp$/i.test(name) && /^(|1|true|yes)$/i.test(value)) ||
  (/^_$/.test(name) && /^\d{10,13}$/.test(value));

/** `sid` is a session in some places and a section in others: long mixed values are sessions. */
const isSession = (name: string, value: string): boolean =>
  /^s(id|ess|essid)$/i.test(name) && /^(?=.*\d)[\w-]{8,}$/.test(value);

function canonicalQuery(search: string): string {
  const pairs = search
    .replace(/^\?/, "")
    // Written twice as HTML: `&amp;b=2` would be a parameter called `amp;b`.
    .replace(/&(amp;)+/gi, "&")
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", ...rest] = decodeUnreserved(pair).split("=");
      return { name, value: rest.join("="), hasValue: rest.length > 0 };
    })
    .filter(
      ({ name, value }) =>
        !noiseNames.test(name) && !isSession(name, value) && !isForm(name, value),
    );
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

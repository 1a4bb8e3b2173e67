/**
 * robots.txt by RFC 9309. Written here because `robots-parser`, the one on npm, ends a group's list of names at a
 * sitemap line or one it does not know, leaves letters encoded that the RFC compares decoded, and reads the
 * name up to a slash instead of as a product token; each of these turns a verdict round.
 */
export type Robots = {
  groups: RobotsGroup[];
  sitemaps: string[];
};

type RobotsGroup = {
  /** Product tokens in small letters; `*` is for everybody. */
  agents: string[];
  rules: { allow: boolean; path: string }[];
  crawlDelayMs?: number;
};

/** Whether an address may be asked for, and how far apart requests must be. */
export type RobotsVerdict = {
  allowed: boolean;
  /** The line that decided, as it is understood: `disallow: /private/`. */
  rule?: string;
  crawlDelayMs?: number;
};

/** A robots.txt that forbids nothing. */
export const noRobots: Robots = { groups: [], sitemaps: [] };

/** The most of a robots.txt that is read, as the RFC has it: what comes later does not count. */
export const robotsBytesMax = 500 * 1024;

/** The longest crawl-delay that is believed; the column it is kept in holds no more than 24 days. */
const crawlDelayMaxMs = 24 * 3_600_000;

/** Reads a robots.txt; whatever is no rule in it, such as a page of HTML, is passed over. */
export function parseRobots(body: string | Uint8Array): Robots {
  const robots: Robots = { groups: [], sitemaps: [] };
  let group: RobotsGroup | undefined;
  let namesAgents = false;
  for (const line of linesOf(body)) {
    const record = recordOf(line);
    if (!record) continue;
    const { field, value } = record;
    if (field === "user-agent") {
      if (!namesAgents || !group) {
        group = { agents: [], rules: [] };
        robots.groups.push(group);
      }
      namesAgents = true;
      const agent = agentOf(value);
      if (agent) group.agents.push(agent);
    } else if (field === "allow" || field === "disallow") {
      namesAgents = false;
      if (value) group?.rules.push({ allow: field === "allow", path: encodeRule(value) });
    } else if (field === "crawl-delay") {
      // Not of the protocol, so it must not end the list of agents above it.
      const ms = crawlDelayOf(value);
      if (group && ms !== undefined) group.crawlDelayMs = Math.max(ms, group.crawlDelayMs ?? 0);
    } else if (field === "sitemap") {
      if (/^https?:\/\//i.test(value)) robots.sitemaps.push(value);
    }
  }
  return robots;
}

/** What a robots.txt says of one address to the crawler of that product token. */
export function robotsVerdict(robots: Robots, token: string, url: string): RobotsVerdict {
  const name = token.toLowerCase();
  const own = robots.groups.filter(({ agents }) => agents.includes(name));
  const groups = own.length > 0 ? own : robots.groups.filter(({ agents }) => agents.includes("*"));

  const delays = groups.flatMap(({ crawlDelayMs }) =>
    crawlDelayMs === undefined ? [] : [crawlDelayMs],
  );
  const pace = delays.length > 0 ? { crawlDelayMs: Math.max(...delays) } : {};

  const path = encodePath(url);
  // How else could one know that it may be read.
  if (path === "/robots.txt") return { allowed: true, ...pace };
  let best: { allow: boolean; path: string } | undefined;
  for (const { rules } of groups) {
    for (const rule of rules) {
      if (best && best.path.length > rule.path.length) continue;
      if (best && best.path.length === rule.path.length && (best.allow || !rule.allow)) continue;
      if (matchesEither(rule.path, path)) best = rule;
    }
  }
  if (!best) return { allowed: true, ...pace };
  return {
    allowed: best.allow,
    rule: `${best.allow ? "allow" : "disallow"}: ${best.path}`,
    ...pace,
  };
}

/** The sitemaps that a robots.txt names; they are for everybody. */
export const sitemapsOf = (robots: Robots): string[] => [...new Set(robots.sitemaps)];

/**
 * The part of a robots.txt that counts, as text: to keep a copy that `parseRobots` reads as it read the bytes.
 * Holds no zero characters, which a database's text cannot.
 */
export function robotsText(bytes: Uint8Array): string {
  const head = bytes.subarray(0, robotsBytesMax);
  const encoding =
    head[0] === 0xff && head[1] === 0xfe
      ? "utf-16le"
      : head[0] === 0xfe && head[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  // The decoder drops the byte order mark that some editors put first.
  const text = new TextDecoder(encoding).decode(head).replaceAll("\0", "");
  // A line that the limit cut in two says something else than its author wrote.
  if (bytes.length <= robotsBytesMax) return text;
  return text.slice(0, Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1);
}

const linesOf = (body: string | Uint8Array): string[] =>
  robotsText(typeof body === "string" ? Buffer.from(body) : body).split(/\r\n|\r|\n/);

function recordOf(line: string): { field: string; value: string } | undefined {
  const text = line.split("#", 1)[0]!.trim();
  const colon = text.indexOf(":");
  if (colon > 0)
    return { field: fieldOf(text.slice(0, colon)), value: text.slice(colon + 1).trim() };
  // People forget the colon; two bare words are then taken for what they were meant to be.
  const words = text.split(/\s+/);
  return words.length === 2 ? { field: fieldOf(words[0]!), value: words[1]! } : undefined;
}

function fieldOf(text: string): string {
  const field = text.trim().toLowerCase();
  if (/^user[ -]?agent$/.test(field)) return "user-agent";
  // Forbidding is misspelt so often that reading it as it was meant is the polite thing.
  if (/^d(is|ias|si)s?al{1,2}[oa]w$/.test(field) || field === "diasllow") return "disallow";
  return /^site-?map$/.test(field) ? "sitemap" : field;
}

function crawlDelayOf(value: string): number | undefined {
  // `Number` alone also reads hexadecimal, exponents and "Infinity".
  if (!/^(\d+(\.\d*)?|\.\d+)$/.test(value)) return undefined;
  return Math.min(Math.round(Number(value) * 1000), crawlDelayMaxMs);
}

/** `FooBot/2.1` and `FooBot and others` both name FooBot. */
function agentOf(value: string): string | undefined {
  if (/^\*(\s|$)/.test(value)) return "*";
  return /^[a-z_-]+/i.exec(value)?.[0].toLowerCase();
}

/** The path and query of an address in the one form that rules are compared in. */
function encodePath(url: string): string {
  if (!URL.canParse(url)) return "/";
  const { pathname, search } = new URL(url);
  return normalizeEncoding(pathname + search)
    .replaceAll("*", "%2A")
    .replaceAll("$", "%24");
}

function encodeRule(path: string): string {
  const isAnchored = path.endsWith("$");
  const body = normalizeEncoding(isAnchored ? path.slice(0, -1) : path).replaceAll("$", "%24");
  // Stars in a row mean one star.
  return body.replace(/\*{2,}/g, "*") + (isAnchored ? "$" : "");
}

/**
 * In a query `:` and `/` delimit nothing, so that written plainly or encoded they mean the same (RFC 9309 §2.2.2,
 * second example). In a path they do delimit, and stay apart.
 */
function encodeQuery(path: string): string {
  const query = path.indexOf("?");
  if (query < 0) return path;
  return path.slice(0, query) + path.slice(query).replaceAll(":", "%3A").replaceAll("/", "%2F");
}

/** Unreserved characters are written plainly, everything outside ASCII as the octets of its UTF-8. */
function normalizeEncoding(path: string): string {
  return path
    .replace(/[^\x21-\x7e]+/gu, (text) => encodeURIComponent(text.toWellFormed()))
    .replace(/%([0-9a-f]{2})/gi, (octet, hex: string) => {
      const character = String.fromCharCode(Number.parseInt(hex, 16));
      return /[a-z0-9._~-]/i.test(character) ? character : octet.toUpperCase();
    });
}

/** By the query as it is written, or as data; where there is no query they are the same. */
const matchesEither = (pattern: string, path: string): boolean =>
  matches(pattern, path) ||
  (path.includes("?") && matches(encodeQuery(pattern), encodeQuery(path)));

/** Whether a rule's pattern matches from the start of the path. Walks once, so no pattern can make it slow. */
function matches(pattern: string, path: string): boolean {
  const isAnchored = pattern.endsWith("$");
  const pieces = (isAnchored ? pattern.slice(0, -1) : pattern).split("*");
  const first = pieces.shift()!;
  if (!path.startsWith(first)) return false;
  const last = isAnchored ? pieces.pop() : undefined;
  if (isAnchored && last === undefined) return path.length === first.length;
  let at = first.length;
  for (const piece of pieces) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return last === undefined || (path.length - last.length >= at && path.endsWith(last));
}

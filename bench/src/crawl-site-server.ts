/*
 * The simulated sites as a process of their own, so that what they cost is not counted with the crawler.
 * Every host has a loopback address; all hosts answer at all of them, by the Host header. What a bench
 * asks for itself begins with `/__` and is in no log.
 */
import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { LoggedRequest } from "./crawl-log.ts";
import {
  hostAddress,
  pageAt,
  pagePath,
  pickChanged,
  type SitePage,
  type SiteShape,
  writePage,
} from "./crawl-site.ts";

/** What the server is started with. */
export type SiteOptions = SiteShape & {
  sitemaps: boolean;
  /** Every answer takes that long. */
  latencyMs: number;
  /** In robots.txt, in seconds. */
  crawlDelay?: number | undefined;
  /** Page requests of each host, counted from 1, that are turned away, and how. */
  busy?: { at: number[]; status: 429 | 503; form: "seconds" | "date"; seconds: number } | undefined;
};

const options = JSON.parse(process.argv[2]!) as SiteOptions;
/** Changes are half a day before the night that finds them; nights are 24 hours apart. */
const firstChangeAt = Date.parse("2026-03-01T12:00:00Z");
const writtenAt = Date.parse("2026-01-15T08:00:00Z");
const dayMs = 86_400_000;

const versions = new Map<string, number>();
const modified = new Map<string, number>();
const inFlight = new Map<string, number>();
const pageRequests = new Map<string, number>();
let log: LoggedRequest[] = [];
let changes = 0;

const hosts = new Map(
  Array.from({ length: options.hosts }, (_, host) => [hostAddress(host), host] as const),
);
const port = await listen();
process.send!({ port });
process.on("disconnect", () => process.exit(0));

/** All addresses on one port: taken anew should one of them be in use. */
async function listen(): Promise<number> {
  for (let tries = 0; ; tries++) {
    const servers: http.Server[] = [];
    try {
      let port = 0;
      for (const address of ["127.0.0.1", ...hosts.keys()]) {
        const server = http.createServer({ keepAliveTimeout: 60_000 }, receive);
        server.listen(port, address);
        servers.push(server);
        await once(server, "listening");
        port = (server.address() as AddressInfo).port;
      }
      return port;
    } catch (error) {
      for (const server of servers) server.close();
      if (tries >= 5) throw error;
    }
  }
}

function receive(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url!, "http://site");
  if (url.pathname.startsWith("/__")) {
    control(url, response);
    return;
  }
  const name = request.headers.host!.replace(/:\d+$/, "");
  const under = (inFlight.get(name) ?? 0) + 1;
  inFlight.set(name, under);
  const sentBefore = request.socket.bytesWritten;
  const entry: LoggedRequest = {
    at: performance.timeOrigin + performance.now(),
    ...{ host: name, path: url.pathname, status: 0, bytes: 0, inFlight: under },
  };
  log.push(entry);
  response.on("close", () => {
    inFlight.set(name, inFlight.get(name)! - 1);
    entry.bytes = request.socket.bytesWritten - sentBefore;
  });
  const send = (): void => {
    answer(request, response, entry);
    entry.status = response.statusCode;
  };
  if (options.latencyMs > 0) setTimeout(send, options.latencyMs);
  else send();
}

function answer(request: IncomingMessage, response: ServerResponse, entry: LoggedRequest): void {
  const { path } = entry;
  const origin = `http://${request.headers.host}`;
  const page = pageAt(options, path);
  const host = hosts.get(entry.host);
  if (path === "/robots.txt") {
    plain(response, 200, "text/plain", robotsOf(origin));
  } else if (path === "/sitemap.xml" && options.sitemaps && host !== undefined) {
    plain(response, 200, "application/xml", sitemapOf(host, origin));
  } else if (page === undefined || host === undefined) {
    plain(response, 404, "text/html", "<h1>Not found</h1>");
  } else {
    const nth = (pageRequests.get(entry.host) ?? 0) + 1;
    pageRequests.set(entry.host, nth);
    if (options.busy?.at.includes(nth)) turnAway(response, entry, options.busy);
    else sendPage(request, response, { host, page });
  }
}

function sendPage(request: IncomingMessage, response: ServerResponse, at: SitePage): void {
  const version = versions.get(keyOf(at)) ?? 0;
  const etag = `"${at.host}-${at.page}-${version}"`;
  const lastModified = new Date(modifiedAt(at)).toUTCString();
  const { "if-none-match": match, "if-modified-since": since } = request.headers;
  const known = match ? match === etag : since && Date.parse(since) >= modifiedAt(at);
  const validators = { etag, "last-modified": lastModified };
  if (known) {
    response.writeHead(304, validators).end();
    return;
  }
  const body = Buffer.from(writePage(options, at, version));
  const headers = { "content-type": "text/html; charset=utf-8", "content-length": body.length };
  response.writeHead(200, { ...headers, ...validators }).end(body);
}

function turnAway(
  response: ServerResponse,
  entry: LoggedRequest,
  { status, form, seconds }: NonNullable<SiteOptions["busy"]>,
): void {
  const now = Date.now();
  const until = Math.floor(now / 1000 + seconds) * 1000;
  entry.heldUntil = form === "date" ? until : now + seconds * 1000;
  response.setHeader("retry-after", form === "date" ? new Date(until).toUTCString() : `${seconds}`);
  plain(response, status, "text/plain", "Later, please.");
}

function robotsOf(origin: string): string {
  const delay = options.crawlDelay ? `Crawl-delay: ${options.crawlDelay}\n` : "";
  const sitemap = options.sitemaps ? `Sitemap: ${origin}/sitemap.xml\n` : "";
  return `User-agent: *\n${delay}Allow: /\n${sitemap}`;
}

function sitemapOf(host: number, origin: string): string {
  const urls = Array.from({ length: options.pages }, (_, page) => {
    const lastmod = new Date(modifiedAt({ host, page })).toISOString();
    return `<url><loc>${origin}${pagePath(page)}</loc><lastmod>${lastmod}</lastmod></url>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join("\n")}\n</urlset>\n`;
}

/** `__change`, `__log`, `__reset`: what a bench does to the sites and asks of them. */
function control({ pathname, searchParams }: URL, response: ServerResponse): void {
  const number = (name: string): number => Number(searchParams.get(name));
  const answers: { [path: string]: () => unknown } = {
    "/__change": () => change(number("share"), number("seed")),
    "/__log": () => log,
    "/__reset": () => {
      log = [];
      return { reset: true };
    },
  };
  const act = answers[pathname];
  plain(response, act ? 200 : 404, "application/json", JSON.stringify(act?.() ?? null));
}

/** Gives a share of the pages a new text and new validators; answers which. */
function change(share: number, seed: number): string[] {
  const changed = pickChanged(options, share, seed);
  for (const at of changed) {
    versions.set(keyOf(at), (versions.get(keyOf(at)) ?? 0) + 1);
    modified.set(keyOf(at), firstChangeAt + changes * dayMs);
  }
  changes += 1;
  return changed.map(({ host, page }) => `http://${hostAddress(host)}${pagePath(page)}`);
}

const keyOf = ({ host, page }: SitePage): string => `${host}/${page}`;

const modifiedAt = (at: SitePage): number =>
  modified.get(keyOf(at)) ?? writtenAt + at.page * 60_000;

function plain(response: ServerResponse, status: number, type: string, body: string): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { "content-type": type, "content-length": bytes.length }).end(bytes);
}

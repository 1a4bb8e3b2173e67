import { createHash } from "node:crypto";
import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createDraw } from "@waymark/match";
import type { CatalogRow } from "@waymark/pipeline";
import { createSiteText } from "./crawl-site-text.ts";
import { type FaultyWay, faultyWays, sitemapFaults } from "./fault-ways.ts";

/** An effort's own site, and what becomes of it in the second night. */
export type FaultHost = {
  name: string;
  effort: CatalogRow;
  way: FaultyWay | undefined;
  sitemapFault: (typeof sitemapFaults)[number] | undefined;
};

export type FaultShape = { hosts: number; pages: number; ways: FaultyWay[]; sitemaps: number };

/** As many hosts as it takes for one in ten to fail, each in its own way, and one sitemap in thirty. */
export const faultShape: FaultShape = {
  hosts: 150,
  pages: 7,
  ways: faultyWays,
  sitemaps: sitemapFaults.length,
};

/** The hosts of a night of faults; whose turn it is follows from the number alone. */
export function planHosts({ hosts, ways, sitemaps }: FaultShape): FaultHost[] {
  const apart = Math.floor(hosts / (ways.length + sitemaps));
  return Array.from({ length: hosts }, (_, host) => {
    const turn = host % apart === 0 ? host / apart : -1;
    const effort = effortOf(host);
    return {
      name: new URL(effort.url!).host,
      effort,
      way: ways[turn],
      sitemapFault: turn >= ways.length ? sitemapFaults[turn - ways.length] : undefined,
    };
  });
}

const starts = "Al Bren Cor Dun El Far Gil Hol Ing Jor Kel Lan Mor Nor Os".split(" ");
const ends = "bury dale ford gate ham ley mere port stead wick".split(" ");
const themes = ["Apprenticeship", "Credential", "Digital Skills", "Health Careers", "Trades"];
const forms = ["Compact", "Pathway", "Partnership"];

function effortOf(host: number): CatalogRow {
  const place = `${starts[host % 15]}${ends[Math.floor(host / 15) % 10]}`;
  const name = `${place} ${themes[host % 5]} ${forms[host % 3]}`;
  return {
    id: `FAULT-${String(host + 1).padStart(3, "0")}`,
    name,
    url: `http://www.${place.toLowerCase()}.example/`,
    kind: "initiative",
    leadOrganization: `${place} Community College`,
    status: "active",
  };
}

/** The sites, being served: every host at one address of this machine. */
export type FaultSite = { port: number; moveTo(night: 1 | 2 | 3): void; close(): Promise<void> };

/** Serves the sites; in the second night the hosts that are to fail do. */
export async function serveFaults(hosts: FaultHost[], pages: number): Promise<FaultSite> {
  const byName = new Map(hosts.map((host, index) => [host.name, { host, index }]));
  let night = 1;
  const server = http.createServer((request, response) => {
    const found = byName.get(request.headers.host!.replace(/:\d+$/, ""));
    if (!found) return void response.writeHead(404).end();
    const fault = night === 2 ? faultAt(found.host, request.url!, pages) : undefined;
    if (fault) fault.answer(response);
    else answer(request, response, { ...found, pages });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    moveTo(next) {
      night = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** What goes wrong at an address in the second night, if anything. */
export function faultAt(
  { way, sitemapFault }: FaultHost,
  path: string,
  pages: number,
): FaultyWay | FaultHost["sitemapFault"] {
  if (path === "/sitemap.xml") return sitemapFault;
  const page = pageOf(path, pages);
  // A page below the home page, where one alone fails: `/p/1` and those after it.
  const { pagesMax } = way ?? {};
  if (page === undefined) return undefined;
  return pagesMax === undefined || (page > 0 && page <= pagesMax) ? way : undefined;
}

const pageOf = (path: string, pages: number): number | undefined => {
  const page = path === "/" ? 0 : Number(/^\/p\/(\d+)$/.exec(path)?.[1]);
  return page < pages ? page : undefined;
};

type Spot = { host: FaultHost; index: number; pages: number };

function answer(request: IncomingMessage, response: ServerResponse, spot: Spot): void {
  const path = request.url!;
  const origin = `http://${spot.host.name}`;
  const page = pageOf(path, spot.pages);
  if (path === "/robots.txt") {
    plain(response, "text/plain", `User-agent: *\nAllow: /\nSitemap: ${origin}/sitemap.xml\n`);
  } else if (path === "/sitemap.xml") {
    const urls = Array.from(
      { length: spot.pages },
      (_, one) => `<url><loc>${origin}${pathOf(one)}</loc></url>`,
    );
    plain(
      response,
      "application/xml",
      `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join("")}</urlset>`,
    );
  } else if (page === undefined) {
    response.writeHead(404, { "content-type": "text/html" }).end("<h1>Not found</h1>");
  } else {
    const body = writePage(spot, page);
    const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`;
    if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
    else plain(response, "text/html; charset=utf-8", body, { etag });
  }
}

const pathOf = (page: number): string => (page === 0 ? "/" : `/p/${page}`);

function plain(response: ServerResponse, type: string, body: string, more = {}): void {
  response.writeHead(200, { "content-type": type, ...more }).end(body);
}

const text = createSiteText();

function writePage({ host, index, pages }: Spot, page: number): string {
  const draw = createDraw(index * 1000 + page + 1);
  const { name, leadOrganization } = host.effort;
  const title = page === 0 ? name : `${text.phrase(draw)} (${page})`;
  const about =
    page === 0
      ? `<p>The ${name} is an initiative led by ${leadOrganization}. It began in 2021 and is active.</p>`
      : "";
  const links = Array.from(
    { length: pages },
    (_, one) => `<li><a href="${pathOf(one)}">Part ${one}</a></li>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body><nav><ul>${links.join("")}</ul></nav><main><h1>${title}</h1>${about}
<p>${text.paragraph(draw)}</p><p>${text.paragraph(draw)}</p><p>${text.paragraph(draw)}</p>
<p>Last updated: February 20, 2026</p></main></body></html>
`;
}

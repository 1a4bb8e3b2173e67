import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createDraw } from "@waymark/match";
import { createSiteText } from "./crawl-site-text.ts";
import {
  assets,
  type MixedLayout,
  type MixedPage,
  plainLayouts,
  scriptLayouts,
  shortWithPlea,
} from "./mixed-layouts.ts";

/** One page of the mixed corpus, where it is and how it is written. */
export type PlacedPage = { host: string; layout: MixedLayout; page: MixedPage };

/** A site of one page that needs a browser, so that the browser's start is paid before anything is measured. */
export const warmHost = "www.warmup.example";

export const mixedShape = { hosts: 20, pages: 20 };
export const smallMixedShape = { hosts: 11, pages: 4 };

/**
 * The pages of the mixed corpus: one in ten needs a browser. One host in twenty is an app throughout; on one in five
 * a section of five pages is one. All others say what they say at once, in three layouts a host.
 */
export function placePages({ hosts, pages }: { hosts: number; pages: number }): PlacedPage[] {
  const placed = Array.from({ length: hosts }, (_, host) =>
    Array.from({ length: pages }, (_, nth) => place({ host, nth, pages })),
  ).flat();
  return [...placed, { host: warmHost, layout: scriptLayouts[1]!, page: writeText("/", 999_999) }];
}

type Turn = { host: number; nth: number; pages: number };

function place(turn: Turn): PlacedPage {
  const layout = layoutOf(turn);
  const path = turn.nth === 0 ? "/" : `/${layout.name}/${turn.nth}`;
  const page = writeText(path, turn.host * 1000 + turn.nth);
  return { host: `www.mixed-${turn.host + 1}.example`, layout, page };
}

function layoutOf({ host, nth, pages }: Turn): MixedLayout {
  const script = scriptLayouts[Math.floor(host / 5) % scriptLayouts.length]!;
  if (host % 20 === 10) return script;
  if (host % 5 === 2 && nth > 0 && nth <= pages / 4) return script;
  if (host % 5 === 4 && nth > 0 && nth <= pages / 10) return shortWithPlea;
  // A home page is an article, whatever its site is made of.
  return nth === 0 ? plainLayouts[0]! : plainLayouts[(host + (nth % 3)) % plainLayouts.length]!;
}

const text = createSiteText();

function writeText(path: string, seed: number): MixedPage {
  const draw = createDraw(seed + 1);
  return {
    path,
    title: `About ${text.phrase(draw)}`,
    paragraphs: Array.from({ length: 3 + (seed % 3) }, () => text.paragraph(draw)),
  };
}

/** The mixed corpus, being served. */
export type MixedSite = {
  port: number;
  /** Pages whose scripts were asked for: a browser opened them, whatever became of that. */
  opened: Set<string>;
  close(): Promise<void>;
};

/** Serves the pages, their scripts and the texts that those fetch. */
export async function serveMixed(placed: PlacedPage[]): Promise<MixedSite> {
  const byUrl = new Map(placed.map((one) => [`${one.host}${one.page.path}`, one]));
  const opened = new Set<string>();
  const server = http.createServer((request, response) => {
    const { referer } = request.headers;
    if (referer && /^\/(assets|text)\//.test(request.url!)) opened.add(referer);
    answer(request, response, byUrl);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    opened,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  byUrl: Map<string, PlacedPage>,
): void {
  const host = request.headers.host!.replace(/:\d+$/, "");
  const path = request.url!;
  const send = (type: string, body: string) =>
    response
      .writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" })
      .end(body);
  const placed = byUrl.get(host + path);
  const fetched = path.startsWith("/text/") && byUrl.get(host + path.slice("/text".length));
  if (placed) {
    send("text/html", placed.layout.write(placed.page));
  } else if (fetched) {
    send("application/json", JSON.stringify(fetched.page));
  } else if (path === "/robots.txt") {
    send("text/plain", `User-agent: *\nAllow: /\nSitemap: http://${host}/sitemap.xml\n`);
  } else if (path === "/sitemap.xml") {
    const own = [...byUrl.values()].filter((one) => one.host === host);
    const urls = own.map(({ page }) => `<url><loc>http://${host}${page.path}</loc></url>`);
    send(
      "application/xml",
      `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join("")}</urlset>`,
    );
  } else if (path.startsWith("/assets/")) {
    send("text/javascript", assets[path] ?? "void 0;");
  } else {
    response.writeHead(404, { "content-type": "text/html" }).end("<h1>Not found</h1>");
  }
}

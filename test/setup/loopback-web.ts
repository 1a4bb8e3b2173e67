import http from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it came, timed by the machine's steady clock. */
export type Asked = {
  host: string;
  /** Path and query. */
  path: string;
  headers: http.IncomingHttpHeaders;
  at: number;
  /** When its answer was sent; undefined while it is awaited, or when whoever asked went away. */
  answeredAt: number | undefined;
  /** How often this address has been asked for, this time included. */
  nth: number;
};

/**
 * What an address answers: a page as a text, or the answer in full. `reset` breaks the connection off; `nothing`
 * closes it without a word, which on this web stands for a name that has no address.
 */
export type Answer = string | FullAnswer;

type FullAnswer = {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
};

/** The answers of a host by path and query; `*` is for every path not named. The rest is answered by 404. */
export type Script = Record<string, Answer | ((asked: Asked) => Answer | Promise<Answer>)>;

/** A web of many hosts on one port of this machine: what each of them answers is up to the test. */
export type LoopbackWeb = {
  port: number;
  /** Every request since the beginning or the last `forget`, in the order they came. */
  asked: Asked[];
  /** Adds to what a host answers, or replaces it, path by path. */
  play(host: string, script: Script): void;
  /** The requests for a host, or for one of its addresses. */
  asksOf(host: string, path?: string): Asked[];
  /** Empties the list of requests; how often an address was asked for is counted on. */
  forget(): void;
  close(): Promise<void>;
};

/** Starts a web without hosts. */
export async function startLoopbackWeb(): Promise<LoopbackWeb> {
  const scripts = new Map<string, Script>();
  const counts = new Map<string, number>();
  const asked: Asked[] = [];

  const answerOf = async (one: Asked): Promise<Answer> => {
    const script = scripts.get(one.host) ?? {};
    const answer = script[one.path] ?? script["*"] ?? { status: 404, body: "nothing here" };
    return typeof answer === "function" ? answer(one) : answer;
  };
  const server = http.createServer(async (request, response) => {
    const host = request.headers.host ?? "";
    const path = request.url ?? "/";
    const nth = (counts.get(host + path) ?? 0) + 1;
    counts.set(host + path, nth);
    const at = performance.now();
    const one: Asked = { host, path, headers: request.headers, at, answeredAt: undefined, nth };
    asked.push(one);
    response.on("finish", () => {
      one.answeredAt = performance.now();
    });
    const answer = await answerOf(one);
    if (answer === "reset") request.socket.resetAndDestroy();
    else if (answer === "nothing") request.socket.destroy();
    else send(response, typeof answer === "string" ? { body: answer } : answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    play(host, script) {
      scripts.set(host, { ...scripts.get(host), ...script });
    },
    asksOf: (host, path) =>
      asked.filter((one) => one.host === host && (path === undefined || one.path === path)),
    forget() {
      asked.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(
  response: http.ServerResponse,
  { status = 200, headers = {}, body = "" }: FullAnswer,
): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers });
  response.end(body);
}

/** A page with a title, words of its own, and links. */
export function page(
  title: string,
  {
    links = [],
    head = "",
    words = title,
  }: { links?: string[]; head?: string; words?: string } = {},
): string {
  const list = links.map(
    (link) => `<li><a href="${link.replaceAll("&", "&amp;")}">${link}</a></li>`,
  );
  return `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head>
<body><main><h1>${title}</h1><p>${sentence(words)}</p><p>${sentence(`more ${words}`)}</p>
<ul>${list.join("")}</ul></main></body></html>`;
}

/** Forty words that follow from a key: pages that share them say the same. */
export function sentence(key: string): string {
  let state = [...key].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2_147_483_647,
    7,
  );
  const next = (): string => {
    state = (state * 48_271) % 2_147_483_647;
    return words[state % words.length]!;
  };
  return `${Array.from({ length: 40 }, next).join(" ")}.`;
}

const words =
  "amber basket cedar dock ember fern garden harbor island juniper kettle lantern meadow north orchard pebble quilt river saddle timber under valley willow yarn bridge copper drift eagle field grove hollow inlet jasper knoll ledge marsh needle opal pine quarry ridge spruce trail upland".split(
    " ",
  );

/** A sitemap of addresses, each with the day it last changed where that is told. */
export const sitemap = (entries: [url: string, lastModified?: string][]): FullAnswer => ({
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries
    .map(([url, at]) => `<url><loc>${url}</loc>${at ? `<lastmod>${at}</lastmod>` : ""}</url>`)
    .join("")}</urlset>`,
});

/** Answers with 304 whoever brings the page's own validator along. */
export const withEtag =
  (etag: string, body: string) =>
  ({ headers }: Asked): Answer =>
    headers["if-none-match"] === etag
      ? { status: 304, headers: { etag } }
      : { headers: { etag }, body };

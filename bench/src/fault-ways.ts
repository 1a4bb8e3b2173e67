import type { ServerResponse } from "node:http";
import type { VisitOutcome } from "@waymark/domain";

/** One way in which a site fails for a night, and the name its visits should be given. */
export type FaultyWay = {
  name: string;
  outcome: VisitOutcome;
  /** Which of its pages fail; all of them unless it says so. */
  pagesMax?: number;
  answer(response: ServerResponse): void;
};

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;

const send =
  (status: number, body = "", headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    response
      .writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers })
      .end(body);
  };

/** All the ways: each a site that was well the night before and will be the night after. */
export const faultyWays: FaultyWay[] = [
  {
    name: "moved for a night",
    outcome: "moved",
    answer: send(302, "", { location: "http://pause.hosting.example/works" }),
  },
  {
    name: "404 everywhere",
    outcome: "gone",
    answer: send(404, page("Not here", "<h1>No such address</h1>")),
  },
  { name: "410 on one page", outcome: "gone", pagesMax: 1, answer: send(410, "<h1>Removed</h1>") },
  { name: "403", outcome: "refused", answer: send(403, page("Forbidden", "<h1>Forbidden</h1>")) },
  {
    name: "login page",
    outcome: "login",
    answer: send(
      200,
      page(
        "Sign in",
        '<h1>Sign in</h1><form method="post"><label>Name <input name="name"></label><label>Password <input type="password" name="word"></label><button>Sign in</button></form>',
      ),
    ),
  },
  {
    name: "captcha page",
    outcome: "blocked",
    answer: send(
      200,
      page(
        "One moment",
        '<h1>Security check</h1><p>Please verify that you are human to go on.</p><form><input name="answer"></form>',
      ),
    ),
  },
  {
    name: "soft 404",
    outcome: "soft-404",
    answer: send(
      200,
      page(
        "Page not found",
        "<h1>Page not found</h1><p>Try the search or go to the home page.</p>",
      ),
    ),
  },
  {
    name: "parked",
    outcome: "parked",
    answer: send(
      200,
      page(
        "Welcome",
        '<h1>Welcome</h1><p>This domain is for sale. Ask the registrar for its price.</p><ul><li><a href="/offers/1">Loans</a></li><li><a href="/offers/2">Travel</a></li></ul>',
      ),
    ),
  },
  {
    name: "empty shell",
    outcome: "shell",
    answer: send(200, page("Loading", '<div id="root"></div><script src="/missing.js"></script>')),
  },
  { name: "500", outcome: "broken", answer: send(500, "<h1>Error</h1>") },
  { name: "503", outcome: "broken", answer: send(503, "Later", { "retry-after": "1" }) },
  {
    name: "reset",
    outcome: "broken",
    answer: (response) => response.socket?.resetAndDestroy(),
  },
  // Two pages, since each takes the fetcher's patience.
  { name: "hang", outcome: "broken", pagesMax: 2, answer: () => undefined },
  {
    name: "too large",
    outcome: "too-large",
    answer(response) {
      response.writeHead(200, { "content-type": "text/html", "content-length": 900_000_000 });
      response.write("<!doctype html><title>Without end</title>");
    },
  },
  {
    name: "wrong type",
    outcome: "wrong-type",
    answer: send(200, "no picture", { "content-type": "image/png" }),
  },
];

/** The ways in which a sitemap fails while every page of its site is well. */
export const sitemapFaults: { name: string; answer(response: ServerResponse): void }[] = [
  { name: "500", answer: send(500, "<h1>Error</h1>") },
  { name: "empty", answer: send(200, "", { "content-type": "application/xml" }) },
  { name: "HTML", answer: send(200, page("Home", "<h1>Welcome</h1><p>All of us.</p>")) },
  {
    name: "truncated",
    answer: send(200, '<?xml version="1.0"?><urlset><url><loc>http://', {
      "content-type": "application/xml",
    }),
  },
  {
    name: "listing nothing",
    answer: send(
      200,
      '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>',
      { "content-type": "application/xml" },
    ),
  },
];

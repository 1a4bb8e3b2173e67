import { readFileSync } from "node:fs";
import { request } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { brokenLinks, type ExpectedChange, expectedNight1, expectedNight2 } from "../truth.ts";
import {
  type ExampleWeb,
  exampleCatalogPath,
  exampleNights,
  exampleSourcesPath,
  type Night,
  startExampleWeb,
} from "./index.ts";
import { loadSites } from "./load-sites.ts";

let web: ExampleWeb;
beforeAll(async () => {
  web = await startExampleWeb();
});
afterAll(() => web.close());

const nights: Night[] = [1, 2];
const columns =
  "id,name,aliases,acronym,url,kind,description,lead_organization,funders,partners,states,start,end,status,topics";
const catalog = readFileSync(exampleCatalogPath, "utf8");
const sources: { id: string; kind: string; seeds: string[] }[] = JSON.parse(
  readFileSync(exampleSourcesPath, "utf8"),
);

test("every quote of the truth is on its page, on its night", async () => {
  await checkProofs(1, expectedNight1);
  await checkProofs(2, expectedNight2);
});

test("what night 2 proves was not to be read on night 1", async () => {
  web.setNight(1);
  for (const { page, quote, outcome } of expectedNight2) {
    const answer = await ask(page).catch(() => undefined);
    if (quote) expect(answer ? textOf(answer.body) : "", page).not.toContain(quote);
    // A site that is gone must have been gone the night before: one night proves nothing.
    if (outcome) expect(answer?.status).toBe(outcome.status);
  }
});

test("every link resolves or is broken on purpose", async () => {
  for (const night of nights) {
    web.setNight(night);
    const seen = new Map<string, number>();
    const sites = loadSites(night);
    for (const [host, site] of sites)
      for (const [path, file] of site.files) {
        if (file.extension !== "html" || hasGone(host, night)) continue;
        for (const link of linksOf(file.body.toString(), `http://${host}${path}`)) {
          if (!sites.has(link.hostname) || hasGone(link.hostname, night)) continue;
          seen.set(link.href, seen.get(link.href) ?? (await settle(link)).status);
        }
      }
    const broken = [...seen].filter(([, status]) => status !== 200).map(([url]) => url);
    expect(broken.toSorted()).toEqual(brokenLinks[night].toSorted());
    expect(seen.size).toBeGreaterThan(130);
  }
});

test("what is listed in sitemaps and feeds is there", async () => {
  for (const night of nights) {
    web.setNight(night);
    for (const [host, site] of loadSites(night))
      for (const [path, file] of site.files) {
        if (file.extension !== "xml") continue;
        const found = file.body.toString().matchAll(/<(?:loc|link)>([^<]+)</g);
        for (const [, url] of found) expect((await ask(url!)).status, host + path).toBe(200);
      }
  }
});

test("every page is reached by links from the seeds and the catalog", async () => {
  for (const night of nights) {
    web.setNight(night);
    const sites = loadSites(night);
    const reached = new Set<string>();
    const waiting = sources.flatMap(({ seeds }) => seeds);
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
      const address = new URL(url);
      address.search = address.searchParams.has("page") ? address.search : "";
      address.hash = "";
      if (reached.has(address.href) || !sites.has(address.hostname)) continue;
      reached.add(address.href);
      if (hasGone(address.hostname, night)) continue;
      const answer = await settle(address);
      waiting.push(...linksOf(answer.body, answer.url).map(({ href }) => href));
    }
    for (const [host, site] of sites)
      for (const [path, file] of site.files) {
        if (file.extension !== "html" || hasGone(host, night)) continue;
        const twin = path.endsWith(".html") ? path.slice(0, -5) : `${path}.html`;
        const either = reached.has(`http://${host}${path}`) || reached.has(`http://${host}${twin}`);
        expect(either, host + path).toBe(true);
      }
  }
});

test("a conditional request is answered with 304, until the page changes", async () => {
  const page = "http://credentialasyougo.org/about/";
  web.setNight(1);
  const first = await ask(page);
  expect(first.headers["content-type"]).toBe("text/html; charset=utf-8");
  const byTag = { "if-none-match": first.headers.etag! };
  const byDate = { "if-modified-since": first.headers["last-modified"]! };
  expect((await ask(page, byTag)).status).toBe(304);
  expect((await ask(page, byDate)).status).toBe(304);
  web.setNight(2);
  expect((await ask(page, byTag)).status).toBe(200);
  expect((await ask(page, byDate)).status).toBe(200);
});

test("a page with a form token differs on every fetch and carries no validator", async () => {
  const [one, other] = [
    await ask("http://www.myfuturenc.org/"),
    await ask("http://www.myfuturenc.org/"),
  ];
  expect(one.headers.etag).toBeUndefined();
  expect(one.body).not.toBe(other.body);
});

test("the twin without www leads to the site with it", async () => {
  const { status, headers } = await ask("http://luminafoundation.org/grants/");
  expect([status, headers.location]).toEqual([301, "http://www.luminafoundation.org/grants/"]);
});

test("hosts that are not there break off, others answer as their night says", async () => {
  web.setNight(1);
  await expect(ask("http://www.accelerateindiana.org/")).rejects.toThrow();
  await expect(ask("http://nobody.example/")).rejects.toThrow();
  expect((await ask("http://crconsortium.com/")).status).toBe(200);
  web.setNight(2);
  expect((await ask("http://www.accelerateindiana.org/")).status).toBe(200);
  await expect(ask("http://crconsortium.com/")).rejects.toThrow();
  const resting = await ask("http://theqacommons.org/robots.txt");
  expect([resting.status, resting.headers["retry-after"]]).toEqual([503, "3600"]);
});

test("long pages come compressed to those who take it", async () => {
  web.setNight(1);
  const page = "http://www.luminafoundation.org/grants/";
  const zipped = await ask(page, { "accept-encoding": "gzip" });
  expect(zipped.headers["content-encoding"]).toBe("gzip");
  expect(zipped.body).toBe((await ask(page)).body);
});

test("every request is logged", async () => {
  web.setNight(1);
  await ask("http://oneten.org/press/?utm_source=x", { "user-agent": "a test" });
  expect(web.requests.at(-1)).toMatchObject({
    host: "oneten.org",
    path: "/press/?utm_source=x",
    status: 200,
    userAgent: "a test",
  });
});

test("the catalog has its columns, and names whom the truth names", () => {
  const [head, ...rows] = catalog.trim().split("\n");
  expect(head).toBe(columns);
  const ids = rows.map((row) => row.split(",")[0]);
  expect(new Set(ids).size).toBe(rows.length);
  for (const { kind, name, other } of [...expectedNight1, ...expectedNight2]) {
    const named = catalog.includes(`,${name},`) || catalog.includes(`,"${name}",`);
    expect(named, name).toBe(kind !== "new");
    if (other) expect(catalog).toContain(`,${other},`);
  }
});

test("sources have an id, a known kind and a seed on the example web", () => {
  const hosts = loadSites(1);
  const kinds = ["foundation", "state", "initiative", "library", "network", "news"];
  for (const { kind, seeds } of sources) {
    expect(kinds).toContain(kind);
    for (const seed of seeds) expect(hosts.has(new URL(seed).hostname), seed).toBe(true);
  }
  expect(new Set(sources.map(({ id }) => id)).size).toBe(sources.length);
  const watched = sources.flatMap(({ seeds }) => seeds.map((seed) => new URL(seed).hostname));
  for (const found of ["www.talentplaybook.org", "oneten.org", "www.fastforwardva.org"])
    expect(watched).not.toContain(found);
});

test("the second night is a day after the first", () => {
  expect(Date.parse(exampleNights[2]) - Date.parse(exampleNights[1])).toBe(86_400_000);
});

async function checkProofs(night: Night, expected: readonly ExpectedChange[]): Promise<void> {
  web.setNight(night);
  for (const { page, quote, outcome } of expected) {
    const { status, body } = await ask(page);
    expect(status, page).toBe(outcome?.status ?? 200);
    if (quote) expect(textOf(body), page).toContain(quote);
  }
}

type Asked = {
  url: string;
  status: number;
  headers: Record<string, string | undefined>;
  body: string;
};

/** One request, by the way `WAYMARK_CONNECT_TO` takes: to the example web's port, with the page's Host. */
function ask(url: string, headers: Record<string, string> = {}): Promise<Asked> {
  const { hostname, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: web.port, path: pathname + search, agent: false };
    request({ ...options, headers: { ...headers, host: hostname } }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const bytes = Buffer.concat(chunks);
      const zipped = response.headers["content-encoding"] === "gzip";
      resolve({
        url,
        status: response.statusCode!,
        headers: response.headers as Record<string, string | undefined>,
        body: (zipped ? gunzipSync(bytes) : bytes).toString(),
      });
    })
      .on("error", reject)
      .end();
  });
}

/** The answer at the end of an address's redirects. */
async function settle(url: URL): Promise<Asked> {
  const answer = await ask(url.href);
  const { location } = answer.headers;
  return location ? settle(new URL(location, url)) : answer;
}

function linksOf(html: string, base: string): URL[] {
  return [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(
    ([, href]) => new URL(href!.replaceAll("&amp;", "&"), base),
  );
}

const textOf = (html: string): string =>
  html
    .replace(/<!--.*?-->|<head>.*?<\/head>/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .replace(/ ([.,:;])/g, "$1");

const gone: { [night in Night]: string[] } = {
  1: ["www.jobdataexchange.org"],
  2: ["crconsortium.com", "www.jobdataexchange.org", "theqacommons.org"],
};
const hasGone = (host: string, night: Night): boolean => gone[night].includes(host);

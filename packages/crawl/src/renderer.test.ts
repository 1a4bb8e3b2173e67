import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import type http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium, withChromium } from "../../../test/setup/chromium.ts";
import { type LoopbackServer, playSite } from "./loopback-server.ts";
import { createRenderer, type Renderer, type RendererOptions } from "./renderer.ts";

const words = "a grant for open weather stations in schools";
const app = `<!doctype html><html><head><meta charset="iso-8859-1"><title>Shell</title></head>
  <body><div id="app"></div><script type="module" src="/app.js"></script></body></html>`;
const script = `
  const answer = await fetch("/api");
  const { words } = await answer.json();
  document.querySelector("#app").textContent = words + " \\u2014 rendered";
`;

const answers: Record<string, [type: string, body: string]> = {
  "/": ["text/html", app],
  "/app.js": ["text/javascript", script],
  "/api": ["application/json", JSON.stringify({ words })],
  "/styled": [
    "text/html",
    `<link rel="stylesheet" href="/x.css" onload="document.title = 'styled'"><img src="/x.png"><p>${words}`,
  ],
  "/shadow": [
    "text/html",
    `<open-part></open-part><script>
      const root = document.querySelector("open-part").attachShadow({ mode: "open" });
      root.innerHTML = "<p>inside: ${words}</p>";
    </script>`,
  ],
  "/leaves": ["text/html", `<p>${words}</p><script>location = "http://other.example/"</script>`],
  "/strays": ["text/html", `<p>${words}</p><script>location = "/astray"</script>`],
  "/large": ["text/html", `<script>document.write("<p>word</p>".repeat(200000))</script>`],
};

withChromium("rendering", () => {
  let site: LoopbackServer;
  let seen: http.IncomingMessage[] = [];
  let tempFolder: string;
  let renderer: Renderer;
  const create = (options: Partial<RendererOptions> = {}): Renderer =>
    createRenderer({
      chromium: { path: findChromium()! },
      userAgent: "Waymark/test (+mailto:web@example.org)",
      connectTo: { host: "127.0.0.1", port: site.port },
      tempFolder,
      ...options,
    });
  const paths = (): string[] => seen.map(({ url }) => url!);

  beforeAll(async () => {
    tempFolder = await mkdtemp(join(tmpdir(), "waymark-render-test-"));
    site = await playSite((request, response) => {
      seen.push(request);
      const answer = answers[request.url!];
      if (request.url === "/astray")
        response.writeHead(302, { location: "https://a.example/" }).end();
      else if (!answer) response.writeHead(404).end("not here");
      else response.writeHead(200, { "content-type": answer[0] }).end(answer[1]);
    });
    renderer = create({ limits: { htmlLengthMax: 1_000_000, emptyQuietMs: 500 } });
  });
  afterAll(async () => {
    await renderer.close();
    await site[Symbol.asyncDispose]();
    await rm(tempFolder, { recursive: true });
  });

  async function render(path: string, request = {}): Promise<string> {
    seen = [];
    const outcome = await renderer.renderPage({ url: `http://site.example${path}`, ...request });
    if (outcome.kind === "broken") throw new Error(`${outcome.error}: ${outcome.message}`);
    return Buffer.from(outcome.bytes).toString("utf8");
  }

  test("what the page's program writes is there, in UTF-8 whatever the page declares", async () => {
    const html = await render("/");
    expect(html).toContain(`${words} — rendered`);
    expect(html).toMatch(/^<!doctype html><html>.*charset="utf-8"/is);
    expect(paths()).toEqual(["/", "/app.js", "/api"]);
    expect(new Set(seen.map(({ headers }) => headers["user-agent"]))).toEqual(
      new Set(["Waymark/test (+mailto:web@example.org)"]),
    );
    expect(new Set(seen.map(({ headers }) => headers.host))).toEqual(new Set(["site.example"]));
  });

  test("a document that is given is not asked for again, and its page may ask on", async () => {
    const document = { bytes: Buffer.from(app), contentType: "text/html; charset=utf-8" };
    const request = { url: "http://site.example/", document };
    seen = [];
    const outcome = await renderer.renderPage(request);
    expect(outcome).toMatchObject({ kind: "rendered", url: request.url, requests: 2, denied: 0 });
    expect(paths()).toEqual(["/app.js", "/api"]);
  });

  test("the pipeline's word holds for what a page asks for", async () => {
    const asked: string[] = [];
    const html = await render("/", {
      beforeRequest: async (url: string) => {
        asked.push(url);
        return url.endsWith("/api") ? { allowed: false, reason: "robots.txt" } : { allowed: true };
      },
    });
    expect(html).not.toContain(words);
    expect(paths()).toEqual(["/", "/app.js"]);
    expect(asked.map((url) => new URL(url).pathname)).toEqual(["/", "/app.js", "/api"]);
  });

  test("no text comes from pictures and styles: nobody is asked, and the page goes on", async () => {
    expect(await render("/styled")).toMatch(/<title>styled<\/title>/);
    expect(paths()).toEqual(["/styled"]);
  });

  test("what stands in open shadow roots is part of the page", async () => {
    expect(await render("/shadow")).toContain(`<open-part><p>inside: ${words}</p></open-part>`);
  });

  test("a page that leads elsewhere stays where it is", async () => {
    expect(await render("/leaves")).toContain(words);
    expect(paths()).toEqual(["/leaves"]);
  });

  test("a page that is not there, not reached or too large is broken, with a name", async () => {
    const end = async (url: string) => {
      const outcome = await renderer.renderPage({ url });
      return outcome.kind === "broken" ? outcome.error : outcome.kind;
    };
    expect(await end("http://site.example/none")).toBe("STATUS_404");
    expect(await end("https://site.example/")).toBe("DENIED");
    expect(await end("http://site.example/strays")).toBe("WENT_ASTRAY");
    expect(await end("http://site.example/large")).toBe("TOO_LARGE");
  });

  test("a request that is called off throws its reason", async () => {
    const stop = new AbortController();
    const rendering = renderer.renderPage({
      url: "http://site.example/",
      signal: stop.signal,
      beforeRequest: async () => {
        stop.abort(new Error("called off"));
        return { allowed: true };
      },
    });
    await expect(rendering).rejects.toThrow("called off");
    expect(await render("/")).toContain(words);
  });

  test("a browser that cannot be started is an outcome too", async () => {
    const without = create({ chromium: { path: "/bin/false" } });
    expect(await without.renderPage({ url: "http://site.example/" })).toMatchObject({
      kind: "broken",
      error: "BROWSER_FAILED",
    });
    await without.close();
    const absent = create({ chromium: { path: join(tempFolder, "none") } });
    expect(await absent.renderPage({ url: "http://site.example/" })).toMatchObject({
      error: "BROWSER_FAILED",
    });
    await absent.close();
  });

  test("a browser has its share of pages and its time; nothing is left of it", async () => {
    await renderer.close();
    const pids = new Set<string>();
    const short = create({ limits: { pagesPerBrowser: 2, idleMs: 50, emptyQuietMs: 500 } });
    for (let page = 0; page < 3; page++) {
      const rendering = short.renderPage({ url: "http://site.example/" });
      await expect.poll(async () => (await browsersIn(tempFolder)).length).toBeGreaterThan(0);
      for (const pid of await browsersIn(tempFolder)) pids.add(pid);
      expect((await rendering).kind).toBe("rendered");
    }
    expect(pids.size).toBeGreaterThan(1);
    await expect.poll(() => browsersIn(tempFolder), { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => readdir(tempFolder), { timeout: 10_000 }).toEqual([]);
    expect((await short.renderPage({ url: "http://site.example/" })).kind).toBe("rendered");
    const under = short.renderPage({ url: "http://site.example/" });
    await short.close();
    expect(["CLOSED", "BROWSER_FAILED"]).toContain(((await under) as { error?: string }).error);
    expect(await browsersIn(tempFolder)).toEqual([]);
    expect(await readdir(tempFolder)).toEqual([]);
    expect(await short.renderPage({ url: "http://site.example/" })).toMatchObject({
      error: "CLOSED",
    });
  });
});

/** The processes that were started with a profile in this folder. */
async function browsersIn(folder: string): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "latin1").catch(() => "")),
  );
  return pids.filter((_, index) => lines[index]!.includes(`--user-data-dir=${folder}`));
}

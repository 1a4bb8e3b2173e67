import dgram from "node:dgram";
import net, { type AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type BrowserContext, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium, withChromium } from "../../../test/setup/chromium.ts";
import { startBrowser } from "./browser-process.ts";
import { createFilterProxy } from "./filter-proxy.ts";
import { type LoopbackServer, playSite } from "./loopback-server.ts";
import { createRenderer } from "./renderer.ts";

/** Listens on this machine, by TCP and UDP: whoever reaches it has reached what must not be reached. */
const canary = { accepted: 0, packets: 0, port: 0 };
const listeners = ["127.0.0.1", "::1"].map(() =>
  net.createServer((socket) => {
    canary.accepted += 1;
    socket.on("error", () => {});
    socket.end(
      "HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-length: 6\r\n\r\nsecret",
    );
  }),
);
const udp = dgram.createSocket("udp4");

/** Answers of name servers: names that lead inside. */
const resolve = async (hostname: string): Promise<string[]> =>
  hostname.endsWith("6.example") ? ["::1"] : ["127.0.0.1"];

/**
 * Every way out of a page that we know of, to one host in one spelling. Each is a statement; what one of them
 * throws is no matter.
 */
const ways = (origin: string): string[] => {
  const { host } = new URL(origin);
  const to = (name: string): string => JSON.stringify(`${origin}/${name}`);
  const html = (text: string): string =>
    `document.body.insertAdjacentHTML("beforeend", ${JSON.stringify(text)})`;
  const work = (code: string): string => `URL.createObjectURL(new Blob([${JSON.stringify(code)}]))`;
  return [
    `new Image().src = ${to("img")}`,
    html(`<iframe src="${origin}/frame"></iframe>`),
    html(
      `<iframe srcdoc="<img src='${origin}/srcdoc'><script>fetch('${origin}/s')</script>"></iframe>`,
    ),
    `fetch(${to("fetch")}, { mode: "no-cors" }).catch(() => {})`,
    `fetch(${to("late")}, { mode: "no-cors", keepalive: true }).catch(() => {})`,
    `const x = new XMLHttpRequest(); x.open("POST", ${to("xhr")}); x.send("x")`,
    `const f = Object.assign(document.createElement("form"), { action: ${to("form")}, method: "POST", target: "in" });
     document.body.append(f, Object.assign(document.createElement("iframe"), { name: "in" })); f.submit()`,
    `window.open(${to("popup")})`,
    html(`<a id="blank" target="_blank" rel="noopener" href="${origin}/blank">x</a>`),
    `document.querySelector("#blank").click()`,
    `new Worker(${work(`fetch("${origin}/worker", { mode: "no-cors" }); importScripts("${origin}/import"); new WebSocket("ws://${host}/")`)})`,
    `new SharedWorker(${work(`fetch("${origin}/shared", { mode: "no-cors" })`)})`,
    `new Worker(${work(`new WebTransport("https://${host}/")`)})`,
    `navigator.serviceWorker.register("/worker.js").catch(() => {})`,
    `navigator.sendBeacon(${to("beacon")}, "x")`,
    `new EventSource(${to("events")})`,
    `new WebSocket("ws://${host}/socket")`,
    `new WebSocket("wss://${host}/socket")`,
    ...[
      "prefetch",
      "preconnect",
      "dns-prefetch",
      "preload",
      "modulepreload",
      "stylesheet",
      "icon",
      "manifest",
    ].map((rel) => html(`<link rel="${rel}" as="script" href="${origin}/${rel}">`)),
    html(
      `<script type="speculationrules">{"prerender":[{"urls":["${origin}/pre"]}],"prefetch":[{"urls":["${origin}/pre2"]}]}</script>`,
    ),
    `document.head.append(Object.assign(document.createElement("script"), { src: ${to("script")} }))`,
    `import(${to("module")}).catch(() => {})`,
    html(
      `<style>@import "${origin}/import.css"; body { background: url(${origin}/css) } @font-face { font-family: f; src: url(${origin}/font) } p { font-family: f }</style><p>text</p>`,
    ),
    html(
      `<video src="${origin}/video" autoplay muted></video><audio src="${origin}/audio" autoplay></audio><video poster="${origin}/poster"></video>`,
    ),
    html(`<object data="${origin}/object"></object><embed src="${origin}/embed">`),
    html(
      `<svg><image href="${origin}/svg"/><use href="${origin}/use#a"/></svg><input type="image" src="${origin}/input">`,
    ),
    html(`<a id="ping" href="#x" ping="${origin}/ping">x</a>`),
    `document.querySelector("#ping").click()`,
    `new WebTransport("https://${host}/")`,
    `const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:${host}" }, { urls: "turn:${host}?transport=tcp", username: "a", credential: "b" }] });
     peer.createDataChannel("x"); peer.createOffer().then((offer) => peer.setLocalDescription(offer))`,
    html(
      `<iframe srcdoc="<meta http-equiv='refresh' content='0;url=${origin}/refresh'>"></iframe>`,
    ),
  ];
};

const spellings = [
  "127.0.0.1",
  "0x7f.1",
  "2130706433",
  "localhost",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "inside.example",
  "inside6.example",
];
const hostilePage = (): string => {
  const [first, ...others] = spellings.map((host) => `http://${host}:${canary.port}`);
  const few = others.flatMap((origin) => [
    `fetch("${origin}/other", { mode: "no-cors" }).catch(() => {})`,
    `new WebSocket("${origin.replace("http", "ws")}/other")`,
  ]);
  const plain = [`fetch("http://inside.example/plain", { mode: "no-cors" }).catch(() => {})`];
  const tries = [...plain, ...ways(first!), ...few].map((way) => `try { ${way} } catch {}`);
  const last = `setTimeout(() => { location = "${first}/navigation" }, 900)`;
  return `<!doctype html><body><p>hostile words</p><script>${[...tries, last]
    .map((each) => `{ ${each} }`)
    .join("\n")
    .replaceAll("</", "<\\/")}</script></body>`;
};

withChromium("a hostile page", () => {
  beforeAll(async () => {
    const [v4, v6] = listeners;
    await new Promise<void>((done) => v4!.listen(0, "127.0.0.1", done));
    canary.port = (v4!.address() as AddressInfo).port;
    await new Promise<void>((done) => {
      // A machine without IPv6 has nothing to guard there.
      v6!.once("error", () => done());
      v6!.listen(canary.port, "::1", done);
    });
    await new Promise<void>((done) => udp.bind(canary.port, "127.0.0.1", done));
    udp.on("message", () => {
      canary.packets += 1;
    });
  });
  afterAll(() => {
    for (const listener of listeners) listener.close();
    udp.close();
  });
  const count = async (work: () => Promise<void>): Promise<{ tcp: number; udp: number }> => {
    Object.assign(canary, { accepted: 0, packets: 0 });
    await work();
    return { tcp: canary.accepted, udp: canary.packets };
  };

  /** Shows it without any help of the renderer: what holds here holds without interception. */
  const show = async (context: BrowserContext): Promise<void> => {
    const page = await context.newPage();
    await page.route("http://hostile.example/", (route) =>
      route.fulfill({ contentType: "text/html", body: hostilePage() }),
    );
    await page.goto("http://hostile.example/", { waitUntil: "commit" });
    await pause(3_000);
  };

  test("reaches this machine where nothing stands in its way", async () => {
    const browser = await chromium.launch({
      executablePath: findChromium()!,
      args: ["--no-sandbox", "--disable-gpu", "--disable-features=LocalNetworkAccessChecks"],
    });
    const reached = await count(async () => {
      await show(await browser.newContext());
      await browser.close();
    });
    expect(reached.tcp).toBeGreaterThan(15);
    expect(reached.udp).toBeGreaterThan(0);
  });

  test("reaches nothing from a browser that has the proxy for its only door", async () => {
    const proxy = await createFilterProxy({ resolve });
    const started = await startBrowser({
      path: findChromium()!,
      ...{ userAgent: "Waymark/test", proxyPort: proxy.port, startMs: 20_000 },
    });
    const door = proxy.openDoor();
    const reached = await count(async () => {
      const { username, password } = door;
      const server = `http://127.0.0.1:${proxy.port}`;
      await show(await started.browser.newContext({ proxy: { server, username, password } }));
      // One without a password of a page is turned away at the door.
      await show(await started.browser.newContext({ proxy: { server } }));
      await started.kill();
      await proxy.close();
    });
    expect(reached).toEqual({ tcp: 0, udp: 0 });
    expect(door.requests).toBeGreaterThan(15);
    expect(door.denied).toBeGreaterThan(15);
    const reasons = door.denials.map(({ reason }) => reason).join("\n");
    expect(reasons).toContain("leads to 127.0.0.1, which is not an address of the public internet");
    expect(reasons).toContain("only 80 and 443 are visited");
  });

  test("reaches nothing when it is rendered, and is rendered all the same", async () => {
    const renderer = createRenderer({
      chromium: { path: findChromium()! },
      ...{ userAgent: "Waymark/test", resolve, limits: { emptyQuietMs: 2_000, quietMs: 2_000 } },
    });
    const document = { bytes: Buffer.from(hostilePage()), contentType: "text/html" };
    const reached = await count(async () => {
      const outcome = await renderer.renderPage({ url: "http://hostile.example/", document });
      expect(outcome).toMatchObject({ kind: "rendered", requests: expect.any(Number) });
      expect(outcome.kind === "rendered" && outcome.denied).toBeGreaterThan(5);
      await renderer.close();
    });
    expect(reached).toEqual({ tcp: 0, udp: 0 });
  });

  test("is not led inside by redirects of a site that is let through", async () => {
    const seen = new Set<string>();
    await using site: LoopbackServer = await playSite((request, response) => {
      seen.add(request.headers.host ?? "");
      if (request.headers.host !== "site.example") response.end("not the canary");
      else response.writeHead(307, { location: `http://127.0.0.1:${canary.port}/led` }).end();
    });
    const renderer = createRenderer({
      chromium: { path: findChromium()! },
      userAgent: "Waymark/test",
      connectTo: { host: "127.0.0.1", port: site.port },
    });
    const inside = `http://site.example/`;
    const ways = [
      `fetch("${inside}fetch", { mode: "no-cors" })`,
      `fetch("${inside}post", { mode: "no-cors", method: "POST", body: "x" })`,
      `document.head.append(Object.assign(document.createElement("script"), { src: "${inside}script" }))`,
      `setTimeout(() => { location = "/away" }, 300)`,
    ];
    const html = `<p>words</p><script>${ways.join(";")}</script>`;
    const document = { bytes: Buffer.from(html), contentType: "text/html" };
    const reached = await count(async () => {
      await renderer.renderPage({ url: inside, document });
      await renderer.close();
    });
    expect(reached).toEqual({ tcp: 0, udp: 0 });
    // The browser did go where it was sent, but by the proxy, which leads it elsewhere.
    expect([...seen].toSorted()).toEqual([`127.0.0.1:${canary.port}`, "site.example"]);
  });
});

import http from "node:http";
import type net from "node:net";
import { afterEach, expect, test } from "vitest";
import { createFilterProxy, type FilterProxy, type FilterProxyOptions } from "./filter-proxy.ts";
import { type LoopbackServer, playSite, playSocket } from "./loopback-server.ts";
import type { Door } from "./proxy-door.ts";

const proxies: FilterProxy[] = [];
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
});
async function open(options: FilterProxyOptions): Promise<FilterProxy> {
  const proxy = await createFilterProxy({ resolve: async () => ["127.0.0.1"], ...options });
  proxies.push(proxy);
  return proxy;
}

const credentials = ({ username, password }: Pick<Door, "username" | "password">): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

type Asked = { status: number; body: string; headers: http.IncomingHttpHeaders };

/** A plain request by way of the proxy, as a browser sends it. */
function ask(
  { port }: FilterProxy,
  url: string,
  options: { authorization?: string; method?: string; headers?: object; body?: string } = {},
): Promise<Asked> {
  const { authorization, method = "GET", headers, body } = options;
  return new Promise((resolve, reject) => {
    const request = http.request({
      ...{ host: "127.0.0.1", port, path: url, method, agent: false },
      headers: {
        host: "site.example",
        ...headers,
        ...(authorization && { "proxy-authorization": authorization }),
      },
    });
    request.on("error", reject);
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode!, body: text, headers: response.headers }),
      );
    });
    request.end(body);
  });
}

/** Asks for a tunnel; the socket is the caller's to close. */
function dig(
  { port }: FilterProxy,
  authority: string,
  authorization?: string,
): Promise<{ status: number; socket: net.Socket }> {
  return new Promise((resolve, reject) => {
    const request = http.request({
      ...{ host: "127.0.0.1", port, path: authority, method: "CONNECT", agent: false },
      headers: authorization ? { "proxy-authorization": authorization } : {},
    });
    request.on("error", reject);
    request.on("connect", (response, socket) => resolve({ status: response.statusCode!, socket }));
    request.end();
  });
}

const playWords = (): Promise<LoopbackServer> =>
  playSite((request, response) => {
    response.setHeader("alt-svc", 'h3=":443"');
    response.end(`${request.method} ${request.headers.host}${request.url}`);
  });

test.for([
  ["none", undefined],
  ["a guessed one", "Basic eDp5"],
  ["another scheme", "Bearer x"],
  ["no base64", "Basic ::"],
] as const)("with %s for a password nothing goes out", async ([, authorization]) => {
  await using site = await playWords();
  const proxy = await open({ allowPrivate: true });
  const { username } = proxy.openDoor();
  const near = credentials({ username, password: "near" });
  for (const given of [authorization, near]) {
    const asked = await ask(proxy, site.url, given ? { authorization: given } : {});
    expect(asked.status).toBe(407);
    const dug = await dig(proxy, `127.0.0.1:${site.port}`, given);
    expect(dug.status).toBe(407);
    dug.socket.destroy();
  }
  expect(site.connections).toBe(0);
});

test("a page's password is good until its door is closed", async () => {
  await using site = await playWords();
  const proxy = await open({ allowPrivate: true });
  const door = proxy.openDoor();
  const authorization = credentials(door);
  const asked = await ask(proxy, `http://site.example:${site.port}/a?b`, { authorization });
  expect(asked).toMatchObject({ status: 200, body: `GET site.example:${site.port}/a?b` });
  expect(asked.headers["alt-svc"]).toBeUndefined();
  expect(door).toMatchObject({ requests: 1, denied: 0 });
  const { status, socket } = await dig(proxy, `site.example:${site.port}`, authorization);
  expect(status).toBe(200);
  const isClosed = new Promise((resolve) => socket.once("close", resolve));
  socket.resume();
  door.close();
  await isClosed;
  expect((await ask(proxy, site.url, { authorization })).status).toBe(407);
});

test("the password does not travel on, nor does what is between the browser and the proxy", async () => {
  await using site = await playSite((request, response) => {
    response.end(JSON.stringify(request.headers));
  });
  const proxy = await open({ allowPrivate: true });
  const asked = await ask(proxy, site.url, {
    authorization: credentials(proxy.openDoor()),
    headers: { "proxy-connection": "keep-alive", connection: "x-hop", "x-hop": "1", "x-end": "2" },
  });
  const names = Object.keys(JSON.parse(asked.body) as object);
  expect(names).toContain("x-end");
  expect(names.filter((name) => /proxy|hop/.test(name))).toEqual([]);
});

const inside = ["127.0.0.1", "0x7f.1", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]"];
const guarded = [...inside, "localhost", "name.example", "169.254.169.254", "10.0.0.1", "0"];

test.for(guarded)("%s is not reached, by a request or a tunnel", async (host) => {
  await using site = await playWords();
  const proxy = await open({});
  const door = proxy.openDoor();
  const authorization = credentials(door);
  for (const port of [80, 443, site.port]) {
    const asked = await ask(proxy, `http://${host}:${port}/`, { authorization });
    expect([403, 502]).toContain(asked.status);
    // The page can read the answer: it must not learn where names lead.
    expect(asked.body).toBe("");
    const dug = await dig(proxy, `${host}:${port}`, authorization);
    expect(dug.status).toBe(403);
    dug.socket.destroy();
  }
  expect(site.connections).toBe(0);
  expect(door.denied).toBe(6);
  expect(door.denials[0]!.reason).toMatch(/not an address of the public internet/);
});

test.for([
  ["ftp://site.example/", "GET"],
  ["file:///etc/hosts", "GET"],
  ["https://site.example/", "GET"],
  ["/not-absolute", "GET"],
  ["http://user:word@site.example/", "GET"],
  ["http://site.example/", "DELETE"],
  ["http://site.example/", "PUT"],
] as const)("%s by %s is denied", async ([url, method]) => {
  const proxy = await open({ allowPrivate: true });
  const door = proxy.openDoor();
  expect((await ask(proxy, url, { method, authorization: credentials(door) })).status).toBe(403);
  expect(door.denied).toBe(1);
});

test("in development every plain host is the development server, and https is not there", async () => {
  await using site = await playWords();
  const proxy = await open({ connectTo: { host: "127.0.0.1", port: site.port } });
  const door = proxy.openDoor();
  const authorization = credentials(door);
  const asked = await ask(proxy, "http://far.example/x", { authorization });
  expect(asked.body).toBe("GET far.example/x");
  const dug = await dig(proxy, "far.example:443", authorization);
  expect(dug.status).toBe(403);
  dug.socket.destroy();
  expect(door.denials[0]!.reason).toMatch(/development/);
});

test("one request at a time is made to a host, whoever asks; others do not wait for it", async () => {
  let under = 0;
  let most = 0;
  await using site = await playSite((_request, response) => {
    under += 1;
    most = Math.max(most, under);
    setTimeout(() => {
      under -= 1;
      response.end("done");
    }, 20);
  });
  const proxy = await open({ allowPrivate: true });
  const doors = [proxy.openDoor(), proxy.openDoor()].map(credentials);
  const asked = Array.from({ length: 10 }, (_, index) =>
    ask(proxy, `http://one.example:${site.port}/${index}`, { authorization: doors[index % 2]! }),
  );
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(most).toBe(1);
  await Promise.all(
    ["two", "three"].map((name) =>
      ask(proxy, `http://${name}.example:${site.port}/`, { authorization: doors[0]! }),
    ),
  );
  expect(most).toBe(2);
});

test("a tunnel that has gone quiet makes room for the next, one that waits for its answer does not", async () => {
  await using site = await playSocket((socket) => {
    setTimeout(() => socket.write("answer"), 300);
  });
  const proxy = await open({ allowPrivate: true, limits: { tunnelIdleMs: 100 } });
  const authorization = credentials(proxy.openDoor());
  const authority = `site.example:${site.port}`;
  const first = await dig(proxy, authority, authorization);
  first.socket.write("question");
  let said = "";
  first.socket.on("data", (piece: Buffer) => {
    said += piece;
  });
  const second = await dig(proxy, authority, authorization);
  expect(said).toBe("answer");
  expect(second.status).toBe(200);
  await expect.poll(() => first.socket.destroyed).toBe(true);
  second.socket.destroy();
});

test("the pipeline is asked before every request, redirects too, and its word holds", async () => {
  await using site = await playSite((request, response) => {
    if (request.url === "/old") response.writeHead(302, { location: "/private" });
    response.end("words");
  });
  const proxy = await open({ allowPrivate: true });
  const seen: string[] = [];
  const door = proxy.openDoor(async (url) => {
    seen.push(new URL(url).pathname);
    return url.endsWith("/private")
      ? { allowed: false, reason: "robots.txt says no" }
      : { allowed: true };
  });
  const authorization = credentials(door);
  // The proxy follows nothing: the browser comes back with where it was sent.
  expect((await ask(proxy, `${site.url}/old`, { authorization })).status).toBe(302);
  expect((await ask(proxy, `${site.url}/private`, { authorization })).status).toBe(403);
  expect(seen).toEqual(["/old", "/private"]);
  expect(door).toMatchObject({ requests: 1, denied: 1 });
  expect(door.denials).toEqual([{ url: `${site.url}/private`, reason: "robots.txt says no" }]);
});

test("answers, uploads, pages and their requests have an end", async () => {
  await using site = await playSite((request, response) => {
    request.resume();
    response.end("x".repeat(Number(request.url!.slice(1))));
  });
  const limits = { responseBytesMax: 5_000, pageBytesMax: 12_000, uploadBytesMax: 100 };
  const proxy = await open({ allowPrivate: true, limits: { ...limits, requestsMax: 5 } });
  const door = proxy.openDoor();
  const authorization = credentials(door);
  const get = (bytes: number) => ask(proxy, `${site.url}/${bytes}`, { authorization });
  const outcome = (asked: Promise<Asked>) =>
    asked.then(
      ({ body }) => body.length,
      () => "cut",
    );
  expect(await outcome(get(5_000))).toBe(5_000);
  expect(await outcome(get(5_001))).toBe("cut");
  const upload = ask(proxy, `${site.url}/1`, {
    ...{ authorization, method: "POST", body: "y".repeat(101) },
  });
  expect(await outcome(upload)).toBe(0);
  expect(await outcome(get(4_000))).toBe(4_000);
  expect(await outcome(get(4_000))).toBe("cut");
  expect((await get(1)).status).toBe(403);
  expect(door.denials.map(({ reason }) => reason)).toEqual([
    "the answer has more than 5000 bytes",
    "the upload has more than 100 bytes",
    "the page has had all its bytes",
    "the page has made 5 requests",
  ]);
});

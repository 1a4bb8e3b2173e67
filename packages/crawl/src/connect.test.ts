import type { AddressInfo } from "node:net";
import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFetcher } from "./fetch-page.ts";
import { playSite } from "./loopback-server.ts";

/** Listens on every address of this machine: whoever reaches it has reached what must not be reached. */
const canary = { accepted: 0, port: 0 };
const listener = net.createServer((socket) => {
  canary.accepted += 1;
  socket.end("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret");
  socket.on("error", () => {});
});
beforeAll(async () => {
  await new Promise<void>((resolve) => listener.listen({ port: 0, host: "0.0.0.0" }, resolve));
  canary.port = (listener.address() as AddressInfo).port;
});
afterAll(() => listener.close());

/** What the name servers of this test say. */
const answers: Record<string, string[]> = {
  localhost: ["127.0.0.1"],
  "localhost.": ["127.0.0.1"],
  "loopback.example": ["127.0.0.1"],
  "loopback6.example": ["::1"],
  "127.0.0.1.names.example": ["127.0.0.1"],
  "mixed.example": ["93.184.215.14", "127.0.0.1"],
  "mixed6.example": ["93.184.215.14", "fd00::1"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "nat64.example": ["64:ff9b::7f00:1"],
  "metadata.example": ["169.254.169.254"],
  "carrier.example": ["100.100.100.200"],
  "nonsense.example": ["not-an-address"],
  "zone.example": ["fe80::1%lo"],
};
const resolve = async (hostname: string): Promise<string[]> => {
  const addresses = answers[hostname];
  if (!addresses) throw Object.assign(new Error(`no ${hostname}`), { code: "ENOTFOUND" });
  return addresses;
};

const spellings = [
  ...[
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
  ],
  ...[
    "127.255.255.254",
    "0",
    "0.0.0.0",
    "127.0.0.1.",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "127.0.0.1",
    "%31%32%37.0.0.1",
  ],
  ...[
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
  ],
  ...[
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
  ],
  ...[
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "198.18.0.1",
  ],
  ...[
    "192.88.99.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    ...Object.keys(answers),
    "LOCALHOST",
  ],
];

test.for(spellings)("%s is refused without a connection", async (host) => {
  const before = canary.accepted;
  const fetcher = createFetcher({ userAgent: "Waymark/test", resolve, limits: { wholeMs: 2000 } });
  for (const url of [`http://${host}/`, `https://${host}/`, `http://${host}:443/`]) {
    expect(await fetcher.fetchPage({ url }), url).toMatchObject({ kind: "forbidden-address" });
  }
  // On the canary's own port too, where a connection would be answered.
  expect(await fetcher.fetchPage({ url: `http://${host}:${canary.port}/` })).toMatchObject({
    kind: "forbidden-address",
  });
  await fetcher.close();
  expect(canary.accepted).toBe(before);
});

test.for([22, 25, 5432, 6379, 8080])("port %d is not visited, wherever it is", async (port) => {
  const fetcher = createFetcher({ userAgent: "Waymark/test", resolve });
  expect(await fetcher.fetchPage({ url: `http://93.184.215.14:${port}/` })).toMatchObject({
    kind: "forbidden-address",
    reason: expect.stringContaining(`port ${port}`),
  });
  await fetcher.close();
});

test.for([301, 302, 303, 307, 308])(
  "a redirect (%d) inside is left to the caller, and refused there",
  async (status) => {
    await using site = await playSite((_request, response) => {
      response.writeHead(status, { location: `http://localhost:${canary.port}/` }).end();
    });
    const before = canary.accepted;
    const open = createFetcher({ userAgent: "Waymark/test", allowPrivate: true });
    const moved = await open.fetchPage({ url: site.url });
    expect(moved.kind).toBe("moved");
    const guarded = createFetcher({ userAgent: "Waymark/test", resolve });
    const next = await guarded.fetchPage({ url: moved.kind === "moved" ? moved.location : "" });
    expect(next.kind).toBe("forbidden-address");
    await Promise.all([open.close(), guarded.close()]);
    expect(canary.accepted).toBe(before);
  },
);

test("a name is looked up once, and the socket goes to that answer", async () => {
  await using site = await playSite((_request, response) => {
    response.writeHead(200, { "content-type": "text/plain" }).end("the checked address");
  });
  let lookups = 0;
  const fetcher = createFetcher({
    userAgent: "Waymark/test",
    allowPrivate: true,
    // A rebinding name: whoever asked again would be sent where nobody listens.
    resolve: async () => (lookups++ === 0 ? ["127.0.0.1"] : ["127.9.9.9"]),
  });
  for (const path of ["1", "2", "3"]) {
    const outcome = await fetcher.fetchPage({
      url: `http://rebinding.example:${site.port}/${path}`,
    });
    expect(outcome.kind).toBe("fetched");
  }
  await fetcher.close();
  expect(lookups).toBe(1);
});

test("the reason names the host and where it leads", async () => {
  const fetcher = createFetcher({ userAgent: "Waymark/test", resolve });
  expect(await fetcher.fetchPage({ url: "http://mixed.example/" })).toEqual({
    kind: "forbidden-address",
    reason: "mixed.example leads to 127.0.0.1, which is not an address of the public internet",
  });
  await fetcher.close();
});

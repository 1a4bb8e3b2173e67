import { createHook } from "node:async_hooks";
import net from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFetcher, type Fetcher } from "./fetch-page.ts";
import { type LoopbackServer, playSite } from "./loopback-server.ts";
import { isPublicAddress } from "./public-address.ts";

/** One way to lead a crawler inside: an address, and whether it is asked for itself or where a redirect leads. */
type Payload = { url: string; by: "itself" | 301 | 302 | 303 | 307 | 308; ends?: string };

/** What the name servers of this test say; a function is given how often the name was asked for before. */
const answers: Record<string, string[] | Error | ((before: number) => string[])> = {
  localhost: ["127.0.0.1"],
  "localhost.": ["127.0.0.1", "::1"],
  "app.localhost": ["127.0.0.1"],
  "deep.app.localhost": ["::1"],
  "metadata.example": ["169.254.169.254"],
  "metadata6.example": ["fd00:ec2::254"],
  "127.0.0.1.names.example": ["127.0.0.1"],
  "127-0-0-1.names.example": ["127.0.0.1"],
  "7f000001.names.example": ["127.0.0.1"],
  "app-10-0-0-1.names.example": ["10.0.0.1"],
  "169.254.169.254.names.example": ["169.254.169.254"],
  // The honest half of an address that two parsers read differently leads inside too: either reading is caught.
  "example.org": ["127.0.0.1"],
};
const outside = ["93.184.215.14", "2606:2800:21f:cb07::1"];
const failure = (code: string): Error => Object.assign(new Error(code), { code });
/** Names that change, mix or garble their answers, with what each must end in. */
const rebinding: [name: string, answer: (typeof answers)[string], ends?: string][] = [
  ["inside-first", ["127.0.0.1", ...outside]],
  ["inside-last", [...outside, ...outside, "10.0.0.1"]],
  ["inside-by-6", [outside[0]!, "::1"]],
  ["inside-by-4", [outside[1]!, "192.168.1.1"]],
  ["flips", (before) => (before === 0 ? [outside[0]!, "127.0.0.1"] : ["127.0.0.1"])],
  ["flips-family", (before) => (before % 2 ? ["::1"] : ["127.255.255.254"])],
  ["unique-local", ["fd12:3456::1"]],
  ["mapped", ["::ffff:127.0.0.1"]],
  ["mapped-hex", ["::ffff:a9fe:a9fe"]],
  ["nat64", ["64:ff9b::7f00:1"]],
  ["six-to-four", ["2002:7f00:1::1"]],
  ["teredo", ["2001:0:7f00:1::80ff:fffe"]],
  ["zone", ["fe80::1%lo"]],
  ["alias", () => resolveAlias("alias.example")],
  ["octal-text", ["0177.0.0.1"]],
  ["a-name-for-an-address", ["localhost"]],
  ["garbage", ["not-an-address", "127.0.0.1"]],
  ["empty-text", ["", "127.0.0.1"]],
  ["empty", [], "no-address"],
  ["unknown", failure("ENOTFOUND"), "no-address"],
  ["failing", failure("ESERVFAIL"), "broken"],
];
for (const [name, answer] of rebinding) answers[`${name}.example`] = answer;

const aliases: Record<string, string> = { "alias.example": "b.example", "b.example": "c.example" };
/** A chain of CNAMEs, of which a resolver shows the end only. */
const resolveAlias = (name: string): string[] =>
  aliases[name] ? resolveAlias(aliases[name]) : ["127.0.0.1"];

const lookups = new Map<string, number>();
const resolve = async (hostname: string): Promise<string[]> => {
  const before = lookups.get(hostname) ?? 0;
  lookups.set(hostname, before + 1);
  const answer = answers[hostname] ?? failure("ENOTFOUND");
  if (answer instanceof Error) throw answer;
  return typeof answer === "function" ? answer(before) : answer;
};

const hosts = [
  // One address, in every radix and length that some program reads.
  ...["127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7F.0x0.0x0.0x1", "0x7f.1"],
  ...["0177.0.0.01", "017700000001", "127.0x0.1", "127.255.255.254", "127.0.0.1.", "0x7f.0.1."],
  // Dots and digits of other scripts, and encoded ones.
  ...["127。0。0。1", "127.0.0.1", "127。0。0。1", "127.0.0.1", "①②⑦.⓪.⓪.①"],
  ...["%31%32%37.0.0.1", "127%2e0%2e0%2e1"],
  ...["0", "0.0.0.0", "0x0", "0.1.2.3", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]"],
  // An IPv4 address within an IPv6 address.
  ...["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]"],
  ...["[64:ff9b::127.0.0.1]", "[64:ff9b::a00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::1]"],
  ...["[2001:0:7f00:1::1]", "[2001::80ff:fffe]"],
  ...["[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[ff02::1]"],
  ...["10.0.0.1", "172.16.0.1", "172.20.10.1", "172.31.255.255", "192.168.0.1", "100.64.0.1"],
  ...["169.254.169.254", "0xa9fea9fe", "2852039166", "100.100.100.200", "168.63.129.16"],
  ...["192.0.0.8", "192.0.0.192", "198.18.0.1", "198.19.255.255", "192.88.99.1", "192.0.2.1"],
  ...["224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "[2001:db8::1]"],
  ...["LOCALHOST", "ⓛocalhost", "local\u00adhost", ...Object.keys(answers)].filter(
    (name) => !rebinding.some(([own]) => name === `${own}.example`) && name !== "example.org",
  ),
];

/** Addresses that programs read differently, all with an inside host in one of the readings. */
const differential = [
  ...["http:///127.0.0.1/", "//127.0.0.1/", "HtTp://127.0.0.1/", " http://127.0.0.1/ "],
  ...["\\\\127.0.0.1\\a", "/\\127.0.0.1/"],
  ...["http://127.0.0.1#@example.org/", "http://127.0.0.1?@example.org/"],
  ...["http://example.org@127.0.0.1/", "http://example.org:80@127.0.0.1/", "http://@127.0.0.1/"],
  ...["http://example.org\\@127.0.0.1/", "http://127.0.0.1\\@example.org/"],
  ...["http://a:b@example.org@127.0.0.1/", "http://1.1.1.1 &@127.0.0.1# @example.org/"],
  ...["ht\ttp://127.0.0.1/", "http://127.0.\t0.1/", "http://example.org\t@127.0.0.1/"],
];
/** These cannot stand in a header, or lead back to the site itself there. */
const onlyAsked = [
  ...["http:127.0.0.1/", "http:/127.0.0.1/"],
  ...["http://127.0.\r\n0.1/", "http://127.0.0.1/\r\nHost: example.org", "http:/\n/127.0.0.1/"],
  ...["http://127.0.0.1\0.example.org/", "http://127.0.0.1:80:80/", "http://[::1/", "http://0x/"],
];
const schemes = [
  ...["file:///etc/hostname", "data:text/html,hi", "blob:http://127.0.0.1/1", "ftp://127.0.0.1/"],
  ...["gopher://127.0.0.1:6379/_INFO", "ws://127.0.0.1/", "javascript:alert(1)", "about:blank"],
];
const ports = [22, 25, 6379, 5432].flatMap((port) =>
  ["127.0.0.1", outside[0]].map((host) => `http://${host}:${port}/`),
);

const statuses = [301, 302, 303, 307, 308] as const;
const bothWays = (urls: string[], ends?: { direct?: string; redirect?: string }): Payload[] =>
  urls.flatMap((url, index) => [
    { url, by: "itself", ...(ends?.direct && { ends: ends.direct }) },
    {
      url,
      by: statuses[index % statuses.length]!,
      ...(ends?.redirect && { ends: ends.redirect }),
    },
  ]);
const payloads: Payload[] = [
  ...hosts.flatMap((host, index): Payload[] => [
    { url: `http://${host}/`, by: "itself" },
    { url: `https://${host}/`, by: "itself" },
    // A zone has no place in an address of the web, so such a redirect leads nowhere.
    {
      url: `http://${host}/`,
      by: statuses[index % statuses.length]!,
      ...(host.includes("%25") && { ends: "broken" }),
    },
  ]),
  ...rebinding.flatMap(([name, , ends]) => bothWays([`http://${name}.example/`], end(ends))),
  ...bothWays(differential),
  ...onlyAsked.map((url): Payload => ({ url, by: "itself" })),
  ...bothWays(schemes, { redirect: "broken" }),
  ...bothWays(ports),
];
function end(ends: string | undefined): { direct?: string; redirect?: string } {
  return ends ? { direct: ends, redirect: ends } : {};
}

/** Every attempt of this process to connect a socket, by whatever library: what nobody listens to counts too. */
let attempts = 0;
const hook = createHook({
  init(_id, type) {
    if (type === "TCPCONNECTWRAP") attempts += 1;
  },
});

/** Listens inside: whoever is accepted has reached what must not be reached. */
const canary = { accepted: 0, port: 0, listeners: [] as net.Server[] };
async function listenAt(host: string, port: number): Promise<number | undefined> {
  const server = net.createServer((socket) => {
    canary.accepted += 1;
    socket.on("error", () => {}).end("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret");
  });
  const opened = await new Promise<boolean>((done) => {
    server.on("error", () => done(false)).listen({ port, host }, () => done(true));
  });
  if (!opened) return undefined;
  canary.listeners.push(server);
  return (server.address() as net.AddressInfo).port;
}

let site: LoopbackServer;
let guarded: Fetcher;
/** Reaches the site that redirects, on loopback. */
let open: Fetcher;
beforeAll(async () => {
  canary.port = (await listenAt("127.0.0.1", 0))!;
  // As far as this machine lets us: low ports need rights, `::1` needs IPv6. The attempts are counted anyway.
  for (const host of ["127.0.0.1", "::1", "127.255.255.254"]) {
    for (const port of [80, 443, canary.port]) await listenAt(host, port);
  }
  site = await playSite((request, response) => {
    const { by, url } = payloads[Number(request.url!.slice(1))]!;
    response.writeHead(by as number, { location: Buffer.from(url).toString("latin1") }).end();
  });
  const limits = { dnsMs: 1000, connectMs: 1000, wholeMs: 3000 };
  guarded = createFetcher({ userAgent: "Waymark/test", resolve, limits });
  open = createFetcher({ userAgent: "Waymark/test", resolve, allowPrivate: true, limits });
  hook.enable();
});
afterAll(async () => {
  hook.disable();
  await Promise.all([guarded.close(), open.close()]);
  await site[Symbol.asyncDispose]();
  for (const listener of canary.listeners) listener.close();
});

test("there are 160 payloads at least, each another one", () => {
  expect(new Set(payloads.map(({ url, by }) => `${by} ${url}`)).size).toBeGreaterThanOrEqual(160);
});

const cases = payloads.map((payload, index) => ({ ...payload, index, shown: shown(payload.url) }));
function shown(url: string): string {
  return JSON.stringify(url).slice(1, -1);
}
test.for(cases)("$shown by $by opens no socket", async ({ url, by, ends, index }) => {
  const { accepted } = canary;
  let target = url;
  if (by !== "itself") {
    const hop = await open.fetchPage({ url: `${site.url}/${index}`, beforeHop: () => true });
    if (hop.kind !== "moved") {
      // It had no next hop: a scheme we do not speak, or no address at all.
      expect(hop).toMatchObject({ kind: ends ?? "forbidden-address" });
      expect(canary.accepted).toBe(accepted);
      return;
    }
    target = hop.location;
  }
  const before = attempts;
  const outcome = await guarded.fetchPage({ url: target, beforeHop: () => true });
  expect(outcome).toMatchObject({ kind: ends ?? "forbidden-address" });
  expect(attempts - before).toBe(0);
  expect(canary.accepted).toBe(accepted);
});

test("the counts do count: without the guard the canary is reached", async () => {
  const { accepted } = canary;
  const before = attempts;
  const outcome = await open.fetchPage({ url: `http://localhost:${canary.port}/` });
  expect(outcome).toMatchObject({ kind: "fetched" });
  expect(attempts - before).toBe(1);
  expect(canary.accepted - accepted).toBe(1);
});

test("a name is asked for anew by every fetch that was refused", async () => {
  const before = lookups.get("flips.example") ?? 0;
  for (let fetch = 0; fetch < 3; fetch++) {
    const outcome = await guarded.fetchPage({ url: "http://flips.example/" });
    expect(outcome).toMatchObject({ kind: "forbidden-address" });
  }
  expect(lookups.get("flips.example")).toBe(before + 3);
});

test("a kept-alive socket stays on the address it was opened to, whatever its name says later", async () => {
  await using home = await playSite((_request, response) => {
    response.writeHead(200, { "content-type": "text/plain" }).end("home");
  });
  let asked = 0;
  const fetcher = createFetcher({
    userAgent: "Waymark/test",
    allowPrivate: true,
    resolve: async () => (asked++ === 0 ? ["127.0.0.1"] : ["127.255.255.254"]),
  });
  for (const path of ["1", "2", "3"]) {
    const url = `http://turning.example:${home.port}/${path}`;
    expect(await fetcher.fetchPage({ url })).toMatchObject({ kind: "fetched" });
  }
  await fetcher.close();
  expect({ asked, connections: home.connections }).toEqual({ asked: 1, connections: 1 });
});

/**
 * The IANA registries of special-purpose addresses, IPv4 and IPv6, with multicast, reserved space and what was
 * given back (fec0::/10). We visit none of them, those that the registry calls reachable (AS112, AMT, NAT64's
 * well-known prefix) neither: no website lives there. The last of the first table is a cloud's own host service.
 */
const special4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
  ...["172.16.0.0/12", "192.0.0.0/24", "192.0.0.0/29", "192.0.0.8/32", "192.0.0.9/32"],
  ...["192.0.0.10/32", "192.0.0.170/31", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"],
  ...["192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24"],
  ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32", "168.63.129.16/32"],
];
const special6 = [
  ...["::1/128", "::/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64"],
  ...["2001::/23", "2001::/32", "2001:1::1/128", "2001:1::2/128", "2001:1::3/128", "2001:2::/48"],
  ...["2001:3::/32", "2001:4:112::/48", "2001:10::/28", "2001:20::/28", "2001:30::/28"],
  ...["2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16"],
  ...["fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"],
  // All that was never given out: everything but 2000::/3.
  ...["::/3", "4000::/2", "8000::/1"],
];
type Block = { first: bigint; last: bigint; bits: number };
const blockOf = (cidr: string): Block => {
  const [address, prefix] = cidr.split("/") as [string, string];
  const bits = address.includes(":") ? 128 : 32;
  const first = address.includes(":") ? number6(address) : number4(address);
  return { first, last: first + (1n << BigInt(bits - Number(prefix))) - 1n, bits };
};
const number4 = (text: string): bigint =>
  text.split(".").reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
function number6(text: string): bigint {
  const [head = "", tail] = text.split("::").map((half) => half.split(":").filter(Boolean));
  const filling = Array<string>(8 - head.length - (tail?.length ?? 0)).fill("0");
  return [...head, ...(tail === undefined ? [] : filling), ...(tail ?? [])].reduce(
    (sum, group) => sum * 65_536n + BigInt(`0x${group}`),
    0n,
  );
}
const text4 = (value: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
const text6 = (value: bigint): string =>
  [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n]
    .map((shift) => ((value >> shift) & 65_535n).toString(16))
    .join(":");

const blocks4 = special4.map(blockOf);
const blocks6 = special6.map(blockOf);
const holds = (blocks: Block[], value: bigint): boolean =>
  blocks.some(({ first, last }) => first <= value && value <= last);
const mapped = number6("::ffff:0:0");
/** What the tables say of an address, apart from the code they are held against. */
function oracle(bits: number, value: bigint): boolean {
  if (bits === 32) return !holds(blocks4, value);
  if (value >> 32n === mapped >> 32n) return !holds(blocks4, value & 0xffff_ffffn);
  return !holds(blocks6, value);
}
const mismatches = (bits: number, value: bigint): string[] => {
  const texts = bits === 32 ? [text4(value), `::ffff:${text4(value)}`] : [text6(value)];
  return texts.filter((text) => isPublicAddress(text) !== oracle(bits, value));
};

test("20,000 addresses are judged as the registries have them", () => {
  // Half of them anywhere, half in or around a block: by chance alone nobody would meet a small one.
  const near = (blocks: Block[]) =>
    fc
      .tuple(fc.constantFrom(...blocks), fc.double({ min: -0.5, max: 1.5, noNaN: true }))
      .map(([{ first, last, bits }, share]) => {
        const size = last - first + 1n;
        const value = first + (size * BigInt(Math.round(share * 1e9))) / 1_000_000_000n;
        return { bits, value: BigInt.asUintN(bits, value) };
      });
  const anywhere = (bits: number) =>
    fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }).map((value) => ({ bits, value }));
  const address = fc.oneof(anywhere(32), anywhere(128), near(blocks4), near(blocks6));
  const wrong: string[] = [];
  fc.assert(
    fc.property(address, ({ bits, value }) => {
      wrong.push(...mismatches(bits, value));
    }),
    { numRuns: 20_000, seed: 20_261_127 },
  );
  expect(wrong).toEqual([]);
});

test("so is the first and last address of every block, and its neighbours", () => {
  const wrong = [...blocks4, ...blocks6].flatMap(({ first, last, bits }) =>
    [first - 1n, first, first + 1n, last - 1n, last, last + 1n]
      .map((value) => BigInt.asUintN(bits, value))
      .flatMap((value) => mismatches(bits, value)),
  );
  expect(wrong).toEqual([]);
});

import { expect, test } from "vitest";
import type { FetchOutcome } from "./fetch-outcome.ts";
import { createFetcher } from "./fetch-page.ts";
import { fetchRobots, robotsPolicy } from "./fetch-robots.ts";
import { playSite } from "./loopback-server.ts";
import { noRobots } from "./robots.ts";

const check = (name: string, outcome: FetchOutcome, expected: object): void =>
  test(name, () => {
    expect(robotsPolicy(outcome)).toMatchObject(expected);
  });

const allow = { kind: "rules", robots: noRobots };
const wait = { kind: "disallow-all" };
check("404 allows", { kind: "gone", status: 404, url: "", hops: [] }, allow);
for (const status of [400, 401, 403, 405, 451])
  check(`${status} allows`, { kind: "refused", status }, allow);
check("408 allows", { kind: "broken", status: 408, error: "HTTP_408", message: "" }, allow);
check("204 allows", { kind: "broken", status: 204, error: "HTTP_204", message: "" }, allow);
check(
  "too many redirects allow",
  { kind: "broken", error: "TOO_MANY_REDIRECTS", message: "" },
  allow,
);
check("a picture allows", { kind: "wrong-type", contentType: "image/png" }, allow);
check(
  "429 waits as told",
  { kind: "busy", status: 429, retryAfterMs: 7000 },
  { ...wait, retryAfterMs: 7000 },
);
check("503 waits", { kind: "busy", status: 503 }, { ...wait, retryAfterMs: 300_000 });
for (const status of [500, 502, 504])
  check(`${status} waits`, { kind: "broken", status, error: `HTTP_${status}`, message: "" }, wait);
check("silence waits", { kind: "broken", error: "TIMEOUT", message: "" }, wait);
check("no address waits", { kind: "no-address", error: "ENOTFOUND" }, wait);
check("304 keeps the copy", { kind: "unchanged", url: "", hops: [] }, { kind: "unchanged" });

test("redirects are followed to other hosts, five of them", async () => {
  await using site = await playSite((request, response) => {
    // Two names of this machine play two hosts; each hop goes to the other one.
    const hop = Number(new URL(request.url!, "http://x").searchParams.get("hop") ?? 0);
    const last = Number(/\d+$/.exec(new URL(request.url!, "http://x").pathname)?.[0] ?? 0);
    const { port } = new URL(`http://${request.headers.host}`);
    if (hop >= last)
      response
        .writeHead(200, { "content-type": "text/plain" })
        .end("User-agent: *\nDisallow: /x\n");
    else
      response
        .writeHead(301, {
          location: `http://${hop % 2 ? "127.0.0.1" : "127.0.0.2"}:${port}/r${last}?hop=${hop + 1}`,
        })
        .end();
  });
  const fetcher = createFetcher({
    userAgent: "Waymark/test",
    connectTo: { host: "127.0.0.1", port: site.port },
  });
  const five = robotsPolicy(await fetchRobots(fetcher, { url: "http://127.0.0.1/r5" }));
  expect(five).toMatchObject({ kind: "rules", robots: { groups: [{ agents: ["*"] }] } });
  const six = robotsPolicy(await fetchRobots(fetcher, { url: "http://127.0.0.1/r6" }));
  expect(six).toMatchObject(allow);
  await fetcher.close();
});

test("of an endless robots.txt the first 500 KiB are read", async () => {
  await using site = await playSite((_request, response) => {
    response
      .writeHead(200, { "content-type": "text/plain" })
      .write("User-agent: *\nDisallow: /x\n");
    const send = (): void => {
      if (response.destroyed) return;
      response.write(`# ${"x".repeat(10_000)}\n`);
      setImmediate(send);
    };
    send();
  });
  const fetcher = createFetcher({ userAgent: "Waymark/test", allowPrivate: true });
  const policy = robotsPolicy(await fetchRobots(fetcher, { url: `${site.url}/robots.txt` }));
  await fetcher.close();
  expect(policy).toMatchObject({
    kind: "rules",
    robots: { groups: [{ rules: [{ path: "/x" }] }] },
  });
});

import { InitiativeId } from "@waymark/domain";
import { findAccount, removeAccessTokens, saveAccount, saveMergedInto } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type AskedDesk, openAskedDesk } from "../test/asked-desk.ts";
import { sampleIds } from "../test/sample-ids.ts";
import { serveDesk } from "./serve.ts";
import { createAccessToken, createSignInLink } from "./sign-in.ts";

/*
 * Asked over real HTTP, as OpenRefine asks: its server posts forms, its pages fetch from another origin.
 * The shapes are those of version 0.2 of the protocol, written down here by ourselves.
 */

let desk: AskedDesk;
let server: Awaited<ReturnType<typeof serveDesk>>;
let base: string;
beforeAll(async () => {
  desk = await openAskedDesk();
  server = await serveDesk(desk.app, { port: 0, host: "127.0.0.1" });
  await createSignInLink(desk.db, { accountName: "rosa", role: "reader", baseUrl: server.url });
  base = `${server.url}/reconcile/${await createAccessToken(desk.db, { accountName: "rosa", days: 1 })}`;
});
afterAll(async () => {
  await server?.close();
  await desk.close();
});

const Named = z.strictObject({ id: z.string().min(1), name: z.string().min(1) });
const Service = z.object({ service_url: z.url(), service_path: z.string().startsWith("/") });
const Manifest = z.strictObject({
  versions: z.array(z.string()),
  name: z.string(),
  identifierSpace: z.url(),
  schemaSpace: z.url(),
  serviceVersion: z.string(),
  defaultTypes: z.array(Named).min(1),
  view: z.object({ url: z.string().includes("{{id}}") }),
  preview: z.object({
    url: z.string().includes("{{id}}"),
    width: z.number().int(),
    height: z.number().int(),
  }),
  suggest: z.object({ entity: Service, property: Service, type: Service }),
  extend: z.object({ propose_properties: Service, property_settings: z.array(z.never()) }),
  batchSize: z.number().int().positive(),
});
const Candidate = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  type: z.array(Named),
  score: z.number().min(0).max(100),
  match: z.boolean(),
  features: z.array(z.strictObject({ id: z.string(), value: z.number() })),
});
const ResultBatch = z.record(z.string(), z.strictObject({ result: z.array(Candidate) }));
const Suggested = z.strictObject({
  result: z.array(
    Named.extend({
      description: z.string().optional(),
      notable: z.array(Named).optional(),
    }).strict(),
  ),
});
const Extended = z.strictObject({
  meta: z.array(Named),
  rows: z.record(z.string(), z.record(z.string(), z.array(z.strictObject({ str: z.string() })))),
});

const post = (fields: Record<string, string>, init: RequestInit = {}) =>
  fetch(base, { method: "POST", body: new URLSearchParams(fields), ...init });
const ask = async (queries: object) =>
  ResultBatch.parse(await (await post({ queries: JSON.stringify(queries) })).json());
const get = async (path: string) => (await fetch(`${base}${path}`)).json();

test("the manifest says what there is and where, and its addresses answer", async () => {
  const answer = await fetch(base);
  expect(answer.headers.get("content-type")).toContain("application/json");
  const manifest = Manifest.parse(await answer.json());
  expect(manifest.versions).toEqual(["0.1", "0.2"]);
  const { suggest, extend, preview } = manifest;
  for (const { service_url, service_path } of [
    ...Object.values(suggest),
    extend.propose_properties,
  ])
    expect((await fetch(`${service_url}${service_path}?prefix=a&type=network`)).status).toBe(200);
  expect((await fetch(preview.url.replace("{{id}}", sampleIds.entry))).status).toBe(200);
});

test("a batch as OpenRefine posts it: the entry comes first, with what speaks for it", async () => {
  const answers = await ask({
    q0: {
      query: "The Harbor Skills Compact",
      type: "initiative",
      type_strict: "should",
      limit: 3,
      properties: [
        { p: "Lead organization", pid: "lead_organization", v: "Tidewater College" },
        { pid: "states", v: ["VA", { id: "MD", name: "MD" }] },
        { pid: "start", v: "sometime" },
        { pid: "unheard-of", v: 7 },
      ],
    },
    q1: { query: "Nothing That Anybody Ever Named", limit: 3 },
    "key of a client": { query: "Bridge to the Trades" },
  });
  expect(Object.keys(answers)).toEqual(["q0", "q1", "key of a client"]);
  const [first, ...others] = answers.q0!.result;
  expect(first).toMatchObject({ id: sampleIds.entry, match: true, type: [{ id: "initiative" }] });
  expect(others.every(({ match }) => !match)).toBe(true);
  expect(answers.q0!.result.length).toBeLessThanOrEqual(3);
  const scores = answers.q0!.result.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((one, other) => other - one));
  const logOdds = first!.features.reduce((sum, { value }) => sum + value, 0);
  expect(first!.score).toBeCloseTo(100 / (1 + Math.exp(-logOdds)), 0);
  expect(answers.q1!.result.some(({ match }) => match)).toBe(false);
  expect(answers["key of a client"]!.result[0]!.name).toBe("Bridge to the Trades");
});

test("what else is told of it is evidence for and against", async () => {
  const name = "Open Badge Exchange";
  const {
    with: more,
    without,
    against,
  } = await ask({
    without: { query: name },
    with: { query: name, properties: [{ pid: "lead_organization", v: "Lakeshore Works" }] },
    against: { query: name, properties: [{ pid: "lead_organization", v: "Prairie Council" }] },
  });
  const [high, middle, low] = [more, without, against].map((one) => one!.result[0]!.score);
  expect(high).toBeGreaterThan(middle!);
  expect(low).toBeLessThan(middle!);
});

test("an id is that entry, also of one that was merged; an address alone finds its entry", async () => {
  const merged = InitiativeId.parse("harbor-skills-initiative");
  await saveMergedInto(desk.db, merged, sampleIds.entry);
  const { id, gone, address } = await ask({
    id: { query: "rural-pathways" },
    gone: { query: merged },
    address: { properties: [{ pid: "url", v: "http://www.harborskills.example" }] },
  });
  expect(id!.result[0]).toMatchObject({ id: "rural-pathways", score: 100, match: true });
  expect(gone!.result[0]).toMatchObject({ id: sampleIds.entry, match: true });
  expect(address!.result[0]).toMatchObject({ id: sampleIds.entry });
  await saveMergedInto(desk.db, merged, undefined);
});

test("the same by GET, one query as the first version has it, and for a page without CORS", async () => {
  const queries = encodeURIComponent(JSON.stringify({ q0: { query: "Rural Pathways Pilot" } }));
  const batch = ResultBatch.parse(await get(`?queries=${queries}`));
  expect(batch.q0!.result[0]!.id).toBe("rural-pathways");
  const single = await get("?query=Rural+Pathways+Pilot");
  expect(single).toEqual(batch.q0);
  const script = await fetch(`${base}?queries=${queries}&callback=jQuery.cb_1`);
  expect(script.headers.get("content-type")).toContain("text/javascript");
  expect(script.headers.get("x-content-type-options")).toBe("nosniff");
  expect(script.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  expect(await script.text()).toBe(`/**/jQuery.cb_1(${JSON.stringify(batch)});`);
  for (const name of ["alert(1)//", "a b", "<script>", "", "a..b", "x".repeat(300)])
    expect((await fetch(`${base}?callback=${encodeURIComponent(name)}`)).status).toBe(400);
});

test("a form that comes in pieces is taken like any other, as far as the desk takes it", async () => {
  const inPieces = (text: string) =>
    fetch(base, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new Blob([text]).stream(),
      duplex: "half",
    } as RequestInit);
  const queries = JSON.stringify({ q0: { query: "Rural Pathways Pilot" } });
  const answer = await inPieces(String(new URLSearchParams({ queries })));
  expect(ResultBatch.parse(await answer.json()).q0!.result[0]!.id).toBe("rural-pathways");
  const body = new Blob([`queries=${"x".repeat(300_000)}`]).stream();
  const init = { method: "POST", body, duplex: "half" } as RequestInit;
  expect((await desk.app.request(base, init)).status).toBe(413);
});

test("suggestions: by name, acronym and id, in pages", async () => {
  const names = async (path: string) => Suggested.parse(await get(path)).result.map(({ id }) => id);
  expect((await names("/suggest/entity?prefix=harbor+skills"))[0]).toBe(sampleIds.entry);
  expect((await names("/suggest/entity?prefix=hsc"))[0]).toBe(sampleIds.entry);
  expect(await names("/suggest/entity?prefix=rural-pathways")).toEqual(["rural-pathways"]);
  expect(await names("/suggest/entity?prefix=harbor+skills&cursor=1")).toEqual([
    "harbor-skills-initiative",
  ]);
  expect(await names("/suggest/entity?prefix=%25")).toEqual([]);
  expect(await names("/suggest/entity")).toEqual([]);
  expect(await names("/suggest/type?prefix=stand")).toEqual(["standard"]);
  expect(await names("/suggest/property?prefix=lead")).toEqual(["lead_organization"]);
});

test("columns are added from the catalog, and an unknown entry has none", async () => {
  const extend = {
    ids: [sampleIds.entry, "nobody", sampleIds.entry],
    properties: [{ id: "states" }, { id: "start", settings: {} }, { id: "end" }],
  };
  const answer = Extended.parse(await (await post({ extend: JSON.stringify(extend) })).json());
  expect(answer.meta.map(({ name }) => name)).toEqual(["States", "Start", "End"]);
  expect(answer.rows).toEqual({
    [sampleIds.entry]: {
      states: [{ str: "MD" }, { str: "VA" }],
      start: [{ str: "2021-09" }],
      end: [],
    },
    nobody: { states: [], start: [], end: [] },
  });
  const proposed = await get("/properties?type=network&limit=3");
  expect(proposed).toMatchObject({ type: "network", limit: 3, properties: { length: 3 } });
});

test("a preview may be framed by anyone, and loads our style alone", async () => {
  const answer = await fetch(`${base}/preview?id=${sampleIds.entry}`);
  expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors *");
  expect(answer.headers.get("content-security-policy")).not.toContain("script-src");
  expect(await answer.text()).toContain("Tidewater College");
  expect((await fetch(`${base}/preview?id=nobody`)).status).toBe(404);
});

test("any page may read the answers, also the refusals, and no cookie is looked at", async () => {
  const headers = { origin: "https://refine.example" };
  const preflight = await fetch(`${base}/suggest/entity`, { method: "OPTIONS", headers });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
  const answers = [
    await fetch(base, { headers }),
    await post({ queries: "{}" }, { headers }),
    await post({ queries: "no json" }, { headers }),
    await fetch(`${server.url}/reconcile/wrong`, { headers }),
  ];
  for (const { headers: given } of answers) {
    expect(given.get("access-control-allow-origin")).toBe("*");
    expect(given.get("access-control-allow-credentials")).toBeNull();
  }
  const { cookie } = await desk.signIn("admin");
  const withCookie = await fetch(`${server.url}/reconcile/wrong`, { headers: { cookie } });
  expect(withCookie.status).toBe(401);
});

const refuses = (what: string, fields: Record<string, string>, status: number, said: string) =>
  test(`refused with a sentence: ${what}`, async () => {
    const answer = await post(fields);
    const { error } = (await answer.json()) as { error: { message: string; remedy: string } };
    expect([answer.status, error.message]).toEqual([status, expect.stringContaining(said)]);
    expect(error.remedy).not.toBe("");
  });
const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`q${n}`, { query: "x" }]));
refuses("what is no JSON", { queries: "{" }, 400, "“queries” is not JSON");
refuses("a list", { queries: "[]" }, 400, "“queries” is not usable");
refuses("a query without words", { queries: '{"q0":{}}' }, 400, "“queries.q0” is not usable");
refuses(
  "a limit below one",
  { queries: '{"q0":{"query":"x","limit":0}}' },
  400,
  "“queries.q0.limit”",
);
refuses(
  "too many at once",
  { queries: JSON.stringify(many) },
  413,
  "51 queries are more than the 50",
);
refuses(
  "a property that is not there",
  { extend: '{"ids":[],"properties":[{"id":"x"}]}' },
  400,
  "no property “x”",
);

// Asked without a socket, which the server closes on such a form.
test("too large a form is refused in JSON as well", async () => {
  const body = new URLSearchParams({ queries: "x".repeat(300_000) });
  const answer = await desk.app.request(base, { method: "POST", body });
  expect([answer.status, await answer.json()]).toMatchObject([413, { error: { status: 413 } }]);
});

test("a token may do nothing but this, ends with its account, and is counted when it is wrong", async () => {
  const token = base.split("/").at(-1)!;
  for (const path of ["/", "/export/catalog.csv"])
    expect(
      (await fetch(`${server.url}${path}`, { headers: { cookie: `waymark=${token}` } })).status,
    ).toBe(401);
  const account = (await findAccount(desk.db, "rosa"))!;
  await saveAccount(desk.db, { ...account, disabled: true });
  expect((await fetch(base)).status).toBe(401);
  await saveAccount(desk.db, { ...account, disabled: false });
  expect((await fetch(base)).status).toBe(200);
  expect(await removeAccessTokens(desk.db, account.id)).toBe(1);
  expect((await fetch(base)).status).toBe(401);
  const statuses = [];
  for (let n = 0; n < 40; n += 1)
    statuses.push((await fetch(`${server.url}/reconcile/guess-${n}`)).status);
  expect(statuses.at(-1)).toBe(429);
});

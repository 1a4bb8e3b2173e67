import type { Logger } from "pino";
import { Agent, type Dispatcher } from "undici";
import { createConnector, ForbiddenAddress, NoAddress } from "./connect.ts";
import type { FetchOutcome, Hop } from "./fetch-outcome.ts";
import { followRedirects } from "./follow-redirects.ts";
import { type Answer, broken, readAnswer } from "./read-answer.ts";
import type { BodyLimits } from "./read-body.ts";
import { createResolver, type ResolveHost } from "./resolve-host.ts";

/** What one fetch may cost at most. */
export type Limits = BodyLimits & {
  redirectsMax: number;
  /** Most bytes of all response headers together. */
  headerBytesMax: number;
  dnsMs: number;
  connectMs: number;
  headersMs: number;
  /** Longest silence within a body. */
  bodyIdleMs: number;
  /** The whole fetch, pauses before hops not counted. */
  wholeMs: number;
};

/** Room for any honest page, and for an honest server on a slow night. */
export const defaultLimits: Limits = {
  bodyBytesMax: 10_000_000,
  wireBytesMax: 10_000_000,
  redirectsMax: 5,
  headerBytesMax: 64 * 1024,
  dnsMs: 3_000,
  connectMs: 5_000,
  headersMs: 10_000,
  bodyIdleMs: 10_000,
  wholeMs: 30_000,
};

/** How a fetcher presents itself, and what it may do and cost. */
export type FetcherOptions = {
  userAgent: string;
  /** Development only: every host is reached at this address, its Host header kept. */
  connectTo?: { host: string; port: number } | undefined;
  /** Lets addresses and ports outside the public web through; for tests on loopback. */
  allowPrivate?: boolean;
  limits?: Partial<Limits>;
  /** How host names become addresses; by default the machine's name servers are asked. */
  resolve?: ResolveHost;
  /** The time that a Retry-After date is held against when the server sends no Date. */
  now?: () => Date;
  log?: Logger;
};

/** What is asked for, with what we know of it from before. */
export type FetchRequest = {
  url: string;
  /** Validators of the last visit: with them the answer may be `unchanged`. */
  etag?: string | null | undefined;
  lastModified?: string | null | undefined;
  signal?: AbortSignal | undefined;
  /** Most bytes of this body, before and after decompression, in place of the limits': for sitemaps. */
  bodyBytesMax?: number | undefined;
  /** Keep that many bytes of the body and do not read the rest. */
  firstBytes?: number | undefined;
  /**
   * Asked before a redirect on the same host is followed: the place to wait for the host's pace and to ask
   * its robots.txt. Answers false to stop there, which makes the outcome `moved`.
   */
  beforeHop?: ((hop: Hop) => boolean | Promise<boolean>) | undefined;
};

/** Made by `createFetcher`, one for the life of a worker. */
export type Fetcher = {
  /** One page, whatever comes of it. Throws only when the request's own signal is aborted. */
  fetchPage(request: FetchRequest): Promise<FetchOutcome>;
  /** Drops all sockets; fetches under way end as `broken`. */
  close(): Promise<void>;
};

type Context = {
  agent: Agent;
  limits: Limits;
  userAgent: string;
  underConnectTo: boolean;
  now: () => Date;
  /** When an origin last answered: only then can its next request meet a socket gone stale. */
  answered: Map<string, number>;
};

/** A client of the public web that holds to limits of size and time and goes to public addresses only. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const limits = { ...defaultLimits, ...options.limits };
  const agent = new Agent({
    connect: createConnector({
      connectTo: options.connectTo,
      allowPrivate: options.allowPrivate,
      resolve: options.resolve ?? createResolver(),
      dnsMs: limits.dnsMs,
      connectMs: limits.connectMs,
    }),
    allowH2: false,
    pipelining: 1,
    // One visit at a time is made per host.
    connections: 1,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyIdleMs,
    maxHeaderSize: limits.headerBytesMax,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
  });
  const context: Context = {
    agent,
    limits,
    userAgent: options.userAgent,
    underConnectTo: options.connectTo !== undefined,
    now: options.now ?? (() => new Date()),
    answered: new Map(),
  };
  return {
    async fetchPage(request) {
      const startedAt = performance.now();
      const outcome = await follow(context, request);
      const ms = Math.round(performance.now() - startedAt);
      options.log?.debug({ url: request.url, outcome: outcome.kind, ms }, "page fetched");
      return outcome;
    },
    close: () => agent.destroy(),
  };
}

const keepAliveMs = 10_000;

/** The page, at the end of its redirects on its host; what all its hops may take together is limited. */
function follow(context: Context, request: FetchRequest): Promise<FetchOutcome> {
  const { redirectsMax, wholeMs } = context.limits;
  let spentMs = 0;
  return followRedirects(request, {
    redirectsMax,
    async ask({ url, hops }) {
      const startedAt = performance.now();
      const answer = await askPatiently(context, request, { url, hops, leftMs: wholeMs - spentMs });
      spentMs += performance.now() - startedAt;
      return answer;
    },
  });
}

type Step = { url: string; hops: Hop[]; leftMs: number };

/** Asks, and asks once more where a kept-alive socket had been closed by the server in the meantime. */
async function askPatiently(context: Context, request: FetchRequest, step: Step): Promise<Answer> {
  const lastAnswer = context.answered.get(new URL(step.url).origin);
  const mayBeStale = lastAnswer !== undefined && performance.now() - lastAnswer < 2 * keepAliveMs;
  // One controller for all that may end the attempt; composed signals cost more than a small request.
  const stop = new AbortController();
  const late = Object.assign(new Error(`no end within ${context.limits.wholeMs} ms`), {
    code: "TIMEOUT",
  });
  const timer = setTimeout(() => stop.abort(late), Math.max(1, step.leftMs));
  const forward = (): void => stop.abort(request.signal?.reason);
  request.signal?.addEventListener("abort", forward);
  try {
    request.signal?.throwIfAborted();
    for (let isRepeat = false; ; isRepeat = true) {
      try {
        return await ask(context, request, { ...step, stop });
      } catch (error) {
        request.signal?.throwIfAborted();
        if (!isRepeat && mayBeStale && isClosedBeforeAnswer(error)) continue;
        return failureOf(context, step.url, error);
      }
    }
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", forward);
  }
}

async function ask(
  context: Context,
  request: FetchRequest,
  { url, hops, stop }: Step & { stop: AbortController },
): Promise<Answer> {
  const { origin, pathname, search } = new URL(url);
  let hints = 0;
  let response: Dispatcher.ResponseData;
  try {
    response = await context.agent.request({
      origin,
      path: pathname + search,
      method: "GET",
      headers: headersOf(context, request),
      signal: stop.signal,
      // Early hints do not count against any timeout of the client; a few are normal.
      onInfo: () => {
        hints += 1;
        if (hints <= 10) return;
        const error = new Error("the server sends hints and no answer");
        stop.abort(Object.assign(error, { code: "EARLY_HINTS" }));
      },
    });
  } catch (error) {
    throw new BeforeAnswer(error);
  }
  rememberAnswer(context, origin);
  // A body that is dropped half-way reports that as an error; nobody needs to hear it.
  response.body.on("error", () => {});
  const answer = await readAnswer(context, request, { url, hops, response });
  await discard(response.body);
  return answer;
}

/** A short rest that nobody reads is drained, so that the socket can be used again; a long one closes it. */
async function discard(body: Dispatcher.ResponseData["body"]): Promise<void> {
  if (body.destroyed || body.readableEnded) return;
  const timer = setTimeout(() => body.destroy(), 1000);
  await body.dump({ limit: 16_384 }).catch(() => {});
  clearTimeout(timer);
  if (!body.readableEnded) body.destroy();
}

/** Whatever went wrong before the first line of an answer had come. */
class BeforeAnswer extends Error {
  constructor(cause: unknown) {
    super("failed before an answer", { cause });
  }
}

function rememberAnswer({ answered }: Context, origin: string): void {
  answered.delete(origin);
  answered.set(origin, performance.now());
  if (answered.size > 2000) answered.delete(answered.keys().next().value!);
}

function headersOf({ userAgent }: Context, request: FetchRequest): Record<string, string> {
  const headers: Record<string, string> = {
    "user-agent": userAgent,
    accept: "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.8,*/*;q=0.5",
    "accept-language": "en;q=1, *;q=0.5",
    "accept-encoding": "gzip, br, zstd, deflate",
  };
  if (isHeaderText(request.etag)) headers["if-none-match"] = request.etag;
  if (isHeaderText(request.lastModified)) headers["if-modified-since"] = request.lastModified;
  return headers;
}

/** Validators come from the web by way of the database: what no header can hold is left out. */
const isHeaderText = (text: string | null | undefined): text is string =>
  typeof text === "string" && /^[\x20-\x7e\x80-\xff]{1,1000}$/.test(text);

const codeOf = (error: unknown): string | undefined =>
  (error as { code?: string } | undefined)?.code;

const isClosedBeforeAnswer = (error: unknown): boolean =>
  error instanceof BeforeAnswer &&
  ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"].includes(codeOf(error.cause) ?? "");

function failureOf({ underConnectTo }: Context, url: string, thrown: unknown): FetchOutcome {
  const error = thrown instanceof BeforeAnswer ? thrown.cause : thrown;
  if (error instanceof ForbiddenAddress)
    return { kind: "forbidden-address", reason: error.message };
  if (error instanceof NoAddress) return { kind: "no-address", error: error.code };
  // The development web closes the connection without a word for a host that does not resolve. A reset, or
  // a close after part of an answer, is a broken page there as on the real web.
  const { socket } = error as { socket?: { bytesRead?: number } };
  if (
    underConnectTo &&
    thrown instanceof BeforeAnswer &&
    codeOf(error) === "UND_ERR_SOCKET" &&
    !socket?.bytesRead
  ) {
    return { kind: "no-address", error: "ENOTFOUND" };
  }
  const message = error instanceof Error ? error.message : String(error);
  // The client's parser gives its errors a name and no code.
  const isNoHttp = (error as { name?: string }).name === "HTTPParserError";
  return broken(codeOf(error) ?? (isNoHttp ? "NOT_HTTP" : "FAILED"), `${url}: ${message}`);
}

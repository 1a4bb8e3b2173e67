import type http from "node:http";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ProxyContext } from "./filter-proxy.ts";
import type { Door } from "./proxy-door.ts";

type Exchange = { door: Door; request: http.IncomingMessage; response: http.ServerResponse };

/**
 * Answers a plain request of a page. What is denied is denied without a word, since the page may read the
 * answer: where a name leads inside is none of its business.
 */
export async function answerRequest(context: ProxyContext, exchange: Exchange): Promise<void> {
  const { door, request, response } = exchange;
  const refuse = (status: number): void => {
    if (response.headersSent) response.destroy();
    else response.writeHead(status, { "content-length": 0 }).end();
    request.resume();
  };
  const url = request.url ?? "";
  const problem = problemOf(request, url);
  if (problem) {
    door.deny(url, problem);
    return refuse(403);
  }
  const stop = new AbortController();
  const signal = AbortSignal.any([door.signal, stop.signal]);
  response.on("close", () => stop.abort());
  const release = await context.turns.take(new URL(url).host);
  try {
    signal.throwIfAborted();
    if (!(await door.admit(url))) return refuse(403);
    await pass(context, exchange, { url, signal });
  } catch (error) {
    // That the page itself has given up or is over is no denial.
    if (error instanceof TooMuch || !signal.aborted) door.deny(url, (error as Error).message);
    refuse(502);
  } finally {
    release();
  }
}

function problemOf(request: http.IncomingMessage, url: string): string | undefined {
  if (!/^http:\/\//i.test(url) || !URL.canParse(url)) return "not a plain http address";
  if (!methods.has(request.method ?? "")) return `the method ${request.method} is not for readers`;
  if (/prefetch/.test(`${request.headers["sec-purpose"]} ${request.headers.purpose}`)) {
    return "fetched ahead of its use";
  }
  return undefined;
}

/** POST is among them, since many pages ask for their data so. */
const methods = new Set(["GET", "HEAD", "POST", "OPTIONS"]);

async function pass(
  context: ProxyContext,
  { door, request, response }: Exchange,
  { url, signal }: { url: string; signal: AbortSignal },
): Promise<void> {
  const { origin, pathname, search } = new URL(url);
  const { responseBytesMax, uploadBytesMax } = context.limits;
  const hasBody = request.method === "POST";
  const answered = await context.agent.request({
    origin,
    path: pathname + search,
    method: request.method as "GET",
    headers: headersOnward(request.headers),
    body: hasBody ? request.pipe(bounded(uploadBytesMax, "the upload")) : null,
    signal,
  });
  answered.body.on("error", () => {});
  response.writeHead(answered.statusCode, headersOnward(answered.headers));
  const countsForPage = (bytes: number): boolean => door.receive(bytes);
  await pipeline(answered.body, bounded(responseBytesMax, "the answer", countsForPage), response);
}

class TooMuch extends Error {
  override readonly name = "TooMuch";
}

/** Passes bytes on until they are too many. */
function bounded(
  bytesMax: number,
  what: string,
  receive: (bytes: number) => boolean = () => true,
): Transform {
  let bytes = 0;
  return new Transform({
    transform(piece: Buffer, _encoding, callback) {
      bytes += piece.length;
      if (bytes > bytesMax) callback(new TooMuch(`${what} has more than ${bytesMax} bytes`));
      else if (!receive(piece.length)) callback(new TooMuch("the page has had all its bytes"));
      else callback(null, piece);
    },
  });
}

/** Headers of one connection only, and what may not get out or in: the password, and offers of other ways. */
const onlyHere = new Set([
  ...["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding"],
  ...["upgrade", "proxy-authorization", "proxy-authenticate", "proxy-authentication-info"],
  ...["alt-svc", "host", "expect", "http2-settings"],
]);

function headersOnward(headers: http.IncomingHttpHeaders): Record<string, string | string[]> {
  const named = String(headers.connection ?? "")
    .toLowerCase()
    .split(/\s*,\s*/);
  const onward: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || onlyHere.has(name) || named.includes(name)) continue;
    onward[name] = value;
  }
  return onward;
}

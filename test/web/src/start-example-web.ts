import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { Night } from "./example-night.ts";
import { findAnswer } from "./find-answer.ts";
import { loadSites } from "./load-sites.ts";

export type LoggedRequest = {
  /** Real time, in milliseconds: what politeness is measured by. */
  at: number;
  host: string;
  /** Path and query. */
  path: string;
  /** 0 where the connection was broken off. */
  status: number;
  userAgent: string | undefined;
  headers: Record<string, string>;
};

export type ExampleWebOptions = {
  /** 0, the default, takes a free port. */
  port?: number;
  night?: Night;
  log?: (request: LoggedRequest) => void;
};

export type ExampleWeb = {
  port: number;
  url: string;
  setNight(night: Night): void;
  requests: readonly LoggedRequest[];
  close(): Promise<void>;
};

/** The whole example web on 127.0.0.1, told apart by the Host header. */
export async function startExampleWeb(options: ExampleWebOptions = {}): Promise<ExampleWeb> {
  const webs = { 1: loadSites(1), 2: loadSites(2) };
  let night: Night = options.night ?? 1;
  const requests: LoggedRequest[] = [];

  const server = createServer((request, response) => {
    const url = addressOf(request);
    const answer = findAnswer(url && webs[night].get(url.hostname), url ?? nowhere, {
      etag: request.headers["if-none-match"],
      since: request.headers["if-modified-since"],
      serial: requests.length,
    });
    const status = answer.kind === "answer" ? answer.status : 0;
    const logged = describeRequest(request, url ?? nowhere, status);
    requests.push(logged);
    options.log?.(logged);
    if (answer.kind === "no-address") request.socket.destroy();
    else sendAnswer(request, response, answer);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });

  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    setNight(next) {
      night = next;
    },
    requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

const nowhere = new URL("http://nowhere.invalid/");

/** The address that was asked for, port and all; undefined where Host and path make none. */
function addressOf(request: IncomingMessage): URL | undefined {
  return URL.parse(request.url ?? "/", `http://${request.headers.host ?? ""}`) ?? undefined;
}

const headersKept = ["accept", "accept-encoding", "from", "if-none-match", "if-modified-since"];

function describeRequest(request: IncomingMessage, url: URL, status: number): LoggedRequest {
  const headers: Record<string, string> = {};
  for (const name of headersKept) {
    const value = request.headers[name];
    if (typeof value === "string") headers[name] = value;
  }
  return {
    at: Date.now(),
    host: url.hostname,
    path: `${url.pathname}${url.search}`,
    status,
    userAgent: request.headers["user-agent"],
    headers,
  };
}

/** Longer pages travel compressed and shorter ones as they are, so that a crawler meets both. */
const gzipFromBytes = 2_000;

function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: { status: number; headers: Record<string, string>; body: Buffer },
): void {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const zipped =
    answer.body.length >= gzipFromBytes &&
    /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const body = zipped ? gzipSync(answer.body) : answer.body;
  response.writeHead(answer.status, {
    ...answer.headers,
    vary: "accept-encoding",
    ...(zipped ? { "content-encoding": "gzip" } : {}),
    ...(answer.status === 304 ? {} : { "content-length": String(body.length) }),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

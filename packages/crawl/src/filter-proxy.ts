import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Agent } from "undici";
import { type ConnectOptions, createConnector } from "./connect.ts";
import { createHostTurns, type HostTurns } from "./host-turns.ts";
import { type BeforeRequest, createDoor, type Door, type DoorLimits } from "./proxy-door.ts";
import { answerRequest } from "./proxy-request.ts";
import { openTunnel, refuseTunnel } from "./proxy-tunnel.ts";
import { createResolver, type ResolveHost } from "./resolve-host.ts";

/** What pages may use of the network by way of the proxy. */
export type ProxyLimits = DoorLimits & {
  responseBytesMax: number;
  uploadBytesMax: number;
  dnsMs: number;
  connectMs: number;
  headersMs: number;
  /** How long a tunnel must be quiet before it makes room for one that waits. */
  tunnelIdleMs: number;
};

/** Room for the scripts and the data of an honest page. */
export const proxyLimits: ProxyLimits = {
  requestsMax: 150,
  pageBytesMax: 30_000_000,
  socketsMax: 64,
  responseBytesMax: 10_000_000,
  uploadBytesMax: 1_000_000,
  dnsMs: 3_000,
  connectMs: 5_000,
  headersMs: 10_000,
  tunnelIdleMs: 500,
};

/** Where the proxy may go. */
export type FilterProxyOptions = {
  /** Development only: every plain host is reached at this address, its Host header kept. */
  connectTo?: { host: string; port: number } | undefined;
  /** Lets addresses and ports outside the public web through; for tests on loopback. */
  allowPrivate?: boolean | undefined;
  resolve?: ResolveHost | undefined;
  limits?: Partial<ProxyLimits> | undefined;
};

/** A proxy on this machine for the browser alone. */
export type FilterProxy = {
  port: number;
  /** Lets one page through, until its door is closed. */
  openDoor(beforeRequest?: BeforeRequest): Door;
  close(): Promise<void>;
};

/** What requests and tunnels are carried out with. */
export type ProxyContext = {
  turns: HostTurns;
  agent: Agent;
  connect: ConnectOptions;
  limits: ProxyLimits;
};

/**
 * The only way from the browser to the network. Blocking requests inside the browser misses redirects,
 * WebSockets and whatever a future version invents; what has to leave by a proxy misses nothing.
 *
 * Invariant: sockets are opened by `connect.ts`, as for every other fetch, and only for a page with a door.
 */
export async function createFilterProxy(options: FilterProxyOptions = {}): Promise<FilterProxy> {
  const limits = { ...proxyLimits, ...options.limits };
  const connect: ConnectOptions = {
    connectTo: options.connectTo,
    allowPrivate: options.allowPrivate,
    resolve: options.resolve ?? createResolver(),
    dnsMs: limits.dnsMs,
    connectMs: limits.connectMs,
  };
  const agent = new Agent({
    connect: createConnector(connect),
    allowH2: false,
    pipelining: 1,
    connections: 1,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.headersMs,
    maxHeaderSize: 64 * 1024,
    keepAliveTimeout: 4_000,
  });
  const context: ProxyContext = { turns: createHostTurns(), agent, connect, limits };
  const doors = new Map<string, Door>();
  const server = http.createServer({ maxHeaderSize: 64 * 1024, headersTimeout: limits.headersMs });
  server.maxConnections = 1000;
  server.on("request", (request, response) => {
    const door = findDoor(doors, request);
    if (door) void answerRequest(context, { door, request, response });
    else response.writeHead(407, { ...challenge, "content-length": 0 }).end();
  });
  server.on("connect", (request, stream, head) => {
    const socket = stream as Socket;
    const door = findDoor(doors, request);
    if (door) void openTunnel(context, { door, request, socket, head });
    else refuseTunnel(socket, "407 Proxy Authentication Required", challenge);
  });
  // Sockets that ask to be something else than a tunnel; browsers send none of these to a proxy.
  server.on("upgrade", (_request, socket) => socket.destroy());
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    openDoor(beforeRequest) {
      const door = createDoor(limits, beforeRequest, () => doors.delete(door.username));
      doors.set(door.username, door);
      return door;
    },
    async close() {
      for (const door of doors.values()) door.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await agent.destroy();
    },
  };
}

/** The page a request comes from, by the password it carries. */
function findDoor(doors: Map<string, Door>, request: http.IncomingMessage): Door | undefined {
  const [, encoded] =
    /^basic ([a-z0-9+/=]+)$/i.exec(request.headers["proxy-authorization"] ?? "") ?? [];
  if (!encoded) return undefined;
  const [username = "", password = ""] = Buffer.from(encoded, "base64").toString().split(":");
  const door = doors.get(username);
  return door?.opens(password) ? door : undefined;
}

const challenge = { "proxy-authenticate": 'Basic realm="waymark"' };

import type http from "node:http";
import type { Socket } from "node:net";
import { openChecked } from "./connect.ts";
import type { ProxyContext } from "./filter-proxy.ts";
import type { Door } from "./proxy-door.ts";

type Dig = { door: Door; request: http.IncomingMessage; socket: Socket; head: Buffer };

/** Opens a tunnel, for https and WebSockets: what is in it is the browser's business, where it leads is ours. */
export async function openTunnel(
  context: ProxyContext,
  { door, request, socket, head }: Dig,
): Promise<void> {
  const url = tunnelUrl(request.url ?? "");
  const deny = (reason: string): void => {
    door.deny(url ?? String(request.url), reason);
    refuseTunnel(socket, "403 Forbidden");
  };
  if (!url) return deny("not a host and a port");
  const { protocol, hostname, host, port } = new URL(url);
  if (protocol === "https:" && context.connect.connectTo) {
    return deny("https cannot be reached in development");
  }
  if (door.sockets >= door.limits.socketsMax) return deny("the page has too many connections open");
  door.sockets += 1;
  const leave = (): void => void socket.destroy();
  door.signal.addEventListener("abort", leave);
  const release = await context.turns.take(host);
  try {
    if (socket.destroyed || !(await door.admitTunnel(url)))
      return refuseTunnel(socket, "403 Forbidden");
    const onward = await openChecked(context.connect, {
      hostname: hostname.replace(/^\[|\]$/g, ""),
      host,
      // The browser speaks TLS through the tunnel; this end of it is plain.
      protocol: "http:",
      port: port || (protocol === "https:" ? "443" : "80"),
    });
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    await join(context, { door, socket, onward, head, host });
  } catch (error) {
    deny((error as Error).message);
  } finally {
    door.signal.removeEventListener("abort", leave);
    door.sockets -= 1;
    release();
  }
}

/** `host:port` as an address; port 443 speaks TLS, every other is plain. */
function tunnelUrl(authority: string): string | undefined {
  const [, host, port] = /^([^\s/@?#\\]+):(\d{1,5})$/.exec(authority) ?? [];
  const url = `${port === "443" ? "https" : "http"}://${host}:${port}/`;
  return host && URL.canParse(url) ? new URL(url).href : undefined;
}

type Joint = Omit<Dig, "request"> & { onward: Socket; host: string };

/** Lets both ends talk until one of them leaves, the page is over or had its bytes, or another must have its turn. */
function join(context: ProxyContext, { door, socket, onward, head, host }: Joint): Promise<void> {
  return new Promise((resolve) => {
    const { tunnelIdleMs, headersMs, uploadBytesMax } = context.limits;
    let uploaded = head.length;
    let last = { at: performance.now(), isAnswer: false };
    const end = (): void => {
      clearInterval(timer);
      socket.destroy();
      onward.destroy();
      resolve();
    };
    const timer = setInterval(() => {
      if (!context.turns.isWaitedFor(host)) return;
      // Silence after a question is waiting for the answer; after an answer it is a socket kept for later.
      const quietMs = last.isAnswer ? tunnelIdleMs : headersMs;
      if (performance.now() - last.at > quietMs) end();
    }, tunnelIdleMs / 4);
    onward.on("data", (piece: Buffer) => {
      last = { at: performance.now(), isAnswer: true };
      if (door.receive(piece.length)) return;
      door.deny(`https://${host}/`, "the page has had all its bytes");
      end();
    });
    socket.on("data", (piece: Buffer) => {
      last = { at: performance.now(), isAnswer: false };
      uploaded += piece.length;
      if (uploaded > uploadBytesMax) end();
    });
    for (const each of [socket, onward]) each.on("error", end).on("close", end);
    onward.write(head);
    socket.pipe(onward);
    onward.pipe(socket);
    if (socket.destroyed || onward.destroyed) end();
  });
}

/** Ends a socket that wanted to be a tunnel; the answer to a challenge comes on a new one. */
export function refuseTunnel(
  socket: Socket,
  status: string,
  headers: Record<string, string> = {},
): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status}`, ...lines, "content-length: 0", "", ""].join("\r\n"));
}

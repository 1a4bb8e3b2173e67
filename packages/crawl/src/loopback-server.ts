import http from "node:http";
import net, { type AddressInfo } from "node:net";

/** A server on this machine for one test: `url` is its origin; it is gone when the test's scope ends. */
export type LoopbackServer = AsyncDisposable & { url: string; port: number; connections: number };

/** Plays a website with a request handler of node:http. */
export const playSite = (handler: http.RequestListener): Promise<LoopbackServer> =>
  listen(http.createServer(handler));

/** Plays a server that speaks for itself, byte by byte, once it has got a request. */
export const playSocket = (answer: (socket: net.Socket) => void): Promise<LoopbackServer> =>
  listen(
    net.createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => answer(socket));
    }),
  );

async function listen(server: net.Server): Promise<LoopbackServer> {
  const sockets = new Set<net.Socket>();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const loopback: LoopbackServer = {
    url: `http://127.0.0.1:${port}`,
    port,
    connections: 0,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on("connection", (socket) => {
    loopback.connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  return loopback;
}

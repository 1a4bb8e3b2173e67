import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { BadInput } from "@waymark/domain";
import type { Hono } from "hono";

/** Serves a desk; `url` is where it really listens, also when the port was 0. */
export async function serveDesk(
  app: Hono,
  { port, host }: { port: number; host: string },
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    serverOptions: { headersTimeout: 20_000, requestTimeout: 60_000 },
  }) as Server;
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, port, host);
  }
  const address = server.address() as AddressInfo;
  return {
    url: `http://${nameOf(host)}:${address.port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      // Whoever still waits for an answer gets a moment; keep-alive connections must not hold us.
      const end = setTimeout(() => server.closeAllConnections(), 3_000);
      await closed;
      clearTimeout(end);
    },
  };
}

/** What a browser on this machine can open: a wildcard is no name. */
const nameOf = (host: string): string =>
  ["0.0.0.0", "::", "[::]"].includes(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const hint = "set WAYMARK_PORT to another one";
  if (error.code === "EADDRINUSE")
    return new BadInput(`port ${port} is in use already: ${hint}`, { cause: error });
  if (error.code === "EACCES")
    return new BadInput(`port ${port} may not be used by this account: ${hint}`, { cause: error });
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return new BadInput(`this machine has no address ${host}: set WAYMARK_HOST to one it has`, {
      cause: error,
    });
  return error;
}

import { once } from "node:events";
import { createServer } from "node:net";
import { BadInput } from "@waymark/domain";

/** Makes sure, before anything long begins, that the desk will be able to listen. */
export async function assertPortFree({
  port,
  host,
}: {
  port: number;
  host: string;
}): Promise<void> {
  const server = createServer();
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === "EADDRINUSE"
        ? `port ${port} is in use already: end the program that has it, or set WAYMARK_PORT to another port`
        : code === "EACCES"
          ? `port ${port} may not be used by this account: set WAYMARK_PORT to another port`
          : `cannot listen on ${host}:${port} (${message}): set WAYMARK_HOST to an address of this machine`;
    throw new BadInput(reason, { cause: error });
  }
  server.close();
  await once(server, "close");
}

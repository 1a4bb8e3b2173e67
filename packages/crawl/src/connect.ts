import type { LookupFunction, Socket } from "node:net";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import { isPublicAddress } from "./public-address.ts";
import { type ResolveHost, saysNone } from "./resolve-host.ts";

export type ConnectOptions = {
  /** Development: every host is reached at this address instead of its own. */
  connectTo?: { host: string; port: number } | undefined;
  /** Lets addresses and ports through that are not of the public web; for tests on loopback. */
  allowPrivate?: boolean | undefined;
  resolve: ResolveHost;
  dnsMs: number;
  connectMs: number;
};

/** The host leads to, or is, an address a crawler has no business with. */
export class ForbiddenAddress extends Error {
  override readonly name = "ForbiddenAddress";
}

/** The host's name has no address. */
export class NoAddress extends Error {
  override readonly name = "NoAddress";
  readonly code: string;
  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** `WAYMARK_CONNECT_TO` reaches one plain server: it cannot speak for the certificate of every host. */
export class HttpsUnderConnectTo extends Error {
  override readonly name = "HttpsUnderConnectTo";
  readonly code = "HTTPS_UNDER_CONNECT_TO";
}

/**
 * Opens the sockets of the crawler.
 *
 * Invariant: no byte is sent to an address that is not public. The address is checked where it is used:
 * as a literal (a look-up function never sees those), as an answer of the name server, and as what the
 * socket says it is connected to. Names are looked up once and the socket goes to the checked answer, so a
 * name that changes its mind in between gains nothing. Pooled sockets keep the address they were checked on.
 */
export function createConnector(options: ConnectOptions): buildConnector.connector {
  return (target, callback) => {
    openChecked(options, target).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    );
  };
}

/** One socket on the same terms, for who brings a client of its own: the browser's proxy. */
export async function openChecked(
  options: ConnectOptions,
  target: buildConnector.Options,
): Promise<Socket> {
  if (options.connectTo) return openDevelopment(options, options.connectTo, target);
  if (options.allowPrivate) {
    return dial(options, target, await addressesOf(options, target.hostname));
  }
  checkPort(target);
  const addresses = await addressesOf(options, target.hostname);
  // One private answer among public ones is either a mistake or an attack; neither deserves a socket.
  const inside = addresses.find((address) => !isPublicAddress(address));
  if (inside !== undefined) throw forbidden(target.hostname, inside);
  const socket = await dial(options, target, addresses);
  if (!socket.remoteAddress || !isPublicAddress(socket.remoteAddress)) {
    socket.destroy();
    throw forbidden(target.hostname, socket.remoteAddress ?? "an unknown address");
  }
  return socket;
}

function openDevelopment(
  { connectMs }: ConnectOptions,
  connectTo: { host: string; port: number },
  target: buildConnector.Options,
): Promise<Socket> {
  if (target.protocol === "https:") {
    throw new HttpsUnderConnectTo(
      `https://${target.hostname} cannot be reached while WAYMARK_CONNECT_TO is set: it leads every host to one http server`,
    );
  }
  return settle(buildConnector({ timeout: connectMs, allowH2: false }), {
    ...target,
    hostname: connectTo.host,
    port: String(connectTo.port),
  });
}

function checkPort({ hostname, port }: buildConnector.Options): void {
  if (port === "" || port === "80" || port === "443") return;
  throw new ForbiddenAddress(`${hostname} asks for port ${port}; only 80 and 443 are visited`);
}

async function addressesOf(
  { resolve, dnsMs }: ConnectOptions,
  hostname: string,
): Promise<string[]> {
  if (isIP(hostname)) return [hostname];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = Object.assign(
      new Error(`no name server answered for ${hostname} in ${dnsMs} ms`),
      {
        code: "ETIMEOUT",
      },
    );
    timer = setTimeout(() => reject(error), dnsMs);
  });
  try {
    const addresses = await Promise.race([resolve(hostname), late]);
    if (addresses.length === 0) throw new NoAddress("ENODATA", `${hostname} has no address`);
    return addresses;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    // A name server that fails or stays silent says nothing of the name: that error rises as it is.
    if (!code || !saysNone.has(code)) throw cause;
    throw new NoAddress(code, `${hostname} has no address (${code})`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** Connects to one of the checked addresses; the name stays what the certificate is held against. */
function dial(
  { connectMs }: ConnectOptions,
  target: buildConnector.Options,
  addresses: string[],
): Promise<Socket> {
  const answers = addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup: LookupFunction = (_hostname, { all }, callback) => {
    if (all) callback(null, answers);
    else callback(null, answers[0]!.address, answers[0]!.family);
  };
  const connect = buildConnector({
    lookup,
    timeout: connectMs,
    allowH2: false,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 1500,
  } as buildConnector.BuildOptions);
  return settle(connect, target);
}

function settle(
  connect: buildConnector.connector,
  target: buildConnector.Options,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    connect(target, (error, socket) => {
      if (error) reject(error);
      else resolve(socket as Socket);
    });
  });
}

const forbidden = (hostname: string, address: string): ForbiddenAddress =>
  new ForbiddenAddress(
    hostname === address
      ? `${address} is not an address of the public internet`
      : `${hostname} leads to ${address}, which is not an address of the public internet`,
  );

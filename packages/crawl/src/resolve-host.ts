import { Resolver } from "node:dns/promises";

/** Gives the IP addresses of a host name, or throws with a `code` such as `ENOTFOUND`. */
export type ResolveHost = (hostname: string) => Promise<string[]>;

/**
 * Asks the name servers directly. The system's own look-up would hold one of four threads, shared with
 * decompression, for as long as a dead name server takes; a night meets hundreds of those.
 */
export function createResolver(): ResolveHost {
  const resolver = new Resolver({ timeout: 1200, tries: 2 });
  return async (hostname) => {
    const [v4, v6] = await Promise.allSettled([
      resolver.resolve4(hostname),
      resolver.resolve6(hostname),
    ]);
    // IPv4 first: a machine that crawls has it more surely than IPv6.
    const addresses = [
      ...(v4.status === "fulfilled" ? v4.value : []),
      ...(v6.status === "fulfilled" ? v6.value : []),
    ];
    if (addresses.length > 0) return addresses;
    const failures = [v4, v6].flatMap((result) =>
      result.status === "rejected" ? [result.reason as NodeJS.ErrnoException] : [],
    );
    // "There is no such name" is only believed when neither question failed for another reason.
    throw failures.find(({ code }) => !saysNone.has(code ?? "")) ?? failures[0];
  };
}

/** Answers that mean the name has no address, against those that mean nobody answered. */
export const saysNone = new Set(["ENOTFOUND", "ENODATA", "ENONAME", "EBADNAME"]);

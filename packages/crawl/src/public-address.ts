import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/**
 * Whether an IP address belongs to the public internet. Everything the registries set aside is not:
 * loopback, private and link-local networks, shared carrier space, documentation, multicast, and the
 * IPv6 forms that carry an IPv4 address inside (NAT64, 6to4, Teredo). An IPv4-mapped address counts as
 * the IPv4 address it stands for, since that is where the socket goes.
 */
export function isPublicAddress(address: string): boolean {
  // ipaddr.js alone reads short and octal forms as well; what is no plain address is not public.
  if (isIP(address) === 0 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast" || cloudServices.has(parsed.toString())) return false;
  // ipaddr.js calls "unicast" whatever no registry names, among it the old `::a.b.c.d` form and space
  // nobody was given. Global addresses are all handed out from one eighth of the space.
  return parsed.kind() === "ipv4" || parsed.match(globalUnicast);
}

const globalUnicast = ipaddr.parseCIDR("2000::/3") as [ipaddr.IPv6, number];

/** Public by registry, but answered by the machine's own cloud: Azure's host service. */
const cloudServices = new Set(["168.63.129.16"]);

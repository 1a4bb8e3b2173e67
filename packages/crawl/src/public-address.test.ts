import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublicAddress } from "./public-address.ts";

const check = (address: string, isPublic: boolean): void =>
  test(`${address} is ${isPublic ? "public" : "not public"}`, () => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });

for (const address of [
  ...[
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
  ],
  ...[
    "192.169.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
  ],
  ...["2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "2001:4860:4860::8888", "::ffff:8.8.8.8"],
])
  check(address, true);

for (const address of [
  // The IANA registries of special IPv4 and IPv6 addresses, first and last of a block where that can go wrong.
  ...["0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255"],
  ...[
    "127.0.0.1",
    "127.255.255.254",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.0",
    "172.31.255.255",
  ],
  ...[
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.0.1",
  ],
  ...["192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1"],
  ...["239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16", "100.100.100.200"],
  ...[
    "::",
    "::1",
    "::127.0.0.1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:0:127.0.0.1",
  ],
  ...[
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:2::1",
    "2001:3::1",
  ],
  ...[
    "2001:4:112::1",
    "2001:10::1",
    "2001:20::1",
    "2001:30::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2620:4f:8000::1",
  ],
  ...[
    "3fff::1",
    "4000::1",
    "5f00::1",
    "8000::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
  ],
  ...["ff02::1", "1::1", "", "localhost", "1.2.3", "1.2.3.4.5", "example.org", "[::1]"],
])
  check(address, false);

test("20,000 addresses by chance, against the registry's own blocks", () => {
  // Written as first and last numbers, so that it shares nothing with the code it is held against.
  const special: [string, string][] = [
    ["0.0.0.0", "0.255.255.255"],
    ["10.0.0.0", "10.255.255.255"],
    ["100.64.0.0", "100.127.255.255"],
    ["127.0.0.0", "127.255.255.255"],
    ["169.254.0.0", "169.254.255.255"],
    ["172.16.0.0", "172.31.255.255"],
    ["192.0.0.0", "192.0.0.255"],
    ["192.0.2.0", "192.0.2.255"],
    ["192.31.196.0", "192.31.196.255"],
    ["192.52.193.0", "192.52.193.255"],
    ["192.88.99.0", "192.88.99.255"],
    ["192.168.0.0", "192.168.255.255"],
    ["192.175.48.0", "192.175.48.255"],
    ["198.18.0.0", "198.19.255.255"],
    ["198.51.100.0", "198.51.100.255"],
    ["203.0.113.0", "203.0.113.255"],
    ["224.0.0.0", "255.255.255.255"],
    ["168.63.129.16", "168.63.129.16"],
  ];
  const numberOf = (address: string): number =>
    address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const blocks = special.map(([first, last]) => [numberOf(first), numberOf(last)] as const);
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const value = numberOf(address);
      const isSpecial = blocks.some(([first, last]) => value >= first && value <= last);
      return (
        isPublicAddress(address) === !isSpecial &&
        isPublicAddress(`::ffff:${address}`) === !isSpecial
      );
    }),
    { numRuns: 10_000 },
  );
  fc.assert(
    fc.property(
      fc.ipV6(),
      (address) =>
        !isPublicAddress(address) || /^(::ffff:|[23])/i.test(address) || address.includes("."),
    ),
    { numRuns: 10_000 },
  );
});

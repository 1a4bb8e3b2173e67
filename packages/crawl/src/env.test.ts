import { expect, test } from "vitest";
import { crawlEnv } from "./env.ts";
import { noContact, userAgentOf } from "./user-agent.ts";

const check = (name: string, env: Record<string, string>, expected: object | RegExp): void =>
  test(name, () => {
    const result = crawlEnv.safeParse(env);
    if (expected instanceof RegExp) {
      expect(result.error?.issues.map(({ message }) => message).join("\n")).toMatch(expected);
    } else {
      expect(result.data).toEqual(expected);
    }
  });

check("nothing set", {}, { WAYMARK_CONTACT: noContact });
check(
  "set to nothing",
  { WAYMARK_CONTACT: "", WAYMARK_CONNECT_TO: "" },
  { WAYMARK_CONTACT: noContact },
);
check(
  "a mail address",
  { WAYMARK_CONTACT: "web@example.org" },
  { WAYMARK_CONTACT: "web@example.org" },
);
check(
  "a web address",
  { WAYMARK_CONTACT: "https://example.org/bot" },
  { WAYMARK_CONTACT: "https://example.org/bot" },
);
check(
  "a contact that reaches nobody",
  { WAYMARK_CONTACT: "me" },
  /WAYMARK_CONTACT must be a web address or a mail address/,
);
check(
  "connect to",
  { WAYMARK_CONNECT_TO: "127.0.0.1:8080" },
  { WAYMARK_CONTACT: noContact, WAYMARK_CONNECT_TO: { host: "127.0.0.1", port: 8080 } },
);
check(
  "connect to IPv6",
  { WAYMARK_CONNECT_TO: "[::1]:8080" },
  { WAYMARK_CONTACT: noContact, WAYMARK_CONNECT_TO: { host: "::1", port: 8080 } },
);
for (const bad of ["8080", "localhost", "http://localhost:8080", "a:0", "a:99999"]) {
  check(
    `connect to ${bad}`,
    { WAYMARK_CONNECT_TO: bad },
    /write host:port, such as 127\.0\.0\.1:8080/,
  );
}
check(
  "connect to, in production",
  { WAYMARK_CONNECT_TO: "127.0.0.1:8080", NODE_ENV: "production" },
  /must not be set when NODE_ENV is production/,
);
check(
  "production without it",
  { NODE_ENV: "production" },
  { NODE_ENV: "production", WAYMARK_CONTACT: noContact },
);

test("the user agent says whom to write to", () => {
  expect(userAgentOf({ version: "0.1", contact: "mailto:web@example.org" })).toBe(
    "Waymark/0.1 (+mailto:web@example.org)",
  );
  expect(userAgentOf({ version: "0.1", contact: "web@example.org" })).toBe(
    "Waymark/0.1 (+mailto:web@example.org)",
  );
  expect(userAgentOf({ version: "0.1", contact: "https://example.org/bot" })).toBe(
    "Waymark/0.1 (+https://example.org/bot)",
  );
  expect(userAgentOf({ version: "0.1", contact: noContact })).toBe(
    "Waymark/0.1 (the operator has set no contact)",
  );
  expect(userAgentOf({ version: "0.1", contact: "a)\r\nx: y" })).toBe("Waymark/0.1 (ax: y)");
  expect(userAgentOf({ version: "0.1", contact: "" })).toBe(`Waymark/0.1 (${noContact})`);
});

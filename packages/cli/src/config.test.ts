import { expect, test } from "vitest";
import { loadConfig } from "./config.ts";

/** What is said of these settings. */
const check = (name: string, env: NodeJS.ProcessEnv, ...said: string[]): void =>
  test(name, () => {
    for (const part of said) expect(() => loadConfig(env)).toThrow(part);
  });

check(
  "every variable at fault is named with its value and the remedy",
  { WAYMARK_PORT: "many", WAYMARK_CLOCK: "soon", WAYMARK_LOG_LEVEL: "loud", REDIS_URL: "here" },
  'WAYMARK_PORT is "many": write a port number from 0 to 65535',
  'WAYMARK_CLOCK is "soon": WAYMARK_CLOCK must be a time such as 2026-03-01T02:00:00Z',
  'WAYMARK_LOG_LEVEL is "loud": write one of trace, debug, info',
  'REDIS_URL is "here": REDIS_URL must begin with redis://',
);
check(
  "a password is left out",
  { DATABASE_URL: "mysql://me:p:a@ss@there/x" },
  'DATABASE_URL is "mysql://me:…@there/x": DATABASE_URL must begin with postgres://',
);
check(
  "one address for the whole web is refused in production",
  { NODE_ENV: "production", WAYMARK_CONNECT_TO: "127.0.0.1:80" },
  "WAYMARK_CONNECT_TO leads every host to one development server",
);

test("nothing set, or set to nothing, is the default", () => {
  const { folder, who, home, ...config } = loadConfig({ DATABASE_URL: "", WAYMARK_PORT: "" });
  expect(config).toMatchObject({ databaseUrl: undefined, port: 4780, host: "127.0.0.1" });
  expect(home).toMatch(/[\\/]\.waymark$/);
});

test("files are found from the folder the command was typed in", () => {
  expect(loadConfig({ INIT_CWD: "/somewhere" }).folder).toBe("/somewhere");
});

import { userInfo } from "node:os";
import { resolve } from "node:path";
import { deskEnv } from "@waymark/desk";
import { BadInput } from "@waymark/domain";
import { crawlEnv, pipelineEnv } from "@waymark/pipeline";
import { storeEnv } from "@waymark/store";
import { z } from "zod";

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const cliEnv = z.object({ WAYMARK_LOG_LEVEL: z.enum(logLevels).optional() });

/** Everything a command may be told from outside, parsed once before anything starts. */
export type Config = {
  databaseUrl: string | undefined;
  /** Where the embedded database lives; an absolute path. */
  home: string;
  redisUrl: string | undefined;
  /** The instant the domain clock is pinned to. */
  clock: string | undefined;
  contact: string;
  connectTo: { host: string; port: number } | undefined;
  /** The browser for pages that show themselves only in one; looked for when unset. */
  chromiumPath: string | undefined;
  port: number;
  host: string;
  /** Where people reach the desk, when that is not where it listens. */
  url: string | undefined;
  /** Undefined: each program has a level of its own. */
  logLevel: (typeof logLevels)[number] | undefined;
  /** The folder the command was typed in: files it names are found from there. */
  folder: string;
  /** Who decides and crawls, unless a command says otherwise. */
  who: string;
};

/** Reads the environment; a BadInput names every variable at fault, its value and the remedy. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  // Compose files and shells pass on what is unset as an empty text.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const store = parse(storeEnv, given);
  const pipeline = parse(pipelineEnv, given);
  const crawl = parse(crawlEnv, given);
  const desk = parse(deskEnv, given);
  const cli = parse(cliEnv, given);
  const problems = [store, pipeline, crawl, desk, cli].flatMap((part) =>
    part.success ? [] : part.problems,
  );
  if (!store.success || !pipeline.success || !crawl.success || !desk.success || !cli.success) {
    throw new BadInput(problems.join("\n"));
  }
  return {
    databaseUrl: store.data.DATABASE_URL,
    home: resolve(store.data.WAYMARK_HOME),
    redisUrl: pipeline.data.REDIS_URL,
    clock: pipeline.data.WAYMARK_CLOCK,
    contact: crawl.data.WAYMARK_CONTACT,
    connectTo: crawl.data.WAYMARK_CONNECT_TO,
    chromiumPath: crawl.data.CHROMIUM_PATH,
    port: desk.data.WAYMARK_PORT,
    host: desk.data.WAYMARK_HOST,
    url: desk.data.WAYMARK_URL,
    logLevel: cli.data.WAYMARK_LOG_LEVEL,
    folder: given.INIT_CWD ?? process.cwd(),
    who: userName(),
  };
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): { success: true; data: z.infer<Schema> } | { success: false; problems: string[] } {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed;
  return { success: false, problems: parsed.error.issues.map((issue) => describe(issue, env)) };
}

/** Whether a failure should tell where in the code it happened. */
export const wantsStack = (env: NodeJS.ProcessEnv = process.env): boolean =>
  ["debug", "trace"].includes(env.WAYMARK_LOG_LEVEL ?? "");

/** What to write instead, where the schema's own words do not say it. */
const remedies: { [variable: string]: string } = {
  WAYMARK_PORT: "write a port number from 0 to 65535, such as 4780",
  WAYMARK_LOG_LEVEL: `write one of ${logLevels.join(", ")}`,
};

function describe(issue: z.core.$ZodIssue, env: NodeJS.ProcessEnv): string {
  const variable = String(issue.path[0]);
  const words = remedies[variable] ?? issue.message;
  const value = env[variable] === undefined ? "" : ` is "${withoutSecret(env[variable])}"`;
  return words.startsWith(`${variable}${value}`) ? words : `${variable}${value}: ${words}`;
}

/** A setting fit for a message: what stands between a user's name and an @ is left out. */
const withoutSecret = (value: string): string => value.replace(/(:\/\/[^:/@]*:).*@/, "$1…@");

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "operator";
  }
}

import { z } from "zod";
import { noContact } from "./user-agent.ts";

const absent = (value: unknown): unknown => (value === "" ? undefined : value);

const HostAndPort = z.string().transform((text, context) => {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+)):(\d{1,5})$/i.exec(text.trim());
  const port = Number(match?.[3]);
  if (!match || port < 1 || port > 65_535) {
    context.addIssue({
      code: "custom",
      message: `WAYMARK_CONNECT_TO is "${text}"; write host:port, such as 127.0.0.1:8080`,
    });
    return z.NEVER;
  }
  return { host: (match[1] ?? match[2])!, port };
});

/**
 * How the crawler presents itself and, in development, where it goes instead of the web. Programs parse it;
 * nothing here reads the environment.
 */
export const crawlEnv = z
  .object({
    NODE_ENV: z.string().optional(),
    WAYMARK_CONTACT: z.preprocess(
      absent,
      z
        .string()
        .trim()
        .regex(
          /^(https?:\/\/\S+|(mailto:)?[^\s@]+@[^\s@]+\.[^\s@]+)$/i,
          "WAYMARK_CONTACT must be a web address or a mail address, such as mailto:web@example.org",
        )
        .default(noContact),
    ),
    WAYMARK_CONNECT_TO: z.preprocess(absent, HostAndPort.optional()),
    CHROMIUM_PATH: z.preprocess(absent, z.string().optional()),
  })
  .superRefine((env, context) => {
    if (env.NODE_ENV === "production" && env.WAYMARK_CONNECT_TO) {
      context.addIssue({
        code: "custom",
        path: ["WAYMARK_CONNECT_TO"],
        message:
          "WAYMARK_CONNECT_TO leads every host to one development server and must not be set when NODE_ENV is production",
      });
    }
  });
/** The settings as programs hold them, parsed. */
export type CrawlEnv = z.infer<typeof crawlEnv>;

import { type Logger, pino } from "pino";
import pretty from "pino-pretty";
import type { Config } from "./config.ts";

export type { Logger } from "pino";

/** Events with fields on stderr: pretty on a terminal, JSON otherwise. Results go to stdout. */
export function createLog(config: Config, level: "info" | "warn"): Logger {
  const stream = process.stderr.isTTY
    ? pretty({
        destination: 2,
        sync: true,
        colorize: process.stderr.hasColors(),
        ignore: "pid,hostname",
        translateTime: "HH:MM:ss",
      })
    : pino.destination({ dest: 2, sync: true });
  return pino({ level: config.logLevel ?? level, base: null }, stream);
}

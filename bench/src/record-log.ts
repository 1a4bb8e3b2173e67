import { appendFileSync } from "node:fs";
import type { WorkerConfig } from "@waymark/pipeline/worker";

export type LogEntry = { level: "warn" | "error"; message: string; fields: object };
export type RecordedLog = { log: WorkerConfig["log"]; entries: LogEntry[] };

/**
 * A log that keeps what a worker warns of and complains about, so that a bench can count it; with a file,
 * it is written there as well.
 */
export function recordLog(file?: string): RecordedLog {
  const entries: LogEntry[] = [];
  const keep = (level: LogEntry["level"], fields: object, message: string) => {
    const entry = { level, message, fields };
    entries.push(entry);
    if (file) appendFileSync(file, `${JSON.stringify(entry, withErrors)}\n`);
  };
  const logOf = (bindings: object): object => {
    const at = (level: LogEntry["level"]) => (first: unknown, message?: string) =>
      typeof first === "string"
        ? keep(level, bindings, first)
        : keep(level, { ...bindings, ...(first as object) }, message ?? "");
    const drop = () => undefined;
    return {
      level: "warn",
      trace: drop,
      debug: drop,
      info: drop,
      warn: at("warn"),
      error: at("error"),
      fatal: at("error"),
      child: (more: object) => logOf({ ...bindings, ...more }),
    };
  };
  // Of pino's logger the worker uses these methods alone; the bench owns no pino.
  return { log: logOf({}) as WorkerConfig["log"], entries };
}

const withErrors = (_key: string, value: unknown) =>
  value instanceof Error ? { message: value.message, stack: value.stack } : value;

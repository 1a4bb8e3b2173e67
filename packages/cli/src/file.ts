import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { BadInput } from "@waymark/domain";
import type { Config } from "./config.ts";

/** The bytes of a file that the command line names, from the folder it was typed in. */
export function readBytes({ folder }: Config, file: string): Uint8Array {
  try {
    return readFileSync(resolve(folder, file));
  } catch (error) {
    throw new BadInput(`cannot read ${resolve(folder, file)}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Its text, which must be UTF-8. */
export function readText(config: Config, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readBytes(config, file));
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(`${file} is not UTF-8 text: save it as UTF-8`, { cause: error });
  }
}

/** Writes a text to such a file. */
export function writeText({ folder }: Config, file: string, text: string): void {
  try {
    writeFileSync(resolve(folder, file), text);
  } catch (error) {
    throw new BadInput(`cannot write ${resolve(folder, file)}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: { [code: string]: string } = {
    ENOENT: "there is no such file or folder",
    EISDIR: "it is a folder",
    EACCES: "this account may not",
    EROFS: "the disk is read-only",
    ENOSPC: "the disk is full",
  };
  return reasons[code ?? ""] ?? message;
}

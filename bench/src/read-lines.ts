import { existsSync, readFileSync } from "node:fs";
import { BadInput } from "@waymark/domain";
import type { z } from "zod";

/** The records of a file with one JSON a line, each held against its schema. */
export function readLines<Shape extends z.ZodType>(path: string, shape: Shape): z.infer<Shape>[] {
  return readText(path)
    .split("\n")
    .flatMap((line, index) => {
      if (line.trim() === "") return [];
      const parsed = shape.safeParse(JSON.parse(line));
      if (parsed.success) return [parsed.data];
      throw new BadInput(`${path}, line ${index + 1}: ${parsed.error.issues[0]?.message}`);
    });
}

/** The text of a file; a clear sentence where there is none. */
export function readText(path: string): string {
  if (!existsSync(path)) throw new BadInput(`there is no file ${path}`);
  return readFileSync(path, "utf8");
}

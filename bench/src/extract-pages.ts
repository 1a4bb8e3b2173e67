import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { BadInput } from "@waymark/domain";

/** A page of a folder: its id is the file's name without its endings. */
export type PageFile = { id: string; file: string };

/** The pages of a folder in the order of their names, or every n-th of them. */
export function listPages(folder: string, sample: number): PageFile[] {
  const pages = readdirSync(folder)
    .filter((name) => /\.html(\.gz)?$/.test(name))
    .sort()
    .filter((_, index) => index % sample === 0)
    .map((name) => ({
      id: basename(name).replace(/\.html(\.gz)?$/, ""),
      file: join(folder, name),
    }));
  if (pages.length === 0) throw new BadInput(`${folder} holds no .html and no .html.gz`);
  return pages;
}

/** The bytes of a page, unpacked. */
export function readPageFile(file: string): Uint8Array {
  const packed = readFileSync(file);
  return file.endsWith(".gz") ? gunzipSync(packed) : packed;
}

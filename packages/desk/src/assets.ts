import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { OpenCall } from "./call.ts";
import { notFound } from "./problem.ts";

type Asset = { body: string; type: string; path: string };

/** The parts of the style, in the order in which later ones may overrule. */
const styles = [
  "base",
  "frame",
  "controls",
  "cards",
  "values",
  "pairs",
  "timeline",
  "tables",
  "screens",
];

/** What browsers load beside the pages: each under the hash of its content, so that it can be kept for good. */
const assets: Record<string, Asset> = {
  "desk.css": describe(
    "desk.css",
    "text/css; charset=utf-8",
    styles.map((style) => read(`${style}.css`)).join("\n"),
  ),
  "desk.js": describe("desk.js", "text/javascript; charset=utf-8", read("desk.js")),
  "mark.svg": describe("mark.svg", "image/svg+xml", read("mark.svg")),
};

/** The address of a file a page loads. */
export const assetPath = (name: "desk.css" | "desk.js" | "mark.svg"): string => assets[name]!.path;

/** Answers with one of them; for good when the address names its hash. */
export async function sendAsset({ c }: OpenCall): Promise<Response> {
  const asset = assets[c.req.param("name") ?? ""];
  if (!asset) throw notFound("such file");
  const isCurrent = c.req.query("v") === new URLSearchParams(asset.path.split("?")[1]).get("v");
  return c.body(asset.body, 200, {
    "content-type": asset.type,
    "cache-control": isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
  });
}

function read(file: string): string {
  return readFileSync(new URL(`./browser/${file}`, import.meta.url), "utf8");
}

function describe(name: string, type: string, body: string): Asset {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
  return { body, type, path: `/assets/${name}?v=${hash}` };
}

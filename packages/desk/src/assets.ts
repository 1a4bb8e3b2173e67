import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { OpenCall } from "./call.ts";
import { notFound } from "./problem.ts";

type Asset = { body: string; type: string; path: string };

/** What browsers load beside the pages: each file under its own hash, so that it can be kept for good. */
const assets: Record<string, Asset> = {
  "desk.css": load("desk.css", "text/css; charset=utf-8"),
  "desk.js": load("desk.js", "text/javascript; charset=utf-8"),
  "mark.svg": load("mark.svg", "image/svg+xml"),
};

/** The address of a file a page loads. */
export const assetPath = (name: "desk.css" | "desk.js" | "mark.svg"): string => assets[name]!.path;

export async function sendAsset({ c }: OpenCall): Promise<Response> {
  const asset = assets[c.req.param("name") ?? ""];
  if (!asset) throw notFound("such file");
  const isCurrent = c.req.query("v") === new URLSearchParams(asset.path.split("?")[1]).get("v");
  return c.body(asset.body, 200, {
    "content-type": asset.type,
    "cache-control": isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
  });
}

function load(name: string, type: string): Asset {
  const body = readFileSync(new URL(`./browser/${name}`, import.meta.url), "utf8");
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
  return { body, type, path: `/assets/${name}?v=${hash}` };
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { exampleFolders } from "./example-files.ts";
import { changedBefore, type Night } from "./example-night.ts";

/** What a site answers in place of a file: one entry of its `_answers.json`, by path or by `*` for every path. */
export type SpecialAnswer = {
  status?: number;
  headers?: Record<string, string>;
  /** Where a redirect leads; `{path}` stands for the path and query that were asked for. */
  location?: string;
  /** `no-address`: the connection breaks off, as if the name did not resolve. */
  behaviour?: "no-address";
};

export type SiteFile = { body: Buffer; extension: string; changedAt: Date };

export type Site = {
  /** By the path that is asked for, with its query where the file's name has one. */
  files: Map<string, SiteFile>;
  answers: Map<string, SpecialAnswer>;
};

/** All sites as they are on one night, by host. */
export function loadSites(night: Night): Map<string, Site> {
  const sites = new Map<string, Site>();
  addSites(sites, 1);
  if (night === 2) addSites(sites, 2);
  return sites;
}

function addSites(sites: Map<string, Site>, night: Night): void {
  const folder = exampleFolders[night];
  for (const host of readdirSync(folder)) {
    const site = sites.get(host) ?? { files: new Map(), answers: new Map() };
    sites.set(host, site);
    for (const name of listFiles(join(folder, host))) {
      const body = readFileSync(join(folder, host, name));
      const file = { body, extension: name.split(".").at(-1)!, changedAt: changedBefore[night] };
      for (const path of pathsOf(name)) site.files.set(path, file);
    }
    for (const [path, answer] of readAnswers(join(folder, host))) site.answers.set(path, answer);
  }
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "_answers.json")
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.split(sep).join("/"));

/**
 * `index.html` → `/`; `news.html` → `/news` and `/news.html`; `grants,page=1.html` → `/grants?page=1`
 * (a question mark in a file's name would not survive on every system).
 */
function pathsOf(name: string): string[] {
  if (name === "index.html" || name.endsWith("/index.html")) return [`/${name.slice(0, -10)}`];
  if (!name.endsWith(".html")) return [`/${name}`];
  const [path, query] = name.slice(0, -5).split(",");
  return query ? [`/${path}?${query}`] : [`/${path}`, `/${name}`];
}

function readAnswers(folder: string): [string, SpecialAnswer][] {
  const path = join(folder, "_answers.json");
  return existsSync(path) ? Object.entries(JSON.parse(readFileSync(path, "utf8"))) : [];
}

import { fileURLToPath } from "node:url";

const fileBeside = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

export const exampleCatalogPath = fileBeside("catalog.csv");
export const exampleSourcesPath = fileBeside("sources.json");

/** Where the sites lie: all of them as of night 1, and what night 2 lays over them. */
export const exampleFolders = { 1: fileBeside("sites"), 2: fileBeside("night-2") } as const;

/** The second door of the room, for whoever only looks at pages: it loads none of the readers. */
export { readerVersion } from "./reader-version.ts";
export { skimPage } from "./skim-page.ts";

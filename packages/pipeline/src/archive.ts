/** The third door of the pipeline: archives, for the one command that writes them and the one that crawls them. */
export { type Archive, createArchiveFetcher, openArchive } from "@waymark/crawl/archive";

export { type ArchiveProgress, exportArchive } from "./export-archive.ts";

/**
 * The third door of the room: archives of the web, written and read. Apart from the others, since no nightly
 * crawl needs them.
 */
export { createArchiveFetcher } from "./archive-fetcher.ts";
export { type Archive, openArchive } from "./read-warc.ts";
export { type ArchiveRecord, digestOf, type Moment, packRecord } from "./write-warc.ts";

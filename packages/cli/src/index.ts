/**
 * What people type: the `waymark` command. It composes the programs (worker, desk, all in one) and reads
 * and prints files; it owns no rule of the product. This door is for whoever reads the same files without
 * a terminal: benches and tests. The command itself begins in main.ts.
 */

/** The rows of a catalog file, or a BadInput that names line, column and value at fault. */
export { parseCatalog, writeCatalog } from "./catalog-csv.ts";
/** The sources of a file, or a BadInput that names entry, key and value at fault. */
export { parseSources } from "./sources-file.ts";

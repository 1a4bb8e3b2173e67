/**
 * The example web: some two dozen small sites about learning and work, on two nights that differ, served
 * on loopback by the Host header. In comes a port and a night; out goes a server to which
 * `WAYMARK_CONNECT_TO` can point, and the record of what it was asked. It deliberately knows nothing of
 * Waymark's packages: what should be found on its pages is written down by hand in `../truth.ts`.
 */

/** The catalog that the example begins with, and the sources that watch the example web. */
export { exampleCatalogPath, exampleSourcesPath } from "./example-files.ts";
/** What the domain clock reads on each night. */
export { exampleNights, type Night } from "./example-night.ts";
/** Serves the example web until closed; `npm start` and tests call it. */
export {
  type ExampleWeb,
  type ExampleWebOptions,
  type LoggedRequest,
  startExampleWeb,
} from "./start-example-web.ts";

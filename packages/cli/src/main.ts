import { run } from "./program.ts";

// Whoever reads our output may stop reading, as `head` does: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2));
// A connection that does not close must not keep a finished command alive.
setTimeout(() => process.exit(), 3_000).unref();

import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { giveTo, type PostgresBinaries, type PostgresUser } from "./postgres-binaries.ts";
import { dataOf, writeConnection } from "./postgres-home.ts";

/** Makes the data of a new database. A folder that is half made when the power goes must not look like a database: it is renamed when it is whole. */
export function makeData(home: string, binaries: PostgresBinaries, user: PostgresUser): void {
  const making = join(home, "postgres.new");
  const passwordFile = join(home, "postgres.password");
  const password = randomBytes(24).toString("base64url");
  writeConnection(home, { port: 0, password });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(user, passwordFile);
  try {
    const errors: string[] = [];
    // Not every machine has the locale that sorts as all others do; the last exists everywhere.
    for (const locale of ["C.UTF-8", "en_US.UTF-8", "C"]) {
      rmSync(making, { recursive: true, force: true });
      mkdirSync(making, { mode: 0o700 });
      giveTo(user, making);
      const [command = "", ...args] = [
        ...(user?.prefix ?? []),
        binaries.initdb,
        ...["-D", making, "--username=waymark", `--pwfile=${passwordFile}`, "--no-sync"],
        ...["--auth=scram-sha-256", "--encoding=UTF8", `--locale=${locale}`],
        ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-messages=C"],
      ];
      const done = spawnSync(command, args, { encoding: "utf8" });
      if (done.status === 0) {
        renameSync(making, dataOf(home));
        return;
      }
      errors.push(`${done.error?.message ?? ""}${done.stderr ?? ""}`.trim());
    }
    throw new Error(`the embedded database cannot be made in ${home}: ${errors[0]}`);
  } finally {
    rmSync(making, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

/** Refuses data that another major version of Postgres made. */
export function checkDataVersion(home: string, { major }: PostgresBinaries): void {
  const found = readFileSync(join(dataOf(home), "PG_VERSION"), "utf8").trim();
  if (found === major) return;
  throw new Error(
    `the data in ${dataOf(home)} are of Postgres ${found}, and this Waymark brings Postgres ${major}: export the catalog with the version that made them, or set WAYMARK_HOME to another folder`,
  );
}

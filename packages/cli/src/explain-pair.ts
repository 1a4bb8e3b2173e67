import { BadInput, type InitiativeValues } from "@waymark/domain";
import { type EffortSide, explainPair } from "@waymark/pipeline";
import type { Pool } from "@waymark/store";
import { findCatalog } from "./find-catalog.ts";
import { isGivenEffort, readGivenEffort, valuesOf } from "./given-effort.ts";
import { loadNamedEntry } from "./named-entry.ts";
import { exportPair, printPair } from "./print-pair.ts";
import { openSession, type Session } from "./session.ts";
import { note, printJson } from "./terminal.ts";

/** What the flags say of an effort that is no entry. */
export type PairOptions = {
  name?: string;
  acronym?: string;
  url?: string;
  lead?: string;
  states?: string;
  start?: string;
  json?: true;
};

/** Prints why two efforts are called the same, related, unsure or different. */
export async function explainCommand(given: string[], options: PairOptions): Promise<void> {
  const flagged = valuesOfFlags(options);
  checkSides(given, flagged);
  const session = openSession();
  const catalog = await findCatalog(session);
  try {
    const sides = await loadSides(given, { session, db: catalog?.db });
    const [a, b] = flagged ? [{ id: undefined, values: flagged }, ...sides] : sides;
    if (!catalog) note("There is no catalog, so every word of a name counts as if it were rare.");
    const explained = await explainPair(catalog?.db, a!, b!);
    if (options.json) printJson(exportPair(a!, b!, explained));
    else printPair(a!, b!, explained);
  } finally {
    await catalog?.release();
  }
}

function valuesOfFlags({
  name,
  lead,
  json: _json,
  ...others
}: PairOptions): InitiativeValues | undefined {
  const told = { ...others, ...(lead ? { lead_organization: lead } : {}) };
  if (name === undefined) {
    const [flag] = Object.keys(others).concat(lead ? ["lead"] : []);
    if (flag) throw new BadInput(`--${flag} says more of an effort that --name names: add --name`);
    return undefined;
  }
  const values = {
    name,
    ...told,
    ...(told.states ? { states: told.states.split(/[\s,|]+/) } : {}),
  };
  return valuesOf(values, "the effort of --name");
}

function checkSides(given: string[], flagged: InitiativeValues | undefined): void {
  const wanted = flagged ? 1 : 2;
  if (given.length === wanted) return;
  const n = given.length;
  throw new BadInput(
    flagged
      ? `with --name, say what to hold it against: one id or name of an entry, not ${given.length}`
      : `a pair is two efforts, and ${n === 0 ? "none was" : n === 1 ? "one was" : `${n} were`} given: give two ids, names or files, or one beside --name`,
  );
}

async function loadSides(
  given: string[],
  ctx: { session: Session; db: Pool | undefined },
): Promise<EffortSide[]> {
  const sides: EffortSide[] = [];
  for (const text of given) sides.push(await loadSide(text, ctx));
  return sides;
}

async function loadSide(
  text: string,
  { session, db }: { session: Session; db: Pool | undefined },
): Promise<EffortSide> {
  if (isGivenEffort(text)) {
    return { id: undefined, values: readGivenEffort(session.config, text) };
  }
  if (!db) {
    throw new BadInput(
      `there is no catalog to look "${text}" up in: bring one in with \`waymark catalog import\`, or give both efforts as JSON`,
    );
  }
  const { id, values, mergedInto } = await loadNamedEntry(db, text);
  if (mergedInto) note(`${id} was merged into ${mergedInto}; it is compared as it stood.`);
  return { id, values };
}

import { InitiativeId } from "@waymark/domain";
import { compareRecords, isOneEdit } from "@waymark/match";
import { foldName, toRecord } from "@waymark/normalize";
import { type Db, findInitiative, listInitiatives, type StoredInitiative } from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";

/** What became of looking for an entry: it, several that bear the name, or those whose ids and names come near. */
export type FoundEntry =
  | { kind: "found"; entry: StoredInitiative }
  | { kind: "ambiguous"; entries: StoredInitiative[] }
  | { kind: "unknown"; near: StoredInitiative[] };

const nearMax = 5;

/** The entry that somebody means by a text: an id (of a merged entry too), else a name, alias or acronym. */
export async function findEntry(db: Db, text: string): Promise<FoundEntry> {
  const id = InitiativeId.safeParse(text);
  const byId = id.success ? await findInitiative(db, id.data) : undefined;
  if (byId) return { kind: "found", entry: byId };
  const entries = await listInitiatives(db);
  const folded = foldName(text);
  const called = entries.filter(({ values }) =>
    [values.name, ...(values.aliases ?? []), values.acronym ?? ""].some(
      (name) => name !== "" && foldName(name) === folded,
    ),
  );
  if (called.length === 1) return { kind: "found", entry: called[0]! };
  if (called.length > 1) return { kind: "ambiguous", entries: called };
  return { kind: "unknown", near: await listNear(db, text, entries) };
}

/** Ids that are written nearly so, then entries whose names come near. */
async function listNear(
  db: Db,
  text: string,
  entries: StoredInitiative[],
): Promise<StoredInitiative[]> {
  const byId = entries.filter(({ id }) => isNearlyWritten(id.toLowerCase(), text.toLowerCase()));
  const knowledge = await currentKnowledge(db);
  const record = toRecord({ name: text }, knowledge);
  const words = new Set(foldName(text).split(" "));
  const byName = entries
    .filter(({ values }) =>
      foldName(values.name)
        .split(" ")
        .some((word) => words.has(word)),
    )
    .map((entry) => {
      const { score } = compareRecords(record, toRecord(entry.values, knowledge), knowledge);
      return { entry, score };
    })
    .toSorted((one, other) => other.score - one.score)
    .map(({ entry }) => entry);
  return [...new Set([...byId, ...byName])].slice(0, nearMax);
}

/** A slip of one letter, or the same letters with other signs: "CA12" for "CA-12". */
function isNearlyWritten(id: string, text: string): boolean {
  const bare = (written: string) => written.replace(/[^a-z0-9]/g, "");
  return bare(id) === bare(text) || isOneEdit(id, text);
}

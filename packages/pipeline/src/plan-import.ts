import {
  type Field,
  type FieldValue,
  fields,
  type InitiativeId,
  type InitiativeValues,
  type Knowledge,
  type Match,
} from "@waymark/domain";
import { compareRecords, indexRecords, matchRecord } from "@waymark/match";
import { type Record, toRecord } from "@waymark/normalize";
import { sameValue } from "@waymark/review";
import type { Db } from "@waymark/store";
import { listCandidates, type StoredCandidate } from "./list-candidates.ts";
import { findStandingEntry } from "./resolve-entry.ts";
import { importedIdOf } from "./row-ids.ts";

/** A row of a file to be matched: what it says, where it stands, and an id of its own where it has one. */
export type MatchedRow = { line: number; id: string | undefined; values: InitiativeValues };

/** What a row would do to one field of the entry that it is the same as. */
export type PlannedValue = {
  field: Field;
  old: FieldValue | undefined;
  new: FieldValue;
  /** False where the entry's own value is kept. */
  isWritten: boolean;
};

type Entry = { id: InitiativeId; name: string };

/** What an import would do with one row. */
export type PlannedRow = { line: number; name: string; values: InitiativeValues } & (
  | { outcome: "same"; entry: Entry; because: string; score: number; changes: PlannedValue[] }
  | { outcome: "new"; entry: Entry; relatedTo: (Entry & { relation: string }) | undefined }
  | { outcome: "unsure"; candidates: (Entry & { score: number; reasons: string[] })[] }
  | { outcome: "double"; ofLine: number; reasons: string[] }
  | { outcome: "conflict"; because: string }
);
type Decided = PlannedRow extends infer Row
  ? Row extends PlannedRow
    ? Omit<Row, "line" | "name" | "values">
    : never
  : never;

/** How an import decides where the matcher leaves a choice. */
export type ImportChoices = {
  /** Values of the file take the place of those that the entry has; otherwise they only fill gaps. */
  overwrite: boolean;
  /** What becomes of rows that may be an entry and may not: left out, or entries of their own. */
  unsure: "skip" | "new";
};

const batchSize = 50;
const shownCandidates = 3;
/** So many of a file's rows are compared with one. */
const rowsComparedMax = 20;

/**
 * Holds the rows of a file against the catalog as mentions are held, and against each other, and says what
 * an import would do with each; writes nothing. A row is an entry when its id is that entry's, when an
 * earlier import made the entry of it, or when the matcher calls them the same. Of rows that are one effort
 * the first counts. The same rows on the same catalog give the same plan.
 */
export async function planImport(
  db: Db,
  rows: MatchedRow[],
  {
    knowledge,
    onBatch,
    ...choices
  }: ImportChoices & { knowledge: Knowledge; onBatch?: ((rows: number) => void) | undefined },
): Promise<PlannedRow[]> {
  const records = rows.map(({ values }) => toRecord(values, knowledge));
  const firstOf = findDoubles(rows, records, knowledge);
  const planned: PlannedRow[] = [];
  for (let from = 0; from < rows.length; from += batchSize) {
    const batch = records.slice(from, from + batchSize);
    const near = await listCandidates(db, batch, knowledge);
    for (const [index, record] of batch.entries()) {
      const row = rows[from + index]!;
      const own = await findOwnEntry(db, row);
      // An entry's own row is that entry's, however much another entry looks like it.
      const repeats = own?.isGiven ? undefined : firstOf.get(row.line);
      const decided =
        repeats ?? placeRow(row, { record, own, near: near[index]!, knowledge, ...choices });
      planned.push({ line: row.line, name: row.values.name, values: row.values, ...decided });
    }
    onBatch?.(planned.length);
  }
  return withoutRivals(planned);
}

/** Rows that say the same as a row above them, by line, with what is made of them. */
function findDoubles(
  rows: MatchedRow[],
  records: Record[],
  knowledge: Knowledge,
): Map<number, Decided> {
  const find = indexRecords(new Map(records.map((record, at) => [String(at), record])), knowledge);
  const found = new Map<number, Decided>();
  for (const [at, record] of records.entries()) {
    const above = find(record, rowsComparedMax)
      .map(({ id }) => Number(id))
      .filter((other) => other < at && !found.has(rows[other]!.line))
      .sort((one, other) => one - other);
    for (const other of above) {
      const match = compareRecords(record, records[other]!, knowledge);
      if (match.verdict !== "same") continue;
      found.set(rows[at]!.line, doubleOf(rows[at]!, rows[other]!, match));
      break;
    }
  }
  return found;
}

function doubleOf(row: MatchedRow, first: MatchedRow, match: Match): Decided {
  const differing = differingFields(row.values, first.values);
  return differing.length === 0
    ? { outcome: "double", ofLine: first.line, reasons: reasonsFor(match) }
    : {
        outcome: "conflict",
        because: `is the same effort as line ${first.line}, and says otherwise in ${differing.join(", ")}`,
      };
}

/** Fields of which both hold a value, and not the same one; what a set has more is no contradiction. */
const differingFields = (one: InitiativeValues, other: InitiativeValues): Field[] =>
  fields.filter((field) => {
    const [a, b] = [one[field], other[field]];
    if (a === undefined || b === undefined || Array.isArray(a)) return false;
    return !["name", "acronym", "description"].includes(field) && !sameValue(field, a, b);
  });

function placeRow(
  row: MatchedRow,
  {
    record,
    own,
    near,
    knowledge,
    ...choices
  }: ImportChoices & {
    record: Record;
    own: OwnEntry | undefined;
    near: StoredCandidate[];
    knowledge: Knowledge;
  },
): Decided {
  const match = matchRecord(record, near, knowledge);
  const matched = near.find(({ id }) => id === match.initiativeId);
  if (own) {
    const pair = compareRecords(record, toRecord(own.values, knowledge), knowledge);
    if (own.isGiven && pair.verdict === "different" && own.values.name !== row.values.name) {
      return {
        outcome: "conflict",
        because: `bears the id of “${own.values.name}” (${own.id}), which is another effort: leave the id out, or correct it`,
      };
    }
    return sameAs(own, row, choices, { because: own.because, score: pair.score });
  }
  if (match.verdict === "same" && matched) {
    return sameAs(matched, row, choices, {
      because: reasonsFor(match).join("; "),
      score: match.score,
    });
  }
  if (match.verdict === "unsure" && choices.unsure === "skip") {
    return { outcome: "unsure", candidates: candidatesFor(record, near, knowledge) };
  }
  const id = (row.id ?? importedIdOf(row.values)) as InitiativeId;
  const related = match.verdict === "related" && matched;
  return {
    outcome: "new",
    entry: { id, name: row.values.name },
    relatedTo: related
      ? { id: matched.id, name: matched.values.name, relation: match.relation ?? "related" }
      : undefined,
  };
}

type OwnEntry = { id: InitiativeId; values: InitiativeValues; isGiven: boolean; because: string };

/** The entry of a row's own id, or the one that an earlier import of it made; where that was merged, what it was merged into. */
async function findOwnEntry(db: Db, row: MatchedRow): Promise<OwnEntry | undefined> {
  const known =
    row.id === undefined ? undefined : await findStandingEntry(db, row.id as InitiativeId);
  if (known) return { ...known, isGiven: true, because: "it bears its id" };
  const made = await findStandingEntry(db, importedIdOf(row.values));
  return made && { ...made, isGiven: false, because: "an earlier import made it of this row" };
}

function sameAs(
  entry: { id: InitiativeId; values: InitiativeValues },
  { values }: MatchedRow,
  { overwrite }: ImportChoices,
  { because, score }: { because: string; score: number },
): Decided {
  const changes = fields.flatMap((field): PlannedValue[] => {
    const [old, given] = [entry.values[field], values[field]];
    if (given === undefined || JSON.stringify(old) === JSON.stringify(given)) return [];
    // Another way of writing the same is told only where it would be written.
    if (!overwrite && sameValue(field, old, given)) return [];
    const isGap = old === undefined || (Array.isArray(old) && old.length === 0);
    return [{ field, old, new: given, isWritten: isGap || overwrite }];
  });
  return {
    outcome: "same",
    entry: { id: entry.id, name: entry.values.name },
    because,
    score,
    changes,
  };
}

/** The entries that a row may be, each held against it alone, the likeliest first. */
function candidatesFor(record: Record, near: StoredCandidate[], knowledge: Knowledge) {
  return near
    .map((candidate) => ({
      id: candidate.id,
      name: candidate.values.name,
      match: matchRecord(record, [candidate], knowledge),
    }))
    .filter(({ match }) => match.verdict !== "different")
    .sort((one, other) => other.match.score - one.match.score || (one.id < other.id ? -1 : 1))
    .slice(0, shownCandidates)
    .map(({ match, ...entry }) => ({ ...entry, score: match.score, reasons: reasonsFor(match) }));
}

const reasonsFor = ({ reasons }: Match): string[] =>
  reasons
    .filter(({ weight, feature }) => weight > 0 && feature !== "prior")
    .map(({ text }) => text);

/** Two rows that are one entry of the catalog are one effort too: the first counts. */
function withoutRivals(planned: PlannedRow[]): PlannedRow[] {
  const first = new Map<InitiativeId, PlannedRow>();
  return planned.map((row) => {
    if (row.outcome !== "same" && row.outcome !== "new") return row;
    const before = first.get(row.entry.id);
    if (!before) {
      first.set(row.entry.id, row);
      return row;
    }
    const { line, name, values } = row;
    const differing = differingFields(values, before.values);
    const because = `is the entry ${row.entry.id}, as line ${before.line} is, and says otherwise in ${differing.join(", ")}`;
    return differing.length > 0
      ? { line, name, values, outcome: "conflict", because }
      : {
          line,
          name,
          values,
          outcome: "double",
          ofLine: before.line,
          reasons: [`both are the entry ${row.entry.id}`],
        };
  });
}

import type { Event, Grant, InitiativeId } from "@waymark/domain";
import {
  type ExportedEvent,
  type ExportedGrant,
  exportEvent,
  exportGrant,
} from "@waymark/pipeline";
import type { StoredInitiative } from "@waymark/store";
import { stringify } from "csv-stringify/sync";

type Row<T> = { id: string; name: string } & T;

/** The events of all entries, each with whose it is. */
export const eventRows = (
  entries: readonly StoredInitiative[],
  events: ReadonlyMap<InitiativeId, Event[]>,
): Row<ExportedEvent>[] =>
  entries.flatMap(({ id, values: { name } }) =>
    (events.get(id) ?? []).map((event) => ({ id, name, ...exportEvent(event) })),
  );

/** The grants of all entries, each with whose it is. */
export const grantRows = (
  entries: readonly StoredInitiative[],
  grants: ReadonlyMap<InitiativeId, Grant[]>,
): Row<ExportedGrant>[] =>
  entries.flatMap(({ id, values: { name } }) =>
    (grants.get(id) ?? []).map((grant) => ({ id, name, ...exportGrant(grant) })),
  );

const columns = {
  events: "id,name,kind,date,dated,planned,what,parties,confirmed,evidence",
  grants:
    "id,name,funder,grantee,amount,currency,awarded,start,end,months,program,purpose,evidence",
};

/** Rows as a spreadsheet reads them: parties and the addresses of their proof joined by bars. */
export const writeLifeCsv = (
  what: keyof typeof columns,
  rows: readonly (Row<ExportedEvent> | Row<ExportedGrant>)[],
): string =>
  stringify(
    rows.map((row) => {
      const parties =
        "parties" in row ? row.parties.map(({ role, name }) => `${role}: ${name}`) : [];
      const pages = [...new Set(row.evidence.map(({ url }) => url))];
      const flat: { [column: string]: unknown } = {
        ...row,
        parties: parties.join(" | "),
        evidence: pages.join(" | "),
      };
      return columns[what].split(",").map((column) => String(flat[column] ?? ""));
    }),
    { header: true, columns: columns[what].split(","), escape_formulas: true },
  );

import type { eventRows, grantRows } from "@waymark/pipeline";
import { stringify } from "csv-stringify/sync";

type Row = ReturnType<typeof eventRows>[number] | ReturnType<typeof grantRows>[number];

const columns = {
  events: "id,name,kind,date,dated,planned,what,parties,confirmed,evidence",
  grants:
    "id,name,funder,grantee,amount,currency,awarded,start,end,months,program,purpose,evidence",
};

/** Events or grants as a spreadsheet reads them: parties and the addresses of their proof joined by bars. */
export const writeLifeCsv = (what: keyof typeof columns, rows: readonly Row[]): string =>
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

import type { MatchedTables, Table } from "@waymark/pipeline";
import { stringify } from "csv-stringify/sync";

type Format = { format: "csv" | "jsonl"; explains: boolean };

/** Matched pairs as a file, the likeliest first: their ids and names, the verdict and, if asked for, why. */
export function formatMatches(
  { pairs, columns }: MatchedTables,
  tables: Table[],
  { format, explains }: Format,
): string {
  const rows = tables.flatMap((table) => table.rows);
  const nameAt = columns.findIndex(({ kind }) => kind === "name");
  const told = pairs.map(({ left, right, probability, verdict, cluster, reasons }) => ({
    left: rows[left]!.id,
    right: rows[right]!.id,
    probability: Number(probability.toFixed(4)),
    verdict,
    cluster: cluster === undefined ? null : cluster + 1,
    left_name: rows[left]!.cells[nameAt] ?? "",
    right_name: rows[right]!.cells[nameAt] ?? "",
    ...(explains && {
      reasons: reasons.map(({ feature, weight, text }) => ({
        feature,
        weight: Number(weight.toFixed(3)),
        text,
      })),
    }),
  }));
  if (format === "jsonl") return told.map((pair) => `${JSON.stringify(pair)}\n`).join("");
  return stringify(
    told.map(({ reasons, ...pair }) => ({
      ...pair,
      ...(reasons && { reasons: reasons.map(tellReason).join("; ") }),
    })),
    { header: true, columns: explains ? [...columnsOfCsv, "reasons"] : columnsOfCsv },
  );
}

const columnsOfCsv = [
  ...["left", "right", "probability", "verdict", "cluster", "left_name", "right_name"],
];

const tellReason = ({ feature, weight, text }: { feature: string; weight: number; text: string }) =>
  `${feature} ${weight >= 0 ? "+" : ""}${weight.toFixed(2)} (${text})`;

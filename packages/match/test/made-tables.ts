import type { Table } from "../src/tables/table.ts";

const towns = "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel".split(" ");
const trades = "welding carpentry nursing payroll forestry surveying".split(" ");

/** A list of courses and what another office made of it: 144 rows, of which it kept two in three. */
export function madeTables(): { tables: [Table, Table]; truth: Set<string> } {
  const courses = towns.flatMap((town) =>
    trades.flatMap((trade) => [1, 2, 3].map((level) => ({ town, trade, level }))),
  );
  const columns = ["name", "school", "fee"];
  const school = (index: number) => `${["Harbor", "Ridge", "Valley"][index % 3]} College`;
  const left = courses.map(({ town, trade, level }, index) => ({
    id: `a${index}`,
    cells: [`${town} introduction to ${trade} level ${level}`, school(index), String(index * 5)],
  }));
  const right = courses.flatMap(({ town, trade, level }, index) => {
    if (index % 3 === 2) return [];
    const name =
      index % 2
        ? `${trade} (${town}), intro, level ${level}`
        : `${town} intro ${trade} lvl ${level}`;
    return { id: `b${index}`, cells: [name, index % 5 ? school(index) : "", String(index * 5)] };
  });
  const truth = new Set(right.map(({ id }) => `a${id.slice(1)} ${id}`));
  return {
    tables: [
      { columns, rows: left },
      { columns, rows: right },
    ],
    truth,
  };
}

import { BadInput } from "@waymark/domain";
import { findEntry } from "@waymark/pipeline";
import type { Pool, StoredInitiative } from "@waymark/store";

/** The entry that somebody named by its id or its name; a BadInput lists what comes near. */
export async function loadNamedEntry(db: Pool, text: string): Promise<StoredInitiative> {
  const found = await findEntry(db, text);
  if (found.kind === "found") return found.entry;
  const lines = (found.kind === "ambiguous" ? found.entries : found.near).map(
    ({ id, values }) => `  ${id}  ${values.name}`,
  );
  if (found.kind === "ambiguous") {
    throw new BadInput(
      `"${text}" is what ${lines.length} entries are called; give the id of one:\n${lines.join("\n")}`,
    );
  }
  const near =
    lines.length > 0
      ? `; near it are\n${lines.join("\n")}`
      : "; `waymark catalog export --format csv` lists them all";
  throw new BadInput(`no entry has the id or the name "${text}"${near}`);
}

import { BadInput, InitiativeId } from "@waymark/domain";
import { explainMatch } from "@waymark/pipeline";
import { findInitiative, type Pool, type StoredInitiative } from "@waymark/store";
import { withDatabase } from "./session.ts";
import { print, printJson, strong } from "./terminal.ts";

/** Prints why two entries are called the same, related, unsure or different. */
export const explainPair = (idOfA: string, idOfB: string, { json }: { json?: true }) =>
  withDatabase(async (db) => {
    const [a, b] = [await loadEntry(db, idOfA), await loadEntry(db, idOfB)];
    const match = await explainMatch(db, a.values, b.values);
    if (json) {
      printJson(match);
      return;
    }
    print(strong(`${a.values.name} and ${b.values.name}: ${match.verdict}`));
    for (const { weight, text } of match.reasons)
      print(`  ${weight.toFixed(1).padStart(5)} ${text}`);
  });

async function loadEntry(db: Pool, text: string): Promise<StoredInitiative> {
  const id = InitiativeId.safeParse(text);
  const entry = id.success ? await findInitiative(db, id.data) : undefined;
  if (!entry) throw new BadInput(`there is no entry "${text}"`);
  return entry;
}

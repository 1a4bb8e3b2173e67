import { createHash } from "node:crypto";
import {
  emptyKnowledge,
  type InitiativeValues,
  type Knowledge,
  type Organization,
} from "@waymark/domain";
import { countWords, isApplicable, uncountedMax } from "@waymark/match";
import { organizationKey, toRecord } from "@waymark/normalize";
import {
  countBlockKeys,
  type Db,
  findActiveModel,
  findMatchCosts,
  listInitiatives,
  listOrganizations,
  listVocabularyTerms,
  saveKnowledge,
} from "@waymark/store";
import { refreshAllBlockKeys } from "./refresh-block-keys.ts";

/**
 * Builds knowledge from the catalog, the active model and the costs as they stand, and keeps it; the same
 * gives the same version. The search keys of all entries are made true on the way, since they are counted.
 */
export async function refreshKnowledge(db: Db, now: Date): Promise<Knowledge> {
  const entries = (await listInitiatives(db)).map(({ id, values }) => ({ id, values }));
  await refreshAllBlockKeys(db, entries);
  const content = {
    organizations: gatherOrganizations(
      entries.map((entry) => entry.values),
      await listOrganizations(db),
    ),
    names: entries.map(({ id, values }) => ({
      id,
      names: [values.name, ...(values.aliases ?? []), ...(values.acronym ? [values.acronym] : [])],
      ...(values.url && { url: values.url }),
    })),
    terms: await listVocabularyTerms(db),
    ...frequencies(entries.map((entry) => entry.values)),
    keyCounts: await countBlockKeys(db, uncountedMax),
    ...(await loadMatching(db)),
  };
  const version = createHash("sha256")
    .update(JSON.stringify(content))
    .digest("base64url")
    .slice(0, 16);
  const knowledge: Knowledge = { version, ...content };
  await saveKnowledge(db, knowledge, now);
  return knowledge;
}

/** The active model, unless it was trained on other weights than those of today, and what mistakes cost here. */
async function loadMatching(db: Db): Promise<Pick<Knowledge, "model" | "costs">> {
  const active = await findActiveModel(db);
  const costs = await findMatchCosts(db);
  return {
    ...(active && isApplicable(active.model) && { model: active.model }),
    ...(costs && { costs }),
  };
}

/** Every organization the catalog names, under the spelling used most, with its other spellings. */
function gatherOrganizations(entries: InitiativeValues[], curated: Organization[]): Organization[] {
  const spellings = new Map<string, Map<string, number>>();
  const named = entries.flatMap((values) => [
    ...(values.leadOrganization ? [values.leadOrganization] : []),
    ...(values.funders ?? []),
    ...(values.partners ?? []),
  ]);
  for (const name of named) {
    const key = organizationKey(name);
    if (!key) continue;
    const counts = spellings.get(key) ?? new Map<string, number>();
    counts.set(name, (counts.get(name) ?? 0) + 1);
    spellings.set(key, counts);
  }
  const aliasesOf = new Map(curated.map((one) => [organizationKey(one.name), one.aliases]));
  for (const one of curated) {
    const key = organizationKey(one.name);
    if (!spellings.has(key)) spellings.set(key, new Map([[one.name, 1]]));
  }
  return [...spellings]
    .map(([key, counts]) => {
      const [name, ...others] = [...counts]
        .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
        .map(([spelling]) => spelling);
      return { name: name!, aliases: [...others, ...(aliasesOf.get(key) ?? [])] };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function frequencies(entries: InitiativeValues[]): Pick<Knowledge, "wordCounts" | "documentCount"> {
  const counts = countWords(entries.map((values) => toRecord(values, emptyKnowledge)));
  return {
    wordCounts: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    documentCount: entries.length,
  };
}

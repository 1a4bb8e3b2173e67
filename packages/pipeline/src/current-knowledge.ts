import { emptyKnowledge, type Knowledge } from "@waymark/domain";
import { type Db, findKnowledge, findKnowledgeVersion } from "@waymark/store";

let newest: Knowledge = emptyKnowledge;

/** The newest knowledge, looked up by version so that the large row is loaded once a process. */
export async function currentKnowledge(db: Db): Promise<Knowledge> {
  const version = await findKnowledgeVersion(db);
  if (version && version !== newest.version) newest = (await findKnowledge(db)) ?? newest;
  return version ? newest : emptyKnowledge;
}

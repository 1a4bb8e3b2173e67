import type {
  Effort,
  InitiativeId,
  InitiativeValues,
  Knowledge,
  KnownEffort,
  Lookalike,
  OwnAddress,
} from "@waymark/domain";
import { basisOf, compareRecords, mayAskAgain } from "@waymark/match";
import { canonicalAddress, toRecord } from "@waymark/normalize";
import {
  countNamedBy,
  type Db,
  findPageByUrl,
  listChangesOf,
  listMentionsOfCluster,
  listMentionsOfInitiative,
  listOutcomes,
  listPagesUnder,
  lockCluster,
  lockInitiative,
} from "@waymark/store";
import { currentKnowledge } from "../current-knowledge.ts";
import { loadJudgedEntries } from "../judged-entries.ts";
import { listCandidates } from "../list-candidates.ts";

const lookalikesMax = 60;

/**
 * Locks an effort and gathers all that is known of it: the entry, every current mention with its page,
 * how its own address answered, dated items of its own site, entries that may be the same, past changes.
 * Undefined when there is nothing to review (merged meanwhile, or a cluster that became an entry).
 */
export async function lockEffort(
  db: Db,
  effort: Effort,
): Promise<{ known: KnownEffort; knowledge: Knowledge } | undefined> {
  const knowledge = await currentKnowledge(db);
  if ("clusterId" in effort) {
    const cluster = await lockCluster(db, effort.clusterId);
    if (!cluster) return undefined;
    const mentions = cluster.initiativeId ? [] : await listMentionsOfCluster(db, cluster.id);
    return {
      knowledge,
      known: {
        effort,
        initiative: undefined,
        mentions,
        ownAddresses: [],
        ownDates: [],
        lookalikes: [],
        namedBy: await countNamedBy(db, cluster.id),
        past: await pastOf(db, effort),
      },
    };
  }
  const initiative = await lockInitiative(db, effort.initiativeId);
  if (!initiative || initiative.mergedInto) return undefined;
  const mentions = await listMentionsOfInitiative(db, initiative.id);
  const ownUrl = initiative.values.url ?? undefined;
  return {
    knowledge,
    known: {
      effort,
      initiative,
      mentions,
      ownAddresses: ownUrl ? await ownAddressesOf(db, ownUrl) : [],
      ownDates: ownUrl ? await ownDatesOf(db, ownUrl) : [],
      lookalikes: await lookalikesOf(db, initiative.id, initiative.values, knowledge),
      namedBy: 0,
      past: await pastOf(db, effort),
    },
  };
}

const pastOf = async (db: Db, effort: Effort): Promise<KnownEffort["past"]> =>
  (await listChangesOf(db, effort)).map(({ fingerprint, kind, state, confirmed, decidedAt }) => ({
    fingerprint,
    kind,
    state,
    confirmed,
    decidedAt,
  }));

/** How the entry's own address answered at each visit; the www twin stands in where only it is known. */
async function ownAddressesOf(db: Db, url: string): Promise<OwnAddress[]> {
  const address = canonicalAddress(url);
  if (!address) return [];
  for (const twin of twinsOf(address)) {
    const page = await findPageByUrl(db, twin);
    if (!page) continue;
    const outcomes = (await listOutcomes(db, [page.id])).get(page.id) ?? [];
    return [{ pageId: page.id, url: page.url, outcomes, movedTo: page.movedTo }];
  }
  return [];
}

/** The address itself, then with and without www and a final slash. */
function twinsOf(address: string): string[] {
  const url = new URL(address);
  const hosts = [url.host, url.host.startsWith("www.") ? url.host.slice(4) : `www.${url.host}`];
  const path = url.pathname;
  const paths = path === "/" ? ["/"] : [path, path.endsWith("/") ? path.slice(0, -1) : `${path}/`];
  return hosts.flatMap((host) => paths.map((p) => `${url.protocol}//${host}${p}${url.search}`));
}

/** The dated items on an effort's own site, newest first: proof that somebody still writes there. */
async function ownDatesOf(db: Db, ownUrl: string): Promise<KnownEffort["ownDates"]> {
  const address = canonicalAddress(ownUrl);
  if (!address) return [];
  const url = new URL(address);
  const bare = url.host.replace(/^www\./, "");
  const folder = url.pathname.replace(/[^/]*\.[a-z0-9]+$/i, "").replace(/\/$/, "");
  const pages = await listPagesUnder(db, {
    hostIds: [bare, `www.${bare}`],
    prefixes: [`${url.protocol}//${bare}${folder}`, `${url.protocol}//www.${bare}${folder}`],
  });
  return pages
    .flatMap((page) =>
      page.snapshotId === undefined
        ? []
        : page.dates
            .filter((dated) => dated.kind === "published" || dated.kind === "modified")
            .map(({ date, quote, start, end }) => ({
              date,
              quote,
              start,
              end,
              url: page.url,
              pageId: page.id,
              snapshotId: page.snapshotId!,
            })),
    )
    .sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.url < b.url ? -1 : 1))
    .slice(0, 50);
}

/** Other entries that come near to this one, compared with it, and what was judged of the pair. */
async function lookalikesOf(
  db: Db,
  id: InitiativeId,
  values: InitiativeValues,
  knowledge: Knowledge,
): Promise<Lookalike[]> {
  const record = toRecord(values, knowledge);
  const [near = []] = await listCandidates(db, [record], knowledge, lookalikesMax);
  const judged = await loadJudgedEntries(db, id);
  const others = near.filter((other) => other.id !== id && !judged.has(other.id));
  const compared = [...others, ...[...judged.values()].map(({ entry }) => entry)]
    .map((other): Lookalike => {
      const match = compareRecords(record, toRecord(other.values, knowledge), knowledge);
      const said = judged.get(other.id);
      const isAskedAgain =
        said?.verdict === "unsure" && mayAskAgain(said.basis, basisOf(values, other.values, match));
      return {
        initiativeId: other.id,
        name: other.values.name,
        values: other.values,
        match: { ...match, initiativeId: other.id },
        judgement: isAskedAgain ? undefined : said?.verdict,
        by: said?.by,
      };
    })
    .filter(({ match, judgement }) => match.verdict !== "different" || judgement);
  return addMentions(db, compared);
}

/** A page of the other entry proves that the two are one just as well as a page of this one. */
async function addMentions(db: Db, lookalikes: Lookalike[]): Promise<Lookalike[]> {
  const added: Lookalike[] = [];
  for (const other of lookalikes) {
    const isLikely =
      other.match.verdict === "same" ||
      other.match.verdict === "unsure" ||
      other.judgement === "same";
    const mentions = isLikely && (await listMentionsOfInitiative(db, other.initiativeId));
    added.push(mentions ? { ...other, mentions } : other);
  }
  return added;
}

import type { Change, Match, Mention } from "@waymark/domain";
import type { Pool } from "@waymark/store";

export type PageSeen = {
  id: string;
  url: string;
  sourceId: string;
  sourceKind: string;
  outcome: string | null;
  kind: string | null;
  title: string | null;
  isRead: boolean;
  setAsideBecause: string | null;
  movedTo: string | null;
  /** The newest visits, newest first: `2026-03-02 gone 404`. */
  visits: string[];
};
export type MentionSeen = {
  id: string;
  pageUrl: string;
  sourceKind: string;
  mention: Mention;
  match: Match;
  initiativeId: string | null;
  clusterId: string | null;
  missingCount: number;
};
export type SuppressionSeen = {
  effort: string;
  field: string;
  rule: string;
  title: string;
  kind: string;
  reason: string;
  isCurrent: boolean;
};
export type ChangeSeen = {
  id: string;
  kind: string;
  effort: string;
  state: string;
  title: string;
  fields: Change["fields"];
  reasons: string[];
  confirmBy: number;
};
export type EntrySeen = {
  id: string;
  names: string[];
  url: string | null;
  freshness: string;
  freshnessReason: string | null;
};

/** What the database knows at one moment: all that a report on a night looks things up in. */
export type Known = {
  pages: PageSeen[];
  mentions: MentionSeen[];
  suppressions: SuppressionSeen[];
  changes: ChangeSeen[];
  entries: EntrySeen[];
};

const allPages = `
  select page.id, page.url, page.source_id as "sourceId", source.kind as "sourceKind", page.outcome,
    page.kind, page.title, page.set_aside_because as "setAsideBecause", page.moved_to as "movedTo",
    page.read_snapshot_id is not null as "isRead",
    coalesce((select array_agg(to_char(at at time zone 'UTC', 'YYYY-MM-DD') || ' ' || outcome
        || coalesce(' ' || status, '') || coalesce(' (' || error || ')', '') order by id desc)
      from (select * from visit where visit.page_id = page.id order by id desc limit 8) newest), '{}') as visits
  from page join source on source.id = page.source_id order by page.url`;
const allMentions = `
  select mention.id, page.url as "pageUrl", source.kind as "sourceKind", mention.mention, mention.match,
    mention.initiative_id as "initiativeId", mention.cluster_id as "clusterId",
    mention.missing_count as "missingCount"
  from mention join page on page.id = mention.page_id join source on source.id = page.source_id
  order by page.url, mention.id`;
const allSuppressions = `
  select effort, field, rule, suppressed ->> 'title' as title, suppressed ->> 'kind' as kind,
    suppressed ->> 'reason' as reason, last_at >= $1 as "isCurrent"
  from suppression order by effort, field, rule`;
const allChanges = `
  select id, kind, coalesce(initiative_id, cluster_id) as effort, state, proposal ->> 'title' as title,
    proposal -> 'fields' as fields, proposal -> 'reasons' as reasons,
    jsonb_array_length(proposal -> 'confirmBy') as "confirmBy"
  from change order by id`;
const allEntries = `
  select initiative.id, freshness, freshness_reason as "freshnessReason",
    array_agg(distinct value #>> '{}') filter (where field in ('name', 'acronym') and value <> 'null') as names,
    max(value #>> '{}') filter (where field = 'url' and replaced_at is null) as url
  from initiative join initiative_value on initiative_id = initiative.id
  where merged_into is null group by initiative.id order by initiative.id`;

/** Takes down what the database knows; suppressions since the given night count as current. */
export async function loadKnown(db: Pool, since: Date): Promise<Known> {
  const rows = async (text: string, values: unknown[] = []) => (await db.query(text, values)).rows;
  return {
    pages: await rows(allPages),
    mentions: await rows(allMentions),
    suppressions: await rows(allSuppressions, [since]),
    changes: await rows(allChanges),
    entries: await rows(allEntries),
  };
}

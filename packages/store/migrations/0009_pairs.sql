-- Pairs that may be one effort and wait for a person: two entries that the sweep compared, or a mention and the entry that it may be about.

-- Up Migration

create table pair (
  -- Made from what it is about, so that a sweep that runs twice writes the same row.
  id text primary key,
  initiative_id text not null references initiative on delete cascade,
  other_id text references initiative on delete cascade,
  mention_id text references mention on delete cascade,
  verdict text not null check (verdict in ('same', 'related', 'unsure')),
  score double precision not null check (score between 0 and 1),
  match jsonb not null,
  knowledge_version text not null,
  -- Of what was compared: another one means that the evidence has changed.
  fingerprint text not null,
  first_seen_at timestamptz not null,
  changed_at timestamptz not null,
  check (num_nonnulls(other_id, mention_id) = 1),
  check (initiative_id <> other_id)
);
create index pair_by_initiative on pair (initiative_id);
create index pair_by_other on pair (other_id) where other_id is not null;
create unique index pair_of_mention on pair (mention_id) where mention_id is not null;

-- The version of the entry that was last compared with the others; another one, and it is due to be compared again.
alter table initiative add column compared_version integer;
create index initiative_uncompared on initiative (id)
  where merged_into is null and compared_version is distinct from version;

-- Pairs that nobody has judged, of entries that stand for themselves, with how many mentions tell of the entries now.
-- Who was unsure is asked again when a side says something else and it made a difference to the matcher.
create view waiting_pair as
  select pair.*, told.mentions,
    -- Doubt is how near the score is to even odds; what many pages tell of matters more.
    (1.05 - abs(2 * pair.score - 1)) * (1 + ln(1 + told.mentions)) as priority
  from pair
  join initiative entry on entry.id = pair.initiative_id and entry.merged_into is null
  left join initiative other on other.id = pair.other_id
  left join mention on mention.id = pair.mention_id
  join lateral (select count(*)::int as mentions from mention
    where mention.initiative_id in (pair.initiative_id, pair.other_id) and missing_count = 0) told on true
  left join lateral (
    select judgement.verdict, judgement.basis from judgement
    left join decision on decision.id = judgement.decision_id
    where decision.undone_at is null
      and (judgement.a, judgement.b) in (
        (pair.initiative_id, coalesce(pair.other_id, pair.mention_id)), (coalesce(pair.other_id, pair.mention_id), pair.initiative_id))
      and (judgement.b_kind = 'mention') = (pair.mention_id is not null)
    order by judgement.id desc limit 1
  ) judged on true
  where other.merged_into is null
    and (pair.mention_id is null or (mention.initiative_id is null and mention.missing_count = 0))
    and (judged.verdict is null or (
      judged.verdict = 'unsure' and judged.basis ->> 'fingerprint' <> pair.fingerprint
      and (judged.basis ->> 'verdict' <> pair.verdict or abs((judged.basis ->> 'score')::float - pair.score) >= 0.1)));

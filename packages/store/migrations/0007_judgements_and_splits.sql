-- Judgements of mentions as well as entries with what they were made on, changes that a person makes by hand, splits, and clusters that lead on.

-- Up Migration

alter table judgement
  add column a_kind text not null default 'initiative' check (a_kind in ('initiative', 'mention')),
  add column b_kind text not null default 'initiative' check (b_kind in ('initiative', 'mention')),
  -- What both sides said, as a fingerprint, and what the matcher made of it, when the judgement was made.
  add column basis jsonb,
  drop constraint judgement_check,
  add check ((a_kind, a) < (b_kind, b));
create index judgement_of_other on judgement (b, id desc);
create index judgement_of_decision on judgement (decision_id) where decision_id is not null;

-- What a person proposes by hand stands on that person's word where no page can be quoted.
alter table change
  drop constraint change_kind_check,
  add check (kind in ('new', 'update', 'duplicate', 'stale', 'ended', 'split')),
  drop constraint change_proposal_check,
  add check (jsonb_array_length(proposal -> 'evidence') > 0 or proposal ? 'by');

-- Changes of the entry that goes are nobody's question any more; they come back when it does.
alter table merge add column change_ids text[] not null default '{}';
create index merge_of_entry on merge (from_id) where undone_at is null;
create index initiative_by_survivor on initiative (merged_into) where merged_into is not null;

-- The cluster that a cluster without mentions went into.
alter table cluster add column led_to text references cluster on delete set null;

-- What clustering needs of a mention, so that only components that were touched are compared again.
alter table mention
  add column group_keys integer[] not null default '{}',
  -- The smallest mention of its component: all that a chain of likeness holds together.
  add column component text,
  -- Its words, its place or what people said of it changed since it was last clustered.
  add column regroup boolean not null default true;
create index mention_of_component on mention (component) where component is not null;

-- The version of the entry that mentions about no entry were last held against.
alter table initiative add column gathered_version integer;

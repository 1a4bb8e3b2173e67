-- Models that judgements taught the matcher, what mistakes cost here, and which knowledge is the newest where a clock stands still.

-- Up Migration

create table model (
  -- A hash of its content: training twice on the same judgements leaves one row.
  version text primary key,
  model jsonb not null,
  state text not null default 'candidate' check (state in ('candidate', 'active', 'retired')),
  trained_at timestamptz not null,
  -- How many judgements there were to train on, and the newest of all, from which new ones are counted.
  judgements integer not null check (judgements >= 0),
  newest_judgement bigint not null,
  -- Judgements it was measured by and never trained on.
  frozen bigint[] not null,
  metrics jsonb not null,
  activated_by text,
  activated_at timestamptz,
  check ((activated_at is null) = (state = 'candidate'))
);
create unique index model_active on model (state) where state = 'active';

-- What mistakes and questions cost, in units of one another; no row: what the rules take for granted.
create table match_cost (
  only_one boolean primary key default true check (only_one),
  false_same double precision not null check (false_same > 0),
  missed_same double precision not null check (missed_same > 0),
  asking double precision not null check (asking > 0),
  set_by text not null,
  set_at timestamptz not null
);

-- Two of one instant, as under a pinned clock, are told apart by which was kept last.
alter table knowledge add column turn bigint generated always as identity;

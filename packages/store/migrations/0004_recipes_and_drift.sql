-- How a source's pages are read in its own way, and what keeps a bad night of a source out of the catalog.

-- Up Migration

-- Every version of a source's recipe; which one holds stands with the source.
create table recipe (
  source_id text not null references source on delete cascade,
  version integer not null check (version > 0),
  body jsonb not null,
  -- What its selectors found when it was made, so that they are found again after a change of template.
  fingerprints jsonb not null default '{}',
  created_at timestamptz not null,
  who text,
  note text,
  primary key (source_id, version)
);

alter table source
  add column recipe_version integer,
  add foreign key (id, recipe_version) references recipe (source_id, version);

alter table page
  -- The recipe it was last read with.
  add column recipe_version integer,
  -- Somebody asked for another reading of the bytes that are there: a new recipe, or a new shape that was accepted.
  add column read_again boolean not null default false,
  -- A snapshot whose reading is held back since its source drifted; what was read before stands.
  add column held_snapshot_id text;
drop index page_unread;
alter table page add column unread boolean not null generated always as (
  read_again or (snapshot_id is distinct from read_snapshot_id and snapshot_id is distinct from held_snapshot_id)
) stored;
create index page_unread on page (id) where unread and set_aside_because is null;
create index page_held on page (source_id) where held_snapshot_id is not null;

-- What a page was read to say before the open run read it anew; gone when the run is judged.
create table reading_before (
  page_id text primary key references page on delete cascade,
  run_id text not null references run on delete cascade,
  page jsonb not null,
  mentions jsonb not null
);
create index reading_before_by_run on reading_before (run_id);

-- How full a source was after a run that read something new, and how that run had drifted.
create table reading_stat (
  run_id text primary key references run on delete cascade,
  source_id text not null references source on delete cascade,
  at timestamptz not null,
  reader_version text not null,
  recipe_version integer,
  figures jsonb not null,
  -- Not empty: the run's readings are held back, until somebody accepts them.
  drifts jsonb not null default '[]',
  accepted_at timestamptz,
  accepted_by text
);
create index reading_stat_newest on reading_stat (source_id, at desc);

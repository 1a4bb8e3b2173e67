-- The keys under which entries are found as candidates, in a table of their own: every mark for review would otherwise write all of an entry's keys into their index again.

-- Up Migration

create table block_key (
  initiative_id text primary key references initiative on delete cascade,
  keys integer[] not null,
  -- As its initiative says; kept here so that a search need not look there.
  merged boolean not null default false
);
insert into block_key (initiative_id, keys, merged)
select id, block_keys, merged_into is not null from initiative;
-- Without a list of pending keys, which every search would have to read through while somebody writes.
create index block_key_keys on block_key using gin (keys) with (fastupdate = off);

drop index initiative_keys;
alter table initiative drop column block_keys;

-- What pages tell of the life of an entry, beside what decisions establish: events, grants and relations, each under a key made from what it is about.

-- Up Migration

alter table event
  add column key text,
  -- Whose date it is: the sentence's own, the day of an announcement, or the day of a decision.
  add column dated text check (dated in ('told', 'announced', 'decided')),
  -- A page says that it will happen.
  add column planned boolean not null default false,
  add column parties jsonb not null default '[]',
  drop constraint event_kind_check,
  add check (kind in ('launch', 'award', 'expansion', 'rename', 'transfer', 'merger', 'sunset', 'archive', 'milestone'));
update event set key = 'event-' || id;
-- What happened is told by its parties; a title is written where it is shown.
update event set parties = jsonb_build_array(jsonb_build_object('role', 'former-name', 'name', substr(title, 14)))
where kind = 'rename' and title like 'Renamed from %';
update event set parties = jsonb_build_array(jsonb_build_object('role', 'lead', 'name', substr(title, 8)))
where kind = 'transfer' and title like 'Led by %';
update event set parties = jsonb_build_array(jsonb_build_object('role', 'funder', 'name', substr(title, 11)))
where kind = 'award' and title like 'Funded by %';
update event set parties = jsonb_build_array(jsonb_build_object('role', 'place', 'name', substr(title, 13)))
where kind = 'expansion' and title like 'Extended to %';
alter table event
  drop column id,
  drop column title,
  add primary key (initiative_id, key);
drop index event_by_initiative;

alter table "grant"
  drop column id,
  alter column initiative_id set not null,
  alter column funder drop not null,
  add column key text not null,
  add column currency text,
  add column on_date text,
  add column months integer,
  add column purpose text,
  add check (funder is not null or grantee is not null),
  add primary key (initiative_id, key);
alter table "grant" rename column amount_usd to amount;

create index relation_by_target on relation (to_id) where to_id is not null;

-- The first tables: what is watched, what was seen, what is proposed and decided, who may do what.

-- Up Migration

-- What is watched -------------------------------------------------------------------------------

create table source (
  id text primary key,
  name text not null,
  kind text not null check (kind in ('foundation', 'state', 'initiative', 'library', 'network', 'news')),
  seeds text[] not null check (cardinality(seeds) > 0),
  scope text[] not null check (cardinality(scope) > 0),
  delay_ms integer not null default 1000 check (delay_ms >= 0),
  pages_max integer not null default 2000 check (pages_max > 0),
  run_at text not null default '02:00',
  time_zone text not null default 'America/New_York',
  next_run_at timestamptz,
  paused boolean not null default false,
  origin text not null default 'operator' check (origin in ('operator', 'found')),
  created_at timestamptz not null
);
create index source_due on source (next_run_at) where not paused;

create sequence lease_token;

-- Times of a host are the database's own clock: pace and leases do not follow the domain clock.
create table host (
  id text primary key,
  next_allowed_at timestamptz not null default now(),
  lease_token bigint,
  lease_until timestamptz,
  failures integer not null default 0,
  crawl_delay_ms integer,
  robots text,
  robots_outcome text,
  robots_fetched_at timestamptz,
  robots_error text
);

create table run (
  id text primary key,
  source_id text not null references source on delete cascade,
  trigger text not null check (trigger in ('schedule', 'operator', 'found')),
  who text,
  slot text not null,
  delay_ms integer check (delay_ms >= 0),
  state text not null default 'visiting' check (state in ('visiting', 'reviewing', 'confirming', 'finished')),
  confirmed boolean not null default false,
  planned boolean not null default false,
  started_at timestamptz not null,
  deadline_at timestamptz not null default now() + interval '6 hours',
  finished_at timestamptz,
  counts jsonb not null default '{}',
  outcome text check (outcome in ('ok', 'partial', 'failed')),
  set_aside_because text,
  unique (source_id, slot)
);
create unique index run_open on run (source_id) where state <> 'finished';
create index run_newest on run (source_id, started_at desc);

create table snapshot (
  id text primary key check (id ~ '^[0-9a-f]{64}$'),
  body bytea not null,
  body_bytes integer not null check (body_bytes >= 0),
  content_type text,
  skim jsonb,
  created_at timestamptz not null
);

create table page (
  id text primary key,
  source_id text not null references source on delete cascade,
  host_id text not null references host,
  url text not null unique,
  purpose text not null default 'page' check (purpose in ('page', 'sitemap')),
  depth integer not null default 0,
  wanted_by text references run on delete set null,
  wanted_because text,
  tries integer not null default 0,
  not_before timestamptz not null default now(),
  next_fetch_at timestamptz,
  interval_hours integer not null default 24,
  etag text,
  last_modified text,
  body_hash text,
  text_hash text,
  failures integer not null default 0,
  outcome text,
  moved_to text,
  visited_at timestamptz,
  first_seen_at timestamptz not null,
  snapshot_id text references snapshot,
  accepted_snapshot_id text references snapshot,
  read_snapshot_id text,
  reader_version text,
  kind text,
  title text,
  language text,
  dates jsonb not null default '[]',
  read_failures integer not null default 0,
  read_not_before timestamptz not null default now(),
  set_aside_because text
);
create index page_wanted on page (host_id, purpose desc, depth, url) where wanted_by is not null;
create index page_wanted_by on page (wanted_by) where wanted_by is not null;
create index page_due on page (source_id, next_fetch_at);
create index page_unread on page (id)
  where snapshot_id is distinct from read_snapshot_id and set_aside_because is null;
create index page_by_host on page (host_id);

create table visit (
  id bigint generated always as identity primary key,
  page_id text not null references page on delete cascade,
  run_id text references run on delete set null,
  at timestamptz not null,
  outcome text not null,
  status integer,
  error text,
  location text,
  body_bytes integer,
  took_ms integer,
  snapshot_id text,
  changed boolean not null default false
);
create index visit_by_page on visit (page_id, at desc, id desc);
create index visit_by_run on visit (run_id);
create index visit_by_age on visit (at);

-- What pages say ----------------------------------------------------------------------------------

create table cluster (
  id text primary key,
  initiative_id text,
  review_due boolean not null default false
);
create index cluster_due on cluster (id) where review_due;

create table mention (
  id text primary key,
  page_id text not null references page on delete cascade,
  key text not null,
  mention jsonb not null,
  baseline jsonb,
  snapshot_id text not null references snapshot,
  reader_version text not null,
  knowledge_version text not null,
  match jsonb not null,
  initiative_id text,
  cluster_id text references cluster on delete set null,
  missing_count integer not null default 0,
  first_seen_at timestamptz not null,
  changed_at timestamptz not null,
  unique (page_id, key)
);
create index mention_by_initiative on mention (initiative_id);
create index mention_by_cluster on mention (cluster_id);
create index mention_unmatched on mention (id) where initiative_id is null;

create table issue (
  page_id text not null references page on delete cascade,
  code text not null,
  message text not null,
  snapshot_id text,
  at timestamptz not null,
  primary key (page_id, code, message)
);

create table incident (
  id bigint generated always as identity primary key,
  source_id text not null references source on delete cascade,
  run_id text references run on delete set null,
  code text not null,
  message text not null,
  at timestamptz not null,
  closed_at timestamptz
);
create unique index incident_open on incident (source_id, code) where closed_at is null;

create table draft (
  id text primary key,
  source jsonb not null,
  who text,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

-- The catalog -------------------------------------------------------------------------------------

create table initiative (
  id text primary key,
  version integer not null default 1,
  block_keys integer[] not null default '{}',
  merged_into text references initiative,
  freshness text not null default 'fresh' check (freshness in ('fresh', 'ageing', 'stale', 'presumed-ended')),
  freshness_reason text,
  reviewed_at timestamptz,
  review_due boolean not null default false,
  created_at timestamptz not null
);
create index initiative_due on initiative (id) where review_due;
create index initiative_keys on initiative using gin (block_keys) with (fastupdate = off);

alter table mention add foreign key (initiative_id) references initiative on delete set null;
alter table cluster add foreign key (initiative_id) references initiative on delete set null;

create table change (
  id text primary key,
  kind text not null check (kind in ('new', 'update', 'duplicate', 'stale', 'ended')),
  initiative_id text references initiative on delete cascade,
  cluster_id text references cluster on delete cascade,
  fingerprint text not null,
  state text not null check (state in ('confirming', 'open', 'accepted', 'rejected', 'withdrawn')),
  proposal jsonb not null,
  priority double precision not null,
  version integer not null default 1,
  confirmed boolean not null default false,
  proposed_at timestamptz not null,
  decided_at timestamptz,
  check (num_nonnulls(initiative_id, cluster_id) = 1),
  check (jsonb_array_length(proposal -> 'evidence') > 0)
);
create unique index change_of_initiative on change (initiative_id, fingerprint) where initiative_id is not null;
create unique index change_of_cluster on change (cluster_id, fingerprint) where cluster_id is not null;
create index change_open on change (priority desc, id) where state = 'open';
create index change_confirming on change (id) where state = 'confirming';

create table decision (
  id bigint generated always as identity primary key,
  change_id text not null references change on delete cascade,
  verdict text not null check (verdict in ('accept', 'reject')),
  who text not null,
  policy_id bigint,
  why text,
  at timestamptz not null,
  initiative_id text references initiative on delete set null,
  inverse jsonb not null,
  undone_at timestamptz,
  undone_by text
);
create unique index decision_standing on decision (change_id) where undone_at is null;
create index decision_newest on decision (at desc, id desc);
create index decision_by_initiative on decision (initiative_id);

create table initiative_value (
  id bigint generated always as identity primary key,
  initiative_id text not null references initiative on delete cascade,
  field text not null,
  value jsonb not null,
  decision_id bigint references decision on delete cascade,
  origin text not null check (origin in ('import', 'decision', 'undo')),
  evidence jsonb not null default '[]',
  set_at timestamptz not null,
  replaced_at timestamptz,
  replaced_by bigint references decision on delete set null
);
create unique index initiative_value_current on initiative_value (initiative_id, field) where replaced_at is null;

create table organization (
  name text primary key,
  aliases text[] not null default '{}'
);

create table relation (
  from_id text not null references initiative on delete cascade,
  kind text not null,
  to_id text references initiative on delete cascade,
  to_name text not null,
  decision_id bigint references decision on delete cascade,
  evidence jsonb not null default '[]',
  primary key (from_id, kind, to_name)
);

create table event (
  id bigint generated always as identity primary key,
  initiative_id text not null references initiative on delete cascade,
  kind text not null check (kind in ('launch', 'award', 'expansion', 'rename', 'transfer', 'merger', 'sunset', 'milestone')),
  on_date text,
  title text not null,
  decision_id bigint references decision on delete cascade,
  evidence jsonb not null default '[]'
);
create index event_by_initiative on event (initiative_id);

create table "grant" (
  id bigint generated always as identity primary key,
  initiative_id text references initiative on delete cascade,
  funder text not null,
  grantee text,
  amount_usd numeric,
  period_start text,
  period_end text,
  program text,
  evidence jsonb not null default '[]'
);

create table merge (
  id bigint generated always as identity primary key,
  from_id text not null references initiative on delete cascade,
  into_id text not null references initiative on delete cascade,
  decision_id bigint references decision on delete cascade,
  mention_ids text[] not null,
  at timestamptz not null,
  undone_at timestamptz
);

-- Judgements are appended, never changed: the newest of a pair holds.
create table judgement (
  id bigint generated always as identity primary key,
  a text not null,
  b text not null,
  verdict text not null check (verdict in ('same', 'different', 'unsure')),
  who text not null,
  why text,
  decision_id bigint references decision on delete set null,
  at timestamptz not null,
  check (a < b)
);
create index judgement_of_pair on judgement (a, b, id desc);

create table suppression (
  effort text not null,
  field text not null,
  rule text not null,
  fingerprint text not null,
  suppressed jsonb not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  times integer not null default 1,
  primary key (effort, field, rule, fingerprint)
);

create table comment (
  id bigint generated always as identity primary key,
  change_id text not null references change on delete cascade,
  who text not null,
  text text not null check (text <> ''),
  at timestamptz not null
);

create table policy (
  id bigint generated always as identity primary key,
  name text not null unique,
  rule jsonb not null,
  switched_on_by text,
  switched_on_at timestamptz,
  switched_off_at timestamptz
);

alter table decision add foreign key (policy_id) references policy;

create table knowledge (
  version text primary key,
  knowledge jsonb not null,
  built_at timestamptz not null
);

create table vocabulary_term (
  vocabulary text not null,
  name text not null,
  phrases text[] not null,
  primary key (vocabulary, name)
);

-- When the freshness check last marked the catalog, and when the sweep last ran: one row.
create table upkeep (
  only_one boolean primary key default true check (only_one),
  freshness_checked_at timestamptz,
  swept_at timestamptz,
  pruned_at timestamptz
);
insert into upkeep default values;

-- Who may do what ---------------------------------------------------------------------------------

create table account (
  id text primary key,
  name text not null unique check (name <> ''),
  role text not null check (role in ('reader', 'curator', 'operator', 'admin')),
  disabled boolean not null default false,
  created_at timestamptz not null default now()
);

-- One-time links; only the hash of the secret is kept.
create table sign_in (
  secret_hash text primary key,
  account_id text not null references account on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Sessions and access tokens; only the hash of the secret is kept.
create table token (
  secret_hash text primary key,
  account_id text not null references account on delete cascade,
  kind text not null check (kind in ('session', 'access')),
  csrf_secret text,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index token_by_account on token (account_id);

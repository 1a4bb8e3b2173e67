-- What cheap and polite nights need to remember: how often pages change, whose word can be trusted, what was left alone and why.

-- Up Migration

alter table source
  -- Bounds of a page's interval, in hours; what a page is like is learnt between them.
  add column interval_min_hours integer not null default 20 check (interval_min_hours > 0),
  add column interval_max_hours integer not null default 672,
  -- Whether a browser may be used: where a page shows the need, never, or for every page.
  add column render text not null default 'auto' check (render in ('auto', 'never', 'always')),
  -- Sources of one politeness group share one pace, whatever their hosts are called.
  add column politeness_group text,
  add check (interval_max_hours >= interval_min_hours);

alter table host
  -- The host whose lease and pace this one shares; itself when null.
  add column pace_id text references host,
  add column busy_at timestamptz,
  -- When the kept robots.txt was last got whole, by the domain clock.
  add column robots_good_at timestamptz,
  -- What samples showed of its validators and of the dates in its lists: how often asked, how often they lied.
  add column validators_checked integer not null default 0,
  add column validators_lied integer not null default 0,
  add column listed_checked integer not null default 0,
  add column listed_lied integer not null default 0;

alter table run
  add column visited integer not null default 0,
  -- Pages that were due and were not asked, since the site's lists said they had not changed.
  add column spared integer not null default 0,
  -- What the night did not have to do, counted when the run is finished.
  add column saved jsonb not null default '{}',
  -- The archive that is the web for this run; null: the web itself.
  add column archive text;

-- The main text as the crawler saw it, compressed like the body.
alter table snapshot
  add column text bytea,
  -- The links that the skim held before, compressed too: one in six bytes of the database was theirs.
  add column links bytea,
  -- What is packed already is not packed again.
  alter column body set storage external;
alter table snapshot
  alter column text set storage external,
  alter column links set storage external;

alter table page
  -- What its address is like, for what is learnt by the kind of page: `/programs/*`.
  add column template text not null default '',
  -- Hash of its text without numbers and names of days and months: pages of a trap share it.
  add column shape_hash text,
  -- When the site's own lists say it last changed.
  add column listed_at timestamptz,
  -- What its visits showed: changes seen, and days over which they were looked for.
  add column changes_seen real not null default 0,
  add column days_watched real not null default 0,
  -- When it was last fetched whole, without validators.
  add column fetched_whole_at timestamptz,
  -- How many redirects in a row led to it.
  add column hops integer not null default 0,
  -- Whether the next visit goes through a browser.
  add column needs_browser boolean not null default false,
  add column body_bytes integer,
  add column text_length integer,
  -- Another page of the source that brought the same bytes first.
  add column same_as text references page on delete set null;
create index page_by_template on page (source_id, template, shape_hash);
create index page_by_snapshot on page (snapshot_id);
create index page_by_first on page (same_as) where same_as is not null;

alter table visit
  add column wire_bytes integer,
  add column rendered boolean not null default false,
  -- The answer's headers, where it brought a new snapshot.
  add column headers jsonb;

-- What a run did not follow, by reason, with an example.
create table cut_off (
  run_id text not null references run on delete cascade,
  reason text not null,
  times integer not null default 1,
  example text not null,
  primary key (run_id, reason)
);

-- Whether a browser brings more than the plain page, by source and kind of page.
create table render_verdict (
  source_id text not null references source on delete cascade,
  template text not null,
  gains boolean not null,
  reason text not null,
  tried_at timestamptz not null,
  primary key (source_id, template)
);

-- Made by `vitest run packages/store -u`; a test keeps it true.

create table "account" (
  id text not null,
  name text not null,
  role text not null,
  disabled boolean not null default false,
  created_at timestamp with time zone not null default now(),
  CHECK ((name <> ''::text)),
  CHECK ((role = ANY (ARRAY['reader'::text, 'curator'::text, 'operator'::text, 'admin'::text]))),
  PRIMARY KEY (id),
  UNIQUE (name)
);

create table "block_key" (
  initiative_id text not null,
  keys integer[] not null,
  merged boolean not null default false,
  FOREIGN KEY (initiative_id) REFERENCES initiative(id) ON DELETE CASCADE,
  PRIMARY KEY (initiative_id)
);

create table "change" (
  id text not null,
  kind text not null,
  initiative_id text,
  cluster_id text,
  fingerprint text not null,
  state text not null,
  proposal jsonb not null,
  priority double precision not null,
  version integer not null default 1,
  confirmed boolean not null default false,
  proposed_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  CHECK (((jsonb_array_length((proposal -> 'evidence'::text)) > 0) OR (proposal ? 'by'::text))),
  CHECK ((kind = ANY (ARRAY['new'::text, 'update'::text, 'duplicate'::text, 'stale'::text, 'ended'::text, 'split'::text]))),
  CHECK ((num_nonnulls(initiative_id, cluster_id) = 1)),
  CHECK ((state = ANY (ARRAY['confirming'::text, 'open'::text, 'accepted'::text, 'rejected'::text, 'withdrawn'::text]))),
  FOREIGN KEY (cluster_id) REFERENCES cluster(id) ON DELETE CASCADE,
  FOREIGN KEY (initiative_id) REFERENCES initiative(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);

create table "cluster" (
  id text not null,
  initiative_id text,
  review_due boolean not null default false,
  led_to text,
  FOREIGN KEY (initiative_id) REFERENCES initiative(id) ON DELETE SET NULL,
  FOREIGN KEY (led_to) REFERENCES cluster(id) ON DELETE SET NULL,
  PRIMARY KEY (id)
);

create table "comment" (
  id bigint not null generated always as identity,
  change_id text not null,
  who text not null,
  text text not null,
  at timestamp with time zone not null,
  CHECK ((text <> ''::text)),
  FOREIGN KEY (change_id) REFERENCES change(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);

create table "cut_off" (
  run_id text not null,
  reason text not null,
  times integer not null default 1,
  example text not null,
  FOREIGN KEY (run_id) REFERENCES run(id) ON DELETE CASCADE,
  PRIMARY KEY (run_id, reason)
);

create table "decision" (
  id bigint not null generated always as identity,
  change_id text not null,
  verdict text not null,
  who text not null,
  policy_id bigint,
  why text,
  at timestamp with time zone not null,
  initiative_id text,
  inverse jsonb not null,
  undone_at timestamp with time zone,
  undone_by text,
  CHECK ((verdict = ANY (ARRAY['accept'::text, 'reject'::text]))),
  FOREIGN KEY (change_id) REFERENCES change(id) ON DELETE CASCADE,
  FOREIGN KEY (initiative_id) REFERENCES initiative(id) ON DELETE SET NULL,
  FOREIGN KEY (policy_id) REFERENCES policy(id),
  PRIMARY KEY (id)
);

create table "draft" (
  id text not null,
  source jsonb not null,
  who text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  PRIMARY KEY (id)
);

create table "event" (
  initiative_id text not null,
  kind text not null,
  on_date text,
  decision_id bigint,
  evidence jsonb not null default '[]'::jsonb,
  key text not null,
  dated text,
  planned boolean not null default false,
  parties jsonb not null default '[]'::jsonb,
  CHECK ((dated = ANY (ARRAY['told'::text, 'announced'::text, 'decided'::text]))),
  CHECK ((kind = ANY (ARRAY['launch'::text, 'award'::text, 'expansion'::text, 'rename'::text, 'transfer'::text, 'merger'::text, 'sunset'::text, 'archive'::text, 'milestone'::text]))),
  FOREIGN KEY (decision_id) REFERENCES decision(id) ON DELETE CASCADE,
  FOREIGN KEY (initiative_id) REFERENCES initiative(id) ON DELETE CASCADE,
  PRIMARY KEY (initiative_id, key)
);

create table "grant" (
  initiative_id text not null,
  funder text,
  grantee text,
  amount numeric,
  period_start text,
  period_end text,
  program text,
  evidence jsonb not null default '[]'::jsonb,
  key text not null,
  currency text,
  on_date text,
  months integer,
  purpose text,
  CHECK (((funder IS NOT NULL) OR (grantee IS NOT NULL))),
  FOREIGN KEY (initiative_id) REFERENCES initiative(id) ON DELETE CASCADE,
  PRIMARY KEY (initiative_id, key)
);

create table "host" (
  id text not null,
  next_allowed_at timestamp with time zone not null default now(),
  lease_token bigint,
  lease_until timestamp with time zone,
  failures integer not null default 0,
  crawl_delay_ms integer,
  robots text,
  robots_outcome text,
  robots_fetched_at timestamp with time zone,
  robots_error text,
  pace_id text,
  busy_at timestamp with time zone,
  robots_good_at timestamp with time zone,
  validators_checked integer not null default 0,
  validators_lied integer not null default 0,
  listed_checked integer not null default 0,
  listed_lied integer not null default 0,
  FOREIGN KEY (pace_id) REFERENCES host(id),
  PRIMARY KEY (id)
);

create table "incident" (
  id bigint not null generated always as identity,
  source_id text not null,
  run_id text,
  code text not null,
  message text not null,
  at timestamp with time zone not null,
  closed_at timestamp with time zone,
  FOREIGN KEY (run_id) REFERENCES run(id) ON DELETE SET NULL,
  FOREIGN KEY (source_id) REFERENCES source(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);

create table "initiative" (
  id text not null,
  version integer not null default 1,
  merged_into text,
  freshness text not null default 'fresh'::text,
  freshness_reason text,
  reviewed_at timestamp with time zone,
  review_due boolean not null default false,
  created_at timestamp with time zone not null,
  gathered_version integer,
  compared_version integer,
  CHECK ((freshness = ANY (ARRAY['fresh'::text, 'ageing'::text, 'stale'::text, 'presumed-ended'::text]))),
  FOREIGN KEY (merged_into) REFERENCES initiative(id),
  PRIMARY KEY (id)
);

create table "initiative_value" (
  id bigint not null generated always as identity,
  initiative_id text not null,
  field text not null,
  value jsonb not null,
  decision_id bigint,
  origin text not null,
  evidence jsonb not null default '[]'::jsonb,
  set_at timestamp with time zone not null,
  replaced_at timestamp with time zone,
  replaced_by bigint,
  CHECK ((origin = ANY (ARRAY['import'::text, 'decision'::text, 'undo'::text]))),
  FOREIGN KEY (decision_id) REFERENCES decision(id) ON DELETE CASCADE,
  FOREIGN KEY (initiative_id) REFERENCES initiative(id) ON DELETE CASCADE,
  FOREIGN KEY (replaced_by) REFERENCES decision(id) ON DELETE SET NULL,
  PRIMARY KEY (id)
);

create table "issue" (
  page_id text not null,
  code text not null,
  message text not null,
  snapshot_id text,
  at timestamp with time zone not null,
  FOREIGN KEY (page_id) REFERENCES page(id) ON DELETE CASCADE,
  PRIMARY KEY (page_id, code, message)
);

create table "judgement" (
  id bigint not null generated always as identity,
  a text not null,
  b text not null,
  verdict text not null,
  who text not null,
  why text,
  decision_id bigint,
  at timestamp with time zone not null,
  a_kind text not null default 'initiative'::text,
  b_kind text not null default 'initiative'::text,
  basis jsonb,
  CHECK ((ROW(a_kind, a) < ROW(b_kind, b))),
  CHECK ((a_kind = ANY (ARRAY['initiative'::text, 'mention'::text]))),
  CHECK ((b_kind = ANY (ARRAY['initiative'::text, 'mention'::text]))),
  CHECK ((verdict = ANY (ARRAY['same'::text, 'different'::text, 'unsure'::text]))),
  FOREIGN KEY (decision_id) REFERENCES decision(id) ON DELETE SET NULL,
  PRIMARY KEY (id)
);

create table "knowledge" (
  version text not null,
  knowledge jsonb not null,
  built_at timestamp with time zone not null,
  turn bigint not null generated always as identity,
  PRIMARY KEY (version)
);

create table "match_cost" (
  only_one boolean not null default true,
  false_same double precision not null,
  missed_same double precision not null,
  asking double precision not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  CHECK ((asking > (0)::double precision)),
  CHECK ((false_same > (0)::double precision)),
  CHECK ((missed_same > (0)::double precision)),
  CHECK (only_one),
  PRIMARY KEY (only_one)
);

create table "mention" (
  id text not null,
  page_id text not null,
  key text not null,
  mention jsonb not null,
  baseline jsonb,
  snapshot_id text not null,
  reader_version text not null,
  knowledge_version text not null,
  match jsonb not null,
  initiative_id text,
  cluster_id text,
  missing_count integer not null default 0,
  first_seen_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  group_keys integer[] not null default '{}'::integer[],
  component text,
  regroup boolean not null default true,
  FOREIGN KEY (cluster_id) REFERENCES cluster(id) ON DELETE SET NULL,
  FOREIGN KEY (initiative_id) REFERENCES initiative(id) ON DELETE SET NULL,
  FOREIGN KEY (page_id) REFERENCES page(id) ON DELETE CASCADE,
  FOREIGN KEY (snapshot_id) REFERENCES snapshot(id),
  PRIMARY KEY (id),
  UNIQUE (page_id, key)
);

create table "merge" (
  id bigint not null generated always as identity,
  from_id text not null,
  into_id text not null,
  decision_id bigint,
  mention_ids text[] not null,
  at timestamp with time zone not null,
  undone_at timestamp with time zone,
  change_ids text[] not null default '{}'::text[],
  FOREIGN KEY (decision_id) REFERENCES decision(id) ON DELETE CASCADE,
  FOREIGN KEY (from_id) REFERENCES initiative(id) ON DELETE CASCADE,
  FOREIGN KEY (into_id) REFERENCES initiative(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);

create table "model" (
  version text not null,
  model jsonb not null,
  state text not null default 'candidate'::text,
  trained_at timestamp with time zone not null,
  judgements integer not null,
  newest_judgement bigint not null,
  frozen bigint[] not null,
  metrics jsonb not null,
  activated_by text,
  activated_at timestamp with time zone,
  CHECK (((activated_at IS NULL) = (state = 'candidate'::text))),
  CHECK ((judgements >= 0)),
  CHECK ((state = ANY (ARRAY['candidate'::text, 'active'::text, 'retired'::text]))),
  PRIMARY KEY (version)
);

create table "organization" (
  name text not null,
  aliases text[] not null default '{}'::text[],
  PRIMARY KEY (name)
);

create table "page" (
  id text not null,
  source_id text not null,
  host_id text not null,
  url text not null,
  purpose text not null default 'page'::text,
  depth integer not null default 0,
  wanted_by text,
  wanted_because text,
  tries integer not null default 0,
  not_before timestamp with time zone not null default now(),
  next_fetch_at timestamp with time zone,
  interval_hours integer not null default 24,
  etag text,
  last_modified text,
  body_hash text,
  text_hash text,
  failures integer not null default 0,
  outcome text,
  moved_to text,
  visited_at timestamp with time zone,
  first_seen_at timestamp with time zone not null,
  snapshot_id text,
  accepted_snapshot_id text,
  read_snapshot_id text,
  reader_version text,
  kind text,
  title text,
  language text,
  dates jsonb not null default '[]'::jsonb,
  read_failures integer not null default 0,
  read_not_before timestamp with time zone not null default now(),
  set_aside_because text,
  template text not null default ''::text,
  shape_hash text,
  listed_at timestamp with time zone,
  changes_seen real not null default 0,
  days_watched real not null default 0,
  fetched_whole_at timestamp with time zone,
  hops integer not null default 0,
  needs_browser boolean not null default false,
  body_bytes integer,
  text_length integer,
  same_as text,
  recipe_version integer,
  read_again boolean not null default false,
  held_snapshot_id text,
  unread boolean not null default (read_again OR ((snapshot_id IS DISTINCT FROM read_snapshot_id) AND (snapshot_id IS DISTINCT FROM held_snapshot_id))),
  CHECK ((purpose = ANY (ARRAY['page'::text, 'sitemap'::text]))),
  FOREIGN KEY (accepted_snapshot_id) REFERENCES snapshot(id),
  FOREIGN KEY (host_id) REFERENCES host(id),
  FOREIGN KEY (same_as) REFERENCES page(id) ON DELETE SET NULL,
  FOREIGN KEY (snapshot_id) REFERENCES snapshot(id),
  FOREIGN KEY (source_id) REFERENCES source(id) ON DELETE CASCADE,
  FOREIGN KEY (wanted_by) REFERENCES run(id) ON DELETE SET NULL,
  PRIMARY KEY (id),
  UNIQUE (url)
);

create table "pair" (
  id text not null,
  initiative_id text not null,
  other_id text,
  mention_id text,
  verdict text not null,
  score double precision not null,
  match jsonb not null,
  knowledge_version text not null,
  fingerprint text not null,
  first_seen_at timestamp with time zone not null,
  CHECK (((score >= (0)::double precision) AND (score <= (1)::double precision))),
  CHECK ((initiative_id <> other_id)),
  CHECK ((num_nonnulls(other_id, mention_id) = 1)),
  CHECK ((verdict = ANY (ARRAY['same'::text, 'related'::text, 'unsure'::text]))),
  FOREIGN KEY (initiative_id) REFERENCES initiative(id) ON DELETE CASCADE,
  FOREIGN KEY (mention_id) REFERENCES mention(id) ON DELETE CASCADE,
  FOREIGN KEY (other_id) REFERENCES initiative(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);

create table "policy" (
  id bigint not null generated always as identity,
  name text not null,
  rule jsonb not null,
  switched_on_by text,
  switched_on_at timestamp with time zone,
  switched_off_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (name)
);

create table "reading_before" (
  page_id text not null,
  run_id text not null,
  page jsonb not null,
  mentions jsonb not null,
  FOREIGN KEY (page_id) REFERENCES page(id) ON DELETE CASCADE,
  FOREIGN KEY (run_id) REFERENCES run(id) ON DELETE CASCADE,
  PRIMARY KEY (page_id)
);

create table "reading_stat" (
  run_id text not null,
  source_id text not null,
  at timestamp with time zone not null,
  reader_version text not null,
  recipe_version integer,
  figures jsonb not null,
  drifts jsonb not null default '[]'::jsonb,
  accepted_at timestamp with time zone,
  accepted_by text,
  FOREIGN KEY (run_id) REFERENCES run(id) ON DELETE CASCADE,
  FOREIGN KEY (source_id) REFERENCES source(id) ON DELETE CASCADE,
  PRIMARY KEY (run_id)
);

create table "recipe" (
  source_id text not null,
  version integer not null,
  body jsonb not null,
  fingerprints jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  who text,
  note text,
  CHECK ((version > 0)),
  FOREIGN KEY (source_id) REFERENCES source(id) ON DELETE CASCADE,
  PRIMARY KEY (source_id, version)
);

create table "relation" (
  from_id text not null,
  kind text not null,
  to_id text,
  to_name text not null,
  decision_id bigint,
  evidence jsonb not null default '[]'::jsonb,
  FOREIGN KEY (decision_id) REFERENCES decision(id) ON DELETE CASCADE,
  FOREIGN KEY (from_id) REFERENCES initiative(id) ON DELETE CASCADE,
  FOREIGN KEY (to_id) REFERENCES initiative(id) ON DELETE CASCADE,
  PRIMARY KEY (from_id, kind, to_name)
);

create table "render_verdict" (
  source_id text not null,
  template text not null,
  gains boolean not null,
  reason text not null,
  tried_at timestamp with time zone not null,
  FOREIGN KEY (source_id) REFERENCES source(id) ON DELETE CASCADE,
  PRIMARY KEY (source_id, template)
);

create table "run" (
  id text not null,
  source_id text not null,
  trigger text not null,
  who text,
  slot text not null,
  delay_ms integer,
  state text not null default 'visiting'::text,
  confirmed boolean not null default false,
  planned boolean not null default false,
  started_at timestamp with time zone not null,
  deadline_at timestamp with time zone not null default (now() + '06:00:00'::interval),
  finished_at timestamp with time zone,
  counts jsonb not null default '{}'::jsonb,
  outcome text,
  set_aside_because text,
  visited integer not null default 0,
  spared integer not null default 0,
  saved jsonb not null default '{}'::jsonb,
  archive text,
  CHECK ((delay_ms >= 0)),
  CHECK ((outcome = ANY (ARRAY['ok'::text, 'partial'::text, 'failed'::text]))),
  CHECK ((state = ANY (ARRAY['visiting'::text, 'reviewing'::text, 'confirming'::text, 'finished'::text]))),
  CHECK ((trigger = ANY (ARRAY['schedule'::text, 'operator'::text, 'found'::text]))),
  FOREIGN KEY (source_id) REFERENCES source(id) ON DELETE CASCADE,
  PRIMARY KEY (id),
  UNIQUE (source_id, slot)
);

create table "sign_in" (
  secret_hash text not null,
  account_id text not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  PRIMARY KEY (secret_hash)
);

create table "snapshot" (
  id text not null,
  body bytea not null,
  body_bytes integer not null,
  content_type text,
  skim jsonb,
  created_at timestamp with time zone not null,
  text bytea,
  links bytea,
  CHECK ((body_bytes >= 0)),
  CHECK ((id ~ '^[0-9a-f]{64}$'::text)),
  PRIMARY KEY (id)
);

create table "source" (
  id text not null,
  name text not null,
  kind text not null,
  seeds text[] not null,
  scope text[] not null,
  delay_ms integer not null default 1000,
  pages_max integer not null default 2000,
  run_at text not null default '02:00'::text,
  time_zone text not null default 'America/New_York'::text,
  next_run_at timestamp with time zone,
  paused boolean not null default false,
  origin text not null default 'operator'::text,
  created_at timestamp with time zone not null,
  interval_min_hours integer not null default 20,
  interval_max_hours integer not null default 672,
  render text not null default 'auto'::text,
  politeness_group text,
  recipe_version integer,
  CHECK ((cardinality(scope) > 0)),
  CHECK ((cardinality(seeds) > 0)),
  CHECK ((delay_ms >= 0)),
  CHECK ((interval_max_hours >= interval_min_hours)),
  CHECK ((interval_min_hours > 0)),
  CHECK ((kind = ANY (ARRAY['foundation'::text, 'state'::text, 'initiative'::text, 'library'::text, 'network'::text, 'news'::text]))),
  CHECK ((origin = ANY (ARRAY['operator'::text, 'found'::text]))),
  CHECK ((pages_max > 0)),
  CHECK ((render = ANY (ARRAY['auto'::text, 'never'::text, 'always'::text]))),
  FOREIGN KEY (id, recipe_version) REFERENCES recipe(source_id, version),
  PRIMARY KEY (id)
);

create table "suppression" (
  effort text not null,
  field text not null,
  rule text not null,
  fingerprint text not null,
  suppressed jsonb not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  times integer not null default 1,
  PRIMARY KEY (effort, field, rule, fingerprint)
);

create table "token" (
  secret_hash text not null,
  account_id text not null,
  kind text not null,
  csrf_secret text,
  created_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  CHECK ((kind = ANY (ARRAY['session'::text, 'access'::text]))),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  PRIMARY KEY (secret_hash)
);

create table "upkeep" (
  only_one boolean not null default true,
  freshness_checked_at timestamp with time zone,
  swept_at timestamp with time zone,
  pruned_at timestamp with time zone,
  compared_with text,
  CHECK (only_one),
  PRIMARY KEY (only_one)
);

create table "visit" (
  id bigint not null generated always as identity,
  page_id text not null,
  run_id text,
  at timestamp with time zone not null,
  outcome text not null,
  status integer,
  error text,
  location text,
  body_bytes integer,
  took_ms integer,
  snapshot_id text,
  changed boolean not null default false,
  wire_bytes integer,
  rendered boolean not null default false,
  headers jsonb,
  FOREIGN KEY (page_id) REFERENCES page(id) ON DELETE CASCADE,
  FOREIGN KEY (run_id) REFERENCES run(id) ON DELETE SET NULL,
  PRIMARY KEY (id)
);

create table "vocabulary_term" (
  vocabulary text not null,
  label text not null,
  phrases text[] not null,
  edition text not null,
  key text not null,
  source text not null,
  CHECK ((key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
  CHECK ((vocabulary = ANY (ARRAY['topic'::text, 'effort-area'::text, 'building-block'::text, 'goal'::text, 'feature'::text, 'relevance'::text, 'irrelevance'::text]))),
  PRIMARY KEY (vocabulary, edition, key)
);

CREATE INDEX block_key_keys ON public.block_key USING gin (keys) WITH (fastupdate=off);
CREATE INDEX change_confirming ON public.change USING btree (id) WHERE (state = 'confirming'::text);
CREATE INDEX change_open ON public.change USING btree (priority DESC, id) WHERE (state = 'open'::text);
CREATE INDEX cluster_due ON public.cluster USING btree (id) WHERE review_due;
CREATE INDEX decision_by_initiative ON public.decision USING btree (initiative_id);
CREATE INDEX decision_newest ON public.decision USING btree (at DESC, id DESC);
CREATE INDEX initiative_by_survivor ON public.initiative USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX initiative_due ON public.initiative USING btree (id) WHERE review_due;
CREATE INDEX initiative_uncompared ON public.initiative USING btree (id) WHERE ((merged_into IS NULL) AND (compared_version IS DISTINCT FROM version));
CREATE INDEX judgement_of_decision ON public.judgement USING btree (decision_id) WHERE (decision_id IS NOT NULL);
CREATE INDEX judgement_of_other ON public.judgement USING btree (b, id DESC);
CREATE INDEX judgement_of_pair ON public.judgement USING btree (a, b, id DESC);
CREATE INDEX mention_by_cluster ON public.mention USING btree (cluster_id);
CREATE INDEX mention_by_initiative ON public.mention USING btree (initiative_id);
CREATE INDEX mention_of_component ON public.mention USING btree (component) WHERE (component IS NOT NULL);
CREATE INDEX mention_unmatched ON public.mention USING btree (id) WHERE (initiative_id IS NULL);
CREATE INDEX merge_of_entry ON public.merge USING btree (from_id) WHERE (undone_at IS NULL);
CREATE INDEX page_by_first ON public.page USING btree (same_as) WHERE (same_as IS NOT NULL);
CREATE INDEX page_by_host ON public.page USING btree (host_id);
CREATE INDEX page_by_snapshot ON public.page USING btree (snapshot_id);
CREATE INDEX page_by_template ON public.page USING btree (source_id, template, shape_hash);
CREATE INDEX page_due ON public.page USING btree (source_id, next_fetch_at);
CREATE INDEX page_held ON public.page USING btree (source_id) WHERE (held_snapshot_id IS NOT NULL);
CREATE INDEX page_unread ON public.page USING btree (id) WHERE (unread AND (set_aside_because IS NULL));
CREATE INDEX page_wanted ON public.page USING btree (host_id, purpose DESC, depth, url) WHERE (wanted_by IS NOT NULL);
CREATE INDEX page_wanted_by ON public.page USING btree (wanted_by) WHERE (wanted_by IS NOT NULL);
CREATE INDEX pair_by_initiative ON public.pair USING btree (initiative_id);
CREATE INDEX pair_by_other ON public.pair USING btree (other_id) WHERE (other_id IS NOT NULL);
CREATE INDEX reading_before_by_run ON public.reading_before USING btree (run_id);
CREATE INDEX reading_stat_newest ON public.reading_stat USING btree (source_id, at DESC);
CREATE INDEX relation_by_target ON public.relation USING btree (to_id) WHERE (to_id IS NOT NULL);
CREATE INDEX run_newest ON public.run USING btree (source_id, started_at DESC);
CREATE INDEX source_due ON public.source USING btree (next_run_at) WHERE (NOT paused);
CREATE INDEX token_by_account ON public.token USING btree (account_id);
CREATE INDEX visit_by_age ON public.visit USING btree (at);
CREATE INDEX visit_by_page ON public.visit USING btree (page_id, at DESC, id DESC);
CREATE INDEX visit_by_run ON public.visit USING btree (run_id);
CREATE UNIQUE INDEX change_of_cluster ON public.change USING btree (cluster_id, fingerprint) WHERE (cluster_id IS NOT NULL);
CREATE UNIQUE INDEX change_of_initiative ON public.change USING btree (initiative_id, fingerprint) WHERE (initiative_id IS NOT NULL);
CREATE UNIQUE INDEX decision_standing ON public.decision USING btree (change_id) WHERE (undone_at IS NULL);
CREATE UNIQUE INDEX incident_open ON public.incident USING btree (source_id, code) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX initiative_value_current ON public.initiative_value USING btree (initiative_id, field) WHERE (replaced_at IS NULL);
CREATE UNIQUE INDEX model_active ON public.model USING btree (state) WHERE (state = 'active'::text);
CREATE UNIQUE INDEX pair_of_mention ON public.pair USING btree (mention_id) WHERE (mention_id IS NOT NULL);
CREATE UNIQUE INDEX run_open ON public.run USING btree (source_id) WHERE (state <> 'finished'::text);

create view "standing_judgement" as
 SELECT DISTINCT ON (judgement.a_kind, judgement.a, judgement.b_kind, judgement.b) judgement.id,
    judgement.a,
    judgement.b,
    judgement.verdict,
    judgement.who,
    judgement.why,
    judgement.decision_id,
    judgement.at,
    judgement.a_kind,
    judgement.b_kind,
    judgement.basis
   FROM judgement
     LEFT JOIN decision ON decision.id = judgement.decision_id
  WHERE decision.undone_at IS NULL
  ORDER BY judgement.a_kind, judgement.a, judgement.b_kind, judgement.b, judgement.id DESC;

create view "waiting_pair" as
 SELECT pair.id,
    pair.initiative_id,
    pair.other_id,
    pair.mention_id,
    pair.verdict,
    pair.score,
    pair.match,
    pair.knowledge_version,
    pair.fingerprint,
    pair.first_seen_at,
    told.mentions,
    (1.05::double precision - abs(2::double precision * pair.score - 1::double precision)) * (1::double precision + ln((1 + told.mentions)::double precision)) AS priority
   FROM pair
     JOIN initiative entry ON entry.id = pair.initiative_id AND entry.merged_into IS NULL
     LEFT JOIN initiative other ON other.id = pair.other_id
     LEFT JOIN mention ON mention.id = pair.mention_id
     JOIN LATERAL ( SELECT count(*)::integer AS mentions
           FROM mention mention_1
          WHERE (mention_1.initiative_id = ANY (ARRAY[pair.initiative_id, pair.other_id])) AND mention_1.missing_count = 0) told ON true
     LEFT JOIN LATERAL ( SELECT judgement.verdict,
            judgement.basis
           FROM judgement
             LEFT JOIN decision ON decision.id = judgement.decision_id
          WHERE decision.undone_at IS NULL AND (judgement.a = pair.initiative_id AND judgement.b = COALESCE(pair.other_id, pair.mention_id) OR judgement.a = COALESCE(pair.other_id, pair.mention_id) AND judgement.b = pair.initiative_id) AND (judgement.b_kind = 'mention'::text) = (pair.mention_id IS NOT NULL)
          ORDER BY judgement.id DESC
         LIMIT 1) judged ON true
  WHERE other.merged_into IS NULL AND (pair.mention_id IS NULL OR mention.initiative_id IS NULL AND mention.missing_count = 0) AND (judged.verdict IS NULL OR judged.verdict = 'unsure'::text AND (judged.basis ->> 'fingerprint'::text) <> pair.fingerprint AND ((judged.basis ->> 'verdict'::text) <> pair.verdict OR abs(((judged.basis ->> 'score'::text)::double precision) - pair.score) >= 0.1::double precision));

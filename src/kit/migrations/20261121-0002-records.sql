create table comment (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  body text,
  on_record text,
  on_id bigint,
  internal boolean,
  primary key (org, id)
);
create index comment_on_idx on comment (org, on_record, on_id, id);
create table comment_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index comment_search_words_idx on comment_search using gin (words);
alter table comment_search alter column words set statistics 1000;
create table task (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  subject text,
  status text,
  assignee bigint,
  team bigint,
  due_on date,
  on_record text,
  on_id bigint,
  note text,
  obligation bigint,
  done_at timestamptz,
  primary key (org, id)
);
create index task_on_idx on task (org, on_record, on_id, id);
create index task_assignee_open_idx on task (org, assignee, id) where binned_at is null and status not in ('done', 'cancelled');
create index task_due_on_open_idx on task (org, due_on, id) where binned_at is null and status not in ('done', 'cancelled');
create index task_obligation_idx on task (org, obligation, id);
create table task_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index task_search_words_idx on task_search using gin (words);
alter table task_search alter column words set statistics 1000;
create table link (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  type text,
  on_record text,
  on_id bigint,
  to_record text,
  to_id bigint,
  note text,
  primary key (org, id)
);
create index link_on_idx on link (org, on_record, on_id, id);
create index link_to_idx on link (org, to_record, to_id, id);
create unique index link_on_type_to_key on link (org, on_record, on_id, type, to_record, to_id) nulls not distinct where binned_at is null;
create table link_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index link_search_words_idx on link_search using gin (words);
alter table link_search alter column words set statistics 1000;
create table file (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  name text,
  on_record text,
  on_id bigint,
  sha256 text,
  size double precision,
  type text,
  primary key (org, id)
);
create index file_on_idx on file (org, on_record, on_id, id);
create index file_sha256_idx on file (org, sha256, id);
create table file_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index file_search_words_idx on file_search using gin (words);
alter table file_search alter column words set statistics 1000;
create table watcher (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  person bigint,
  on_record text,
  on_id bigint,
  primary key (org, id)
);
create index watcher_on_idx on watcher (org, on_record, on_id, id);
create index watcher_person_idx on watcher (org, person, id);
create unique index watcher_person_on_key on watcher (org, person, on_record, on_id) nulls not distinct where binned_at is null;
create table custom_field (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  label text,
  record text,
  name text,
  kind text,
  options jsonb,
  required boolean,
  help text,
  primary key (org, id)
);
create unique index custom_field_record_name_key on custom_field (org, record, name) nulls not distinct where binned_at is null;
create table custom_field_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index custom_field_search_words_idx on custom_field_search using gin (words);
alter table custom_field_search alter column words set statistics 1000;
create table saved_view (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  name text,
  record text,
  query text,
  audience text,
  pinned boolean,
  owner bigint,
  primary key (org, id)
);
create index saved_view_record_idx on saved_view (org, record, id);
create table saved_view_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index saved_view_search_words_idx on saved_view_search using gin (words);
alter table saved_view_search alter column words set statistics 1000;
create table import_batch (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  file_name text,
  record text,
  state text,
  sha256 text,
  found jsonb,
  mapping jsonb,
  counts jsonb,
  problems jsonb,
  progress double precision,
  rows double precision,
  because text,
  primary key (org, id)
);
create table import_batch_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index import_batch_search_words_idx on import_batch_search using gin (words);
alter table import_batch_search alter column words set statistics 1000;
create table measure (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  name text,
  definition text,
  duty text,
  unit text,
  better text,
  target double precision,
  limit_ double precision,
  cadence text,
  owner bigint,
  source text,
  latest double precision,
  latest_on date,
  standing text,
  primary key (org, id)
);
create index measure_duty_idx on measure (org, duty, id);
create table measure_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index measure_search_words_idx on measure_search using gin (words);
alter table measure_search alter column words set statistics 1000;
create table measurement (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  measure bigint,
  on_ date,
  value double precision,
  evidence double precision,
  list text,
  primary key (org, id)
);
create index measurement_measure_on_idx on measurement (org, measure, on_, id);
create unique index measurement_measure_on_key on measurement (org, measure, on_) nulls not distinct where binned_at is null;
create table obligation (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  subject text,
  rule text,
  first_on date,
  lead_days double precision,
  duty text,
  assignee bigint,
  team bigint,
  on_record text,
  on_id bigint,
  note text,
  active boolean,
  next_on date,
  primary key (org, id)
);
create index obligation_next_on_idx on obligation (org, next_on, id);
create table obligation_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index obligation_search_words_idx on obligation_search using gin (words);
alter table obligation_search alter column words set statistics 1000;
create table action (
  org integer not null,
  id bigint not null,
  rev integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  updated_at timestamptz not null,
  updated_by bigint,
  binned_at timestamptz,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  subject text,
  because text,
  on_record text,
  on_id bigint,
  duty text,
  status text,
  owner bigint,
  due_on date,
  result text,
  effect text,
  checked_by bigint,
  primary key (org, id)
);
create index action_on_idx on action (org, on_record, on_id, id);
create index action_owner_idx on action (org, owner, id);
create index action_due_on_idx on action (org, due_on, id);
create table action_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index action_search_words_idx on action_search using gin (words);
alter table action_search alter column words set statistics 1000;

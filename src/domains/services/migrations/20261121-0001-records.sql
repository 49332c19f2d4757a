create table service (
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
  kind text,
  status text,
  criticality text,
  about text,
  owner bigint,
  team bigint,
  calendar bigint,
  page text,
  primary key (org, id)
);
create index service_name_idx on service (org, name, id);
create index service_team_idx on service (org, team, id);
create unique index service_name_key on service (org, name) where binned_at is null;
create table service_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index service_search_words_idx on service_search using gin (words);
alter table service_search alter column words set statistics 1000;
create table dependency (
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
  service bigint,
  needs bigint,
  group_ text,
  minimum double precision,
  note text,
  primary key (org, id)
);
create index dependency_needs_idx on dependency (org, needs, id);
create unique index dependency_service_needs_key on dependency (org, service, needs) nulls not distinct where binned_at is null;
create table dependency_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index dependency_search_words_idx on dependency_search using gin (words);
alter table dependency_search alter column words set statistics 1000;
create table calendar (
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
  time_zone text,
  definition jsonb,
  holiday_country text,
  holiday_region text,
  feed text,
  primary key (org, id)
);
create unique index calendar_name_key on calendar (org, name) where binned_at is null;
create table calendar_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index calendar_search_words_idx on calendar_search using gin (words);
alter table calendar_search alter column words set statistics 1000;
create table agreement (
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
  kind text,
  calendar bigint,
  services bigint[] not null default '{}',
  units bigint[] not null default '{}',
  team bigint,
  supplier text,
  rank double precision,
  pauses jsonb,
  active boolean,
  note text,
  primary key (org, id)
);
create unique index agreement_name_key on agreement (org, name) where binned_at is null;
create table agreement_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index agreement_search_words_idx on agreement_search using gin (words);
alter table agreement_search alter column words set statistics 1000;
create table target (
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
  agreement bigint,
  clock text,
  priority text,
  working_minutes double precision,
  working_days double precision,
  end_of_day boolean,
  warn_at jsonb,
  escalations jsonb,
  primary key (org, id)
);
create index target_agreement_idx on target (org, agreement, id);
create unique index target_agreement_clock_priority_key on target (org, agreement, clock, priority) nulls not distinct where binned_at is null;

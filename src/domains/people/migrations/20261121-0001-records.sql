create table person (
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
  email text,
  status text,
  job_title text,
  unit bigint,
  location bigint,
  position bigint,
  line_manager bigint,
  phone text,
  mobile text,
  employee_number text,
  time_zone text,
  working_time bigint,
  started_on date,
  left_on date,
  primary key (org, id)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
create index person_name_idx on person (org, name, id);
create index person_unit_idx on person (org, unit, id);
create index person_line_manager_idx on person (org, line_manager, id);
create index person_employee_number_idx on person (org, employee_number, id);
create unique index person_email_key on person (org, lower(email)) where binned_at is null;
create table person_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index person_search_words_idx on person_search using gin (words);
alter table person_search alter column words set statistics 1000;
create table team (
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
  about text,
  lead bigint,
  members bigint[] not null default '{}',
  email text,
  calendar bigint,
  unit bigint,
  primary key (org, id)
);
create index team_members_idx on team using gin (members);
create unique index team_name_key on team (org, name) where binned_at is null;
create table team_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index team_search_words_idx on team_search using gin (words);
alter table team_search alter column words set statistics 1000;
create table unit (
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
  parent bigint,
  head bigint,
  code text,
  primary key (org, id)
);
create index unit_parent_idx on unit (org, parent, id);
create unique index unit_name_parent_key on unit (org, name, parent) nulls not distinct where binned_at is null;
create table unit_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index unit_search_words_idx on unit_search using gin (words);
alter table unit_search alter column words set statistics 1000;
create table location (
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
  parent bigint,
  address text,
  country text,
  time_zone text,
  primary key (org, id)
);
create index location_parent_idx on location (org, parent, id);
create unique index location_name_parent_key on location (org, name, parent) nulls not distinct where binned_at is null;
create table location_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index location_search_words_idx on location_search using gin (words);
alter table location_search alter column words set statistics 1000;
create table position (
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
  unit bigint,
  description text,
  reports_to bigint,
  status text,
  primary key (org, id)
);
create table position_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index position_search_words_idx on position_search using gin (words);
alter table position_search alter column words set statistics 1000;
create table absence (
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
  first_day date,
  last_day date,
  deputy bigint,
  note text,
  primary key (org, id)
);
create index absence_person_idx on absence (org, person, id);
create index absence_last_day_idx on absence (org, last_day, id);
create table absence_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index absence_search_words_idx on absence_search using gin (words);
alter table absence_search alter column words set statistics 1000;

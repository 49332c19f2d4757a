create table incident (
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
  priority text,
  impact text,
  urgency text,
  description text,
  service bigint,
  services bigint[] not null default '{}',
  category bigint,
  requester bigint,
  unit bigint,
  location bigint,
  channel text,
  team bigint,
  assignee bigint,
  waiting_for text,
  waiting_until timestamptz,
  resolution text,
  closure_code text,
  parent bigint,
  duplicate_of bigint,
  major boolean,
  opened_at timestamptz,
  assigned_at timestamptz,
  responded_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  reopen_count double precision,
  reassignment_count double precision,
  worked_minutes integer,
  former_number text,
  source_level_met boolean,
  due_at timestamptz,
  level text,
  primary key (org, id)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
create index incident_opened_at_idx on incident (org, opened_at, id);
create index incident_updated_at_idx on incident (org, updated_at, id);
create index incident_priority_opened_at_idx on incident (org, priority, opened_at, id);
create index incident_service_opened_at_idx on incident (org, service, opened_at, id);
create index incident_requester_opened_at_idx on incident (org, requester, opened_at, id);
create index incident_status_opened_at_idx on incident (org, status, opened_at, id);
create index incident_former_number_idx on incident (org, former_number, id);
create index incident_due_at_open_idx on incident (org, due_at, id) where binned_at is null and status not in ('closed', 'cancelled');
create index incident_assignee_open_idx on incident (org, assignee, id) where binned_at is null and status not in ('closed', 'cancelled');
create index incident_team_open_idx on incident (org, team, id) where binned_at is null and status not in ('closed', 'cancelled');
create index incident_status_priority_open_idx on incident (org, status, priority, id) where binned_at is null and status not in ('closed', 'cancelled');
create index incident_parent_idx on incident (org, parent, id);
create table incident_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index incident_search_words_idx on incident_search using gin (words);
alter table incident_search alter column words set statistics 1000;
create table major_incident (
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
  incident bigint,
  status text,
  commander bigint,
  communicator bigint,
  scribe bigint,
  bridge text,
  news_every integer,
  mitigated_at timestamptz,
  over_at timestamptz,
  what_happened text,
  causes text,
  lessons text,
  reviewed_at timestamptz,
  primary key (org, id)
);
create index major_incident_incident_idx on major_incident (org, incident, id);
create table major_incident_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index major_incident_search_words_idx on major_incident_search using gin (words);
alter table major_incident_search alter column words set statistics 1000;
create table news (
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
  major bigint,
  message text,
  audience text,
  next_at timestamptz,
  is_last boolean,
  primary key (org, id)
);
create index news_major_idx on news (org, major, id);
create table news_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index news_search_words_idx on news_search using gin (words);
alter table news_search alter column words set statistics 1000;
create table category (
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
  parent bigint,
  team bigint,
  primary key (org, id)
);
create unique index category_name_parent_key on category (org, name, parent) nulls not distinct where binned_at is null;
create table category_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index category_search_words_idx on category_search using gin (words);
alter table category_search alter column words set statistics 1000;
create table time_entry (
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
  on_record text,
  on_id bigint,
  person bigint,
  minutes integer,
  day date,
  note text,
  primary key (org, id)
);
create index time_entry_on_idx on time_entry (org, on_record, on_id, id);
create index time_entry_person_idx on time_entry (org, person, id);
create table time_entry_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index time_entry_search_words_idx on time_entry_search using gin (words);
alter table time_entry_search alter column words set statistics 1000;
create table canned_reply (
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
  body text,
  team bigint,
  primary key (org, id)
);
create table canned_reply_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index canned_reply_search_words_idx on canned_reply_search using gin (words);
alter table canned_reply_search alter column words set statistics 1000;
create table survey (
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
  incident bigint,
  person bigint,
  status text,
  score double precision,
  comment text,
  answered_at timestamptz,
  primary key (org, id)
);
create index survey_incident_idx on survey (org, incident, id);
create index survey_answered_at_idx on survey (org, answered_at, id);
create table survey_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index survey_search_words_idx on survey_search using gin (words);
alter table survey_search alter column words set statistics 1000;

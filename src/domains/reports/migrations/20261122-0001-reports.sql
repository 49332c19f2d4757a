create table report (
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
  description text,
  owner bigint,
  period text,
  audience text,
  blocks jsonb,
  rule text,
  first_on date,
  recipients bigint[] not null default '{}',
  next_on date,
  problem text,
  primary key (org, id)
);
create index report_next_on_idx on report (org, next_on, id);
create table report_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index report_search_words_idx on report_search using gin (words);
alter table report_search alter column words set statistics 1000;
create table report_issue (
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
  report bigint,
  status text,
  from_ date,
  to_ date,
  owner bigint,
  audience text,
  sha256 text,
  needed jsonb,
  commentary jsonb,
  why text,
  released_by bigint,
  released_at timestamptz,
  deliveries jsonb,
  primary key (org, id)
);
create index report_issue_report_idx on report_issue (org, report, id);
create table report_issue_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index report_issue_search_words_idx on report_issue_search using gin (words);
alter table report_issue_search alter column words set statistics 1000;

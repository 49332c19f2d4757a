create table legal_hold (
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
  status text,
  reason text,
  ordered_by text,
  held_from date,
  held_person bigint,
  rows text,
  record text,
  filter text,
  released_at timestamptz,
  release_reason text,
  primary key (org, id)
);
create table legal_hold_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index legal_hold_search_words_idx on legal_hold_search using gin (words);
alter table legal_hold_search alter column words set statistics 1000;

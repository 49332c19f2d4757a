create table own_role (
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
  rights jsonb,
  ceiling text,
  widest text,
  primary key (org, id)
);
create unique index own_role_name_key on own_role (org, name) where binned_at is null;
create table own_role_search (
  org integer not null,
  id bigint not null,
  words tsvector not null,
  primary key (org, id)
);
create index own_role_search_words_idx on own_role_search using gin (words);
alter table own_role_search alter column words set statistics 1000;

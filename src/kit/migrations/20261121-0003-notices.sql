create table notice (
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
  subject text,
  on_record text,
  on_id bigint,
  because text,
  read_at timestamptz,
  primary key (org, id)
);
create index notice_person_read_at_idx on notice (org, person, read_at, id);
create index notice_on_idx on notice (org, on_record, on_id, id);

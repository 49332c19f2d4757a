-- Who has brought which content: for some weeks they may put it into a field of a record. It goes with its person.
create table upload (
  org integer not null,
  person bigint not null,
  sha256 text not null,
  name text not null,
  size bigint not null,
  type text not null,
  updated_at timestamptz not null default now(),
  primary key (org, person, sha256)
);
create index upload_sha256_idx on upload (sha256);
create index upload_updated_at_idx on upload (updated_at);

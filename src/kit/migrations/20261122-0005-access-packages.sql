-- Everything that is kept about a person, put together for them: asked for, made by a job, fetched by who asked, gone after a week.
create table access_package (
  org integer not null,
  id uuid not null,
  person bigint not null,
  asked_by bigint,
  asked_at timestamptz not null,
  state text not null,
  because text,
  made_at timestamptz,
  expires_at timestamptz not null,
  sha256 text,
  size bigint,
  records bigint not null default 0,
  withheld bigint not null default 0,
  primary key (org, id)
);
create index access_package_person_idx on access_package (org, person, asked_at desc);

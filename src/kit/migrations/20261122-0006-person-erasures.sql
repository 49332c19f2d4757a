-- Persons who were erased, or are about to be: the row stays as a number, without what it said.
create table person_erasure (
  org integer not null,
  person bigint not null,
  asked_by bigint,
  asked_at timestamptz not null,
  state text not null,
  because text,
  done_at timestamptz,
  entries bigint not null default 0,
  -- Where others may quote them in free text: [{ record, field, count }], to be looked at by hand.
  look jsonb not null default '[]',
  primary key (org, person)
);

-- Who is at which record now, what people have typed and not sent yet, and changes of many records under way.

-- Told again every few seconds, so it need not outlive the server.
create unlogged table presence (
  org integer not null,
  record text not null,
  record_id bigint not null,
  person bigint not null,
  -- One of several windows of the same person.
  tab text not null,
  is_writing boolean not null,
  since timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  primary key (org, record, record_id, person, tab)
);
create index presence_seen_at_idx on presence (seen_at);

-- Not a record: nobody but its writer sees it, it changes with each pause in typing, and it goes when it is sent.
create table unsent (
  org integer not null,
  person bigint not null,
  record text not null,
  record_id bigint not null,
  -- "comment", or the name of a field.
  part text not null,
  value jsonb not null,
  -- The revision of the record that its writer saw.
  rev integer,
  saved_at timestamptz not null default now(),
  primary key (org, person, record, record_id, part)
);
create index unsent_saved_at_idx on unsent (saved_at);

-- Changes of many records at once, while they are made: how far they are, and what was left as it was and why.
create table bulk_run (
  org integer not null,
  id bigint generated always as identity,
  person bigint not null,
  record text not null,
  -- { change } or { move, input } or { bin }
  deed jsonb not null,
  ids bigint[] not null,
  -- One undo takes back what was written under it.
  request text not null,
  -- How many of the ids were gone through.
  position integer not null default 0,
  failed jsonb not null default '[]',
  state text not null default 'running',
  created_at timestamptz not null default now(),
  primary key (org, id)
);
create index bulk_run_created_at_idx on bulk_run (created_at);

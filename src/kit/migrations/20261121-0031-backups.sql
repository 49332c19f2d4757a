-- Settings of the whole installation, whatever organisations are in it: one row a name.
create table installation_setting (
  name text primary key,
  value jsonb not null,
  at timestamptz not null default now()
);

-- What was backed up, where it stands, and whether it was proven. The files themselves are the truth: rows are made anew from them.
create table backup (
  id uuid primary key,
  started_at timestamptz not null,
  ended_at timestamptz,
  state text not null,
  because text,
  place text not null,
  name text not null,
  bytes bigint,
  entries bigint,
  items bigint,
  encrypted boolean not null,
  sha256 text,
  unsound integer not null default 0,
  proven_at timestamptz,
  proof text,
  proof_because text,
  proof_ms bigint,
  removed_at timestamptz,
  unique (place, name)
);
create index backup_started_idx on backup (started_at desc);

-- Background jobs that waited when a backup was made; the first worker after a restore sends them again.
create table restored_job (
  id uuid primary key,
  name text not null,
  data jsonb,
  start_after timestamptz,
  singleton_key text
);

-- Retention: rules, runs, what is held, and erasing values from the journal in a way that the seal can tell from tampering.

-- What an administrator says in place of the declaration. keep and bin_keep are ISO 8601 durations; null: for good.
create table retention_rule (
  org integer not null,
  record text not null,
  clock text not null,
  keep text,
  deed text not null check (deed in ('bin', 'delete', 'anonymise')),
  bin_keep text,
  changed_at timestamptz not null default now(),
  changed_by bigint,
  primary key (org, record)
);
create table retention_run (
  org integer not null,
  id uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  -- Null: by its schedule.
  started_by bigint,
  state text not null,
  because text,
  -- record → { binned, deleted, anonymised, held, needed }
  counts jsonb not null default '{}',
  primary key (org, id)
);
create index retention_run_started_idx on retention_run (org, started_at desc);

-- Rows that a legal hold has found; they stay held until it is released.
create table held_row (
  org integer not null,
  hold bigint not null,
  record text not null,
  id bigint not null,
  at timestamptz not null default now(),
  primary key (org, record, id, hold)
);
create index held_row_hold_idx on held_row (org, hold);

-- Rows that stay without what they said about people.
create table anonymised_row (
  org integer not null,
  record text not null,
  id bigint not null,
  at timestamptz not null default now(),
  primary key (org, record, id)
);

-- Contents of files whose last attachment was removed; they go when nothing refers to them.
create table lost_file (
  sha256 text primary key,
  at timestamptz not null default now()
);

-- Which entry of the journal lost values, and the sealed entry that says so. salt: for the hash of what was left, which
-- stands in that sealed entry.
create table journal_erasure (
  org integer not null,
  entry uuid not null,
  erasure uuid not null,
  salt bytea not null,
  primary key (org, entry)
);
create index journal_erasure_idx on journal_erasure (org, erasure);

-- Entries that lost values are few, and verification reads them all; no other entry costs anything here.
create index journal_erased_idx on journal (org, id) where salt is null;

-- The journal stays append-only but for one thing: an entry that an erasure names may lose its salt and values. Its leaf,
-- its fields' names and everything in the clear stay, and the hash of its values takes the place of the reason.
create or replace function journal_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_level = 'ROW' then
    if new.salt is null and new.reason ~ '^[A-Za-z0-9_-]{43}$' and (old.salt is not null or new.reason = old.reason)
      and old.record <> 'journal'
      and (new.id, new.org, new.at, new.occurred_at, new.request, new.record, new.record_id, new.action, new.origin, new.leaf, new.xid)
        = (old.id, old.org, old.at, old.occurred_at, old.request, old.record, old.record_id, old.action, old.origin, old.leaf, old.xid)
      and new.actor is not distinct from old.actor and new.on_behalf_of is not distinct from old.on_behalf_of
      and (select coalesce(array_agg(k order by k), '{}') from jsonb_object_keys(new.changes) k)
        = (select coalesce(array_agg(k order by k), '{}') from jsonb_object_keys(old.changes) k)
      and exists (select from journal_erasure e where e.org = old.org and e.entry = old.id) then
      return new;
    end if;
  end if;
  raise exception 'The journal is append-only: % is refused.', tg_op using errcode = 'insufficient_privilege';
end $$;

-- The kit's own tables: organisations, the journal and its seal, counters, clocks, sign-in.

create table organisation (
  id integer primary key,
  name text not null,
  time_zone text not null default 'UTC',
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

-- History, audit trail and outbox. Partitioned by month from the first release.
create table journal (
  id uuid not null,
  org integer not null,
  at timestamptz not null,
  occurred_at timestamptz not null,
  actor bigint,
  on_behalf_of bigint,
  request text not null,
  record text not null,
  record_id bigint not null,
  action text not null,
  changes jsonb not null,
  reason text,
  origin text not null,
  salt bytea,
  leaf bytea not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (org, id, at)
) partition by range (at);
create index journal_record_idx on journal (org, record, record_id, occurred_at desc, id desc);
create index journal_feed_idx on journal (xid, id);
create index journal_request_idx on journal (org, request);

create function journal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'The journal is append-only: % is refused.', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger journal_append_only before update or delete on journal for each row execute function journal_is_append_only();
create trigger journal_no_truncate before truncate on journal for each statement execute function journal_is_append_only();

-- Makes the partition of a month if it is missing; the trigger against truncate is per partition.
create function journal_partition(month date) returns void language plpgsql as $$
declare
  first date := date_trunc('month', month)::date;
  name text := 'journal_' || to_char(first, 'YYYY_MM');
begin
  if to_regclass(name) is null then
    execute format('create table %I partition of journal for values from (%L) to (%L)', name, first::text || ' 00:00:00+00', (first + interval '1 month')::date::text || ' 00:00:00+00');
    execute format('create trigger journal_no_truncate before truncate on %I for each statement execute function journal_is_append_only()', name);
  end if;
end $$;

-- The seal: which entry is which leaf of the Merkle tree (RFC 9162), roots of full tiles of 256 leaves, signed heads.
create table journal_leaf (
  index bigint primary key,
  entry uuid not null,
  org integer not null,
  at timestamptz not null,
  leaf bytea not null
);
create index journal_leaf_entry_idx on journal_leaf (entry);
create table journal_tile (
  index bigint primary key,
  root bytea not null
);
create table journal_checkpoint (
  size bigint primary key,
  root bytea not null,
  at timestamptz not null,
  note text not null,
  sent_at timestamptz
);
create table journal_seal (
  only_one boolean primary key default true check (only_one),
  xid xid8 not null default '0',
  id uuid not null default '00000000-0000-0000-0000-000000000000'
);
insert into journal_seal default values;

-- The last number given to a kind of record.
create table counter (
  org integer not null,
  name text not null,
  last bigint not null default 0,
  primary key (org, name)
);

-- Counts that are kept: changes are appended and folded into the totals from time to time.
create table tally (
  org integer not null,
  record text not null,
  by text not null,
  value text not null,
  n bigint not null default 0,
  primary key (org, record, by, value)
);
create table tally_delta (
  org integer not null,
  record text not null,
  by text not null,
  value text not null,
  n integer not null
);
create index tally_delta_idx on tally_delta (org, record, by);

create table reaction_cursor (
  name text primary key,
  xid xid8 not null default '0',
  id uuid not null default '00000000-0000-0000-0000-000000000000',
  failures integer not null default 0,
  last_error text,
  at timestamptz
);

-- Clocks as last computed: a cache for lists and reports; the truth is the history, the calendar and the target.
create table clock (
  org integer not null,
  record text not null,
  record_id bigint not null,
  name text not null,
  agreement bigint,
  target bigint,
  calendar bigint,
  service bigint,
  priority text,
  state text not null,
  started_at timestamptz not null,
  due_at timestamptz,
  stopped_at timestamptz,
  target_seconds bigint,
  used_seconds bigint,
  warn_at timestamptz,
  warned real not null default 0,
  primary key (org, record, record_id, name)
);
create index clock_due_idx on clock (org, due_at) where state = 'running';
create index clock_warn_idx on clock (warn_at) where state = 'running';
create index clock_report_idx on clock (org, name, started_at) include (state, service, priority);

-- Sign-in.
create table credential (
  org integer not null,
  person bigint not null,
  email text not null,
  password text,
  primary key (org, person)
);
create unique index credential_email_idx on credential (lower(email));
create table role_grant (
  org integer not null,
  person bigint not null,
  role text not null,
  granted_at timestamptz not null default now(),
  primary key (org, person, role)
);
create table session (
  key bytea primary key,
  org integer not null,
  person bigint not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  seen_at timestamptz not null default now()
);
create table api_token (
  org integer not null,
  id bigint not null,
  person bigint not null,
  name text not null,
  key bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  used_at timestamptz,
  primary key (org, id)
);
create table setup_link (
  key bytea primary key,
  expires_at timestamptz not null
);
create table preference (
  org integer not null,
  person bigint not null,
  value jsonb not null,
  primary key (org, person)
);
create table idempotency (
  org integer not null,
  key text not null,
  person bigint,
  fingerprint text not null,
  status integer not null,
  body jsonb,
  headers jsonb not null default '{}',
  at timestamptz not null default now(),
  primary key (org, key)
);

-- Webhooks of an organisation: where what happens is sent, and what became of it.

create table webhook (
  org integer not null,
  id bigint generated always as identity,
  name text not null,
  url text not null,
  -- Encrypted with the installation's secret.
  secret bytea not null,
  events text[] not null,
  -- Kinds of record; null for all that are told of.
  records text[],
  is_on boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (org, id)
);

create table webhook_delivery (
  org integer not null,
  id bigint generated always as identity,
  webhook bigint not null,
  message_id uuid not null,
  type text not null,
  body text not null,
  -- queued, sending, delivered, failed, held
  state text not null default 'queued',
  attempts integer not null default 0,
  status integer,
  last_error text,
  created_at timestamptz not null default now(),
  next_at timestamptz not null default now(),
  claimed_at timestamptz,
  ended_at timestamptz,
  primary key (org, id)
);
create index webhook_delivery_due_idx on webhook_delivery (next_at) where state in ('queued', 'sending');
create index webhook_delivery_list_idx on webhook_delivery (org, webhook, id desc);

-- What happened before there were webhooks is sent nowhere.
insert into reaction_cursor (name, xid, id) select 'webhooks', xid, id from journal order by journal.xid desc, journal.id desc limit 1;

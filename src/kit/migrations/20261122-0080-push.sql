-- Web push: browsers that show notices while the application is closed, what waits to go to them, and the key of this installation.

-- One row: the pair of keys by which push services know who sends (RFC 8292), the private one locked with the installation's secret.
create table push_key (
  one boolean primary key default true check (one),
  public bytea not null,
  private bytea not null,
  made_at timestamptz not null default now()
);

create table push_subscription (
  org integer not null,
  id bigint generated always as identity,
  person bigint not null,
  -- The session in which the person said so; it may have run out since.
  session uuid not null,
  agent text,
  endpoint text not null,
  -- What messages are encrypted with, so that nobody but this browser reads them (RFC 8291).
  p256dh bytea not null,
  auth bytea not null,
  created_at timestamptz not null default now(),
  -- The browser says now and then that it is still there.
  seen_at timestamptz not null default now(),
  delivered_at timestamptz,
  last_error text,
  primary key (org, id)
);
create unique index push_subscription_endpoint_idx on push_subscription (org, endpoint);
create index push_subscription_person_idx on push_subscription (org, person);
create index push_subscription_session_idx on push_subscription (session);

-- What waits for its moment, one row an event, as notice_mail for mails.
create table notice_push (
  org integer not null,
  id bigint generated always as identity,
  person bigint not null,
  record text not null,
  record_id bigint not null,
  happened jsonb not null,
  at timestamptz not null,
  due_at timestamptz not null,
  primary key (org, id)
);
create index notice_push_due_idx on notice_push (due_at);
create index notice_push_person_idx on notice_push (org, person, record, record_id);

-- On its way to a browser; gone when it is there.
create table push_message (
  org integer not null,
  id bigint generated always as identity,
  subscription bigint not null,
  -- Encrypted for the browser: nobody else reads it, this program included.
  body bytea not null,
  -- A later message under the same topic takes the place of one that was not delivered yet.
  topic text not null,
  is_urgent boolean not null,
  state text not null default 'queued',
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  next_at timestamptz not null default now(),
  claimed_at timestamptz,
  primary key (org, id)
);
create index push_message_due_idx on push_message (attempts, next_at);
create index push_message_subscription_idx on push_message (org, subscription);

-- A session that somebody ends takes its browser's notices with it, whoever ends it and how; one that has run out does not.
create function end_push() returns trigger language plpgsql as $$
begin
  if old.expires_at > now() then
    delete from push_subscription where org = old.org and session = old.id;
  end if;
  return null;
end $$;
create trigger end_push after delete on session for each row execute function end_push();

-- Whoever goes takes what was on its way along.
create function end_push_messages() returns trigger language plpgsql as $$
begin
  delete from push_message where org = old.org and subscription = old.id;
  return null;
end $$;
create trigger end_push_messages after delete on push_subscription for each row execute function end_push_messages();

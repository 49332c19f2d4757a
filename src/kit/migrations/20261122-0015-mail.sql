-- Outgoing mail: the server of each organisation, the outbox, and who asked for a new password.

create table mail_server (
  org integer primary key,
  settings jsonb not null,
  -- The password, encrypted with the installation's secret.
  password bytea,
  rev integer not null default 1,
  updated_at timestamptz not null default now(),
  -- How it stands: since when it cannot be used, how often in a row, why, and when it is tried again.
  failing_since timestamptz,
  failures integer not null default 0,
  last_error text,
  next_at timestamptz not null default now(),
  last_delivered_at timestamptz
);

-- One row a mail and recipient. Not a record: it says nothing that its cause does not say, changes with each try, and is removed.
create table mail (
  org integer not null,
  id bigint generated always as identity,
  person bigint,
  kind text not null,
  name text not null,
  address text not null,
  subject text not null,
  -- { paragraphs, action, why }: made into text and HTML when it is sent.
  content jsonb not null,
  -- What stands in its link and must be known to the recipient alone, encrypted; removed when the mail is done.
  secret bytea,
  because text not null,
  on_record text,
  on_id bigint,
  message_id text not null,
  reply_to_message text,
  state text not null,
  attempts integer not null default 0,
  last_error text,
  answer text,
  created_at timestamptz not null default now(),
  next_at timestamptz not null default now(),
  claimed_at timestamptz,
  -- Worth nothing after this.
  expires_at timestamptz,
  ended_at timestamptz,
  primary key (org, id)
);
create index mail_due_idx on mail (next_at) where state in ('queued', 'sending');
create index mail_state_idx on mail (org, state, id desc);
create index mail_person_idx on mail (org, person, kind, created_at);

-- Asked for at the door by somebody who may not exist: a worker looks, so that the answer takes the same time for everybody.
create table password_wish (
  id bigint generated always as identity primary key,
  email text not null,
  language text,
  address text,
  agent text,
  request text not null,
  asked_at timestamptz not null default now()
);

-- Sign-in: sessions that people recognise, second factors, passkeys, links for a new password, delays after failures.

alter table session add column id uuid not null default gen_random_uuid();
alter table session add column method text not null default 'password';
alter table session add column address text;
alter table session add column agent text;
-- When the person last proved who they are; changing how they sign in asks for a recent proof.
alter table session add column proved_at timestamptz not null default now();
create index session_person_idx on session (org, person);
create unique index session_id_idx on session (org, id);

alter table credential add column password_at timestamptz;

-- { "readOnly": true, "records": ["incident"] }; null: everything that the person may do.
alter table api_token add column scope jsonb;
alter table api_token add column used_address text;
create index api_token_person_idx on api_token (org, person);

-- The secret is encrypted with the installation's own; last_step: the newest time step whose code was used.
create table totp (
  org integer not null,
  person bigint not null,
  secret bytea not null,
  confirmed_at timestamptz not null default now(),
  last_step bigint not null default 0,
  primary key (org, person)
);
-- Short enough to be typed, so hashed like passwords; one salt for a person's ten, so that one hash finds out.
create table recovery_code (
  org integer not null,
  person bigint not null,
  salt bytea not null,
  hash bytea not null,
  used_at timestamptz,
  primary key (org, person, hash)
);
-- The id comes from the authenticator and is known before the organisation is: sign-in begins with it.
create table passkey (
  key bytea primary key,
  org integer not null,
  person bigint not null,
  id uuid not null default gen_random_uuid(),
  name text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  is_synced boolean not null,
  made_at timestamptz not null default now(),
  used_at timestamptz
);
create index passkey_person_idx on passkey (org, person);

-- What is under way for a few minutes: a sign-in that waits for its second step, a passkey's challenge, a link for a new password.
create table sign_in_step (
  key bytea primary key,
  kind text not null,
  org integer,
  person bigint,
  challenge text,
  tries integer not null default 0,
  made_by bigint,
  expires_at timestamptz not null
);
create index sign_in_step_person_idx on sign_in_step (org, person);

-- subject: a hash of an account, a browser that has been let in before, or an address.
create table sign_in_delay (
  subject bytea primary key,
  failures integer not null,
  tried_at timestamptz not null,
  until timestamptz not null
);

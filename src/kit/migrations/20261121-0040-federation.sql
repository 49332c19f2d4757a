-- Signing in through other systems, and whom they keep up to date here: OpenID Connect, SAML 2.0, LDAP, SCIM 2.0.

create table identity_provider (
  org integer not null,
  id bigint not null,
  -- Part of the addresses that the other side is told; unique over all organisations.
  slug text not null unique,
  kind text not null,
  name text not null,
  is_on boolean not null,
  rev integer not null default 1,
  settings jsonb not null,
  -- Encrypted with the installation's secret.
  secrets bytea,
  -- SCIM: the hash of its bearer token.
  token bytea unique,
  token_used_at timestamptz,
  -- LDAP: how the last run of the directory ended.
  synced jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org, id)
);

-- Who a provider's subject is here. One subject for a person and provider.
create table identity (
  org integer not null,
  provider bigint not null,
  subject text not null,
  person bigint not null,
  user_name text,
  external_id text,
  groups text[] not null default '{}',
  -- SCIM: what the client sent; LDAP: the values that were last taken over.
  resource jsonb,
  rev integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  seen_at timestamptz,
  primary key (org, provider, subject),
  unique (org, provider, person),
  foreign key (org, provider) references identity_provider (org, id) on delete cascade
);
create index identity_person_idx on identity (org, person);
create unique index identity_user_name_idx on identity (org, provider, lower(user_name));
create index identity_external_idx on identity (org, provider, external_id);

-- Roles that a provider's groups gave: only these does it take away again.
create table provider_grant (
  org integer not null,
  provider bigint not null,
  person bigint not null,
  role text not null,
  -- The unit (with all below it) that the role is for; 0 is the whole organisation.
  unit bigint not null default 0,
  primary key (org, provider, person, role, unit)
);

-- A sign-in under way at the other side, kept until it comes back once; bound to the browser that began it.
create table sign_in_handshake (
  key bytea primary key,
  browser bytea,
  kept jsonb not null,
  expires_at timestamptz not null
);
-- Assertions that were used; kept as long as they would be accepted.
create table spent_assertion (
  org integer not null,
  provider bigint not null,
  id text not null,
  expires_at timestamptz not null,
  primary key (org, provider, id)
);
-- What the other side needs to end its own session too.
create table federated_session (
  session bytea primary key,
  org integer not null,
  provider bigint not null,
  kept bytea not null,
  at timestamptz not null default now()
);

-- Groups that a SCIM client keeps here.
create table directory_group (
  org integer not null,
  provider bigint not null,
  id bigint not null,
  name text not null,
  external_id text,
  rev integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org, provider, id),
  foreign key (org, provider) references identity_provider (org, id) on delete cascade
);
create unique index directory_group_name_idx on directory_group (org, provider, lower(name));
create table directory_member (
  org integer not null,
  provider bigint not null,
  in_group bigint not null,
  person bigint not null,
  primary key (org, provider, in_group, person),
  foreign key (org, provider, in_group) references directory_group (org, provider, id) on delete cascade
);
create index directory_member_person_idx on directory_member (org, provider, person);

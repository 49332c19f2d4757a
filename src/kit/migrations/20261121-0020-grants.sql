-- A grant holds in the organisation, in a unit with everything below it, in a team, or for one's own records.
alter table role_grant
  add column scope text not null default 'organisation' check (scope in ('organisation', 'unit', 'team', 'own')),
  add column scope_id bigint not null default 0,
  add column granted_by bigint,
  drop constraint role_grant_pkey,
  add primary key (org, person, role, scope, scope_id);
-- An administrator who reads as somebody else: until when, by which session.
create table view_as (
  key bytea primary key,
  org integer not null,
  viewer bigint not null,
  person bigint not null,
  reason text not null,
  expires_at timestamptz not null
);

-- Notices: the inbox of each person, what of it waits to go by mail, what they chose, what they muted, what was told of dates.

-- One row a person and record: many changes are one line. It holds ids and names of events, never what they say.
create table inbox (
  org integer not null,
  id bigint generated always as identity,
  person bigint not null,
  record text not null,
  record_id bigint not null,
  -- unread, read, done, snoozed
  state text not null default 'unread',
  -- The event that matters most of those below.
  why text not null,
  -- What happened since it was last read, the newest last, at most ten: [{event, at, by, as, …}].
  happened jsonb not null,
  -- How much that was; more than are kept.
  changes integer not null,
  -- To the millisecond, as pages go on from it.
  last_at timestamptz(3) not null,
  snoozed_until timestamptz,
  -- The deed that set the state, and what was before: for Undo.
  batch uuid,
  state_before text,
  snoozed_before timestamptz,
  primary key (org, person, record, record_id)
);
create unique index inbox_id_idx on inbox (org, id);
create index inbox_list_idx on inbox (org, person, last_at desc, id desc);
create index inbox_unread_idx on inbox (org, person, last_at desc, id desc) where state = 'unread';
create index inbox_snoozed_idx on inbox (snoozed_until) where state = 'snoozed';
create index inbox_batch_idx on inbox (org, person, batch) where batch is not null;

-- What waits to go by mail: one row an event, sent together when it is time.
create table notice_mail (
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
create index notice_mail_due_idx on notice_mail (due_at);
create index notice_mail_person_idx on notice_mail (org, person, record, record_id);

-- {events: {name: {inApp, mail}}, digest, quiet}: what differs from the usual.
create table notice_choice (
  org integer not null,
  person bigint not null,
  value jsonb not null,
  primary key (org, person)
);

create table notice_mute (
  org integer not null,
  person bigint not null,
  record text not null,
  record_id bigint not null,
  at timestamptz not null,
  primary key (org, person, record, record_id)
);

-- Each date of a record is told once when it comes and once when it is over; another date is told again.
create table notice_due (
  org integer not null,
  record text not null,
  record_id bigint not null,
  person bigint not null,
  due_on date not null,
  is_over boolean not null,
  primary key (org, record, record_id, person, due_on, is_over)
);

-- What happened before there were notices tells nobody anything.
insert into reaction_cursor (name, xid, id) select 'notices', xid, id from journal order by journal.xid desc, journal.id desc limit 1;

-- How telling a word is: in how many incidents of a sample it stands. A schedule refreshes it.
create table incident_word (
  org integer not null,
  word text not null,
  n integer not null,
  primary key (org, word)
);
create table incident_word_sample (
  org integer primary key,
  sampled integer not null,
  total bigint not null,
  at timestamptz not null
);
-- Indexes of the desk's figures. None of them costs anything when an incident is created.
create index incident_figures_idx on incident (org, resolved_at) include (reopen_count, reassignment_count) where resolved_at is not null and binned_at is null;
create index incident_binned_opened_idx on incident (org, opened_at) where binned_at is not null;
create index incident_waiting_until_idx on incident (org, waiting_until) where status = 'waiting' and binned_at is null;
create index incident_to_close_idx on incident (org, resolved_at, id) where status = 'resolved' and binned_at is null;

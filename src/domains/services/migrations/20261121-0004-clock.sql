-- Clocks are watched by their next moment whatever their state, and reported on without touching the table itself.
drop index clock_warn_idx;
create index clock_watch_idx on clock (org, warn_at) where warn_at is not null;
drop index clock_report_idx;
create index clock_report_idx on clock (org, record, name, started_at) include (state, service, priority, agreement, record_id);
alter table clock set (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

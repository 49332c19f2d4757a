-- The clocks that have not ended, soonest due first: for the health of services and the bridge.
drop index clock_due_idx;
create index clock_open_idx on clock (org, record, due_at) include (service, name, state, record_id) where stopped_at is null;

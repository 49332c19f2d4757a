alter table saved_view add column team bigint;

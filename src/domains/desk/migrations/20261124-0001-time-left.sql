alter table incident add column time_left integer;

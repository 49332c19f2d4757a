alter table import_batch add column rejected jsonb;

-- A file that a mail brings along; removed with what was sent.
alter table mail add column attachment bytea;
alter table mail add column attachment_name text;
alter table mail add column attachment_type text;

alter table custom_field add column to_ text;
alter table custom_field add column unit text;
alter table custom_field add column confidentiality text;
alter table custom_field add column listed boolean;
alter table custom_field add column searched boolean;
alter table custom_field add column sorted boolean;
alter table custom_field add column index text;
alter table custom_field add column words text;
alter table custom_field add column progress double precision;

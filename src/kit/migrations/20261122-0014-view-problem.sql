alter table saved_view add column problem text;

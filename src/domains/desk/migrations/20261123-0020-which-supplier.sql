alter table incident add column waiting_supplier text;

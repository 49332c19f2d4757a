alter table major_incident add column news_late_since timestamptz;

create index service_calendar_filled_idx on service (org, calendar, id) where calendar is not null;

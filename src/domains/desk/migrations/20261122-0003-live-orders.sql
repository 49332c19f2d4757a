create index incident_live_idx on incident (org, id) where binned_at is null;
create index incident_opened_at_live_idx on incident (org, opened_at, id) where binned_at is null;
create index incident_updated_at_live_idx on incident (org, updated_at, id) where binned_at is null;
create index incident_priority_opened_at_live_idx on incident (org, priority, opened_at desc, id desc) where binned_at is null;
create index incident_status_opened_at_live_idx on incident (org, status, opened_at desc, id desc) where binned_at is null;
drop index incident_opened_at_idx;
drop index incident_updated_at_idx;
drop index incident_priority_opened_at_idx;
drop index incident_status_opened_at_idx;
-- The bin's own list, which is in that order or by when it was opened (incident_binned_opened_idx).
create index incident_binned_updated_idx on incident (org, updated_at) where binned_at is not null;

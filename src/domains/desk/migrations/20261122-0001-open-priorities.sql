create index incident_assignee_priority_status_open_idx on incident (org, assignee, priority, status, id) where binned_at is null and status not in ('closed', 'cancelled');
drop index incident_assignee_open_idx;

create index incident_team_level_status_open_idx on incident (org, team, level, status, id) where binned_at is null and status not in ('closed', 'cancelled');
create index incident_level_open_idx on incident (org, level, id) where binned_at is null and status not in ('closed', 'cancelled');
drop index incident_team_open_idx;

create index incident_assignee_opened_at_filled_idx on incident (org, assignee, opened_at desc, id desc) where assignee is not null;
create index incident_team_opened_at_filled_idx on incident (org, team, opened_at desc, id desc) where team is not null;
drop index incident_assignee_opened_at_idx;
drop index incident_team_opened_at_idx;

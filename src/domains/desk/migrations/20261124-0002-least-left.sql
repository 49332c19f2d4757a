create index incident_time_left_filled_idx on incident (org, time_left, id) where time_left is not null;

create index incident_former_number_filled_idx on incident (org, former_number, id) where former_number is not null;
create index incident_parent_filled_idx on incident (org, parent, id) where parent is not null;
drop index incident_former_number_idx;
drop index incident_parent_idx;

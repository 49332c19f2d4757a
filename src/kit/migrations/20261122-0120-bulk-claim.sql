-- Since when a batch of a run is under way: what was begun ends, also when the run was cancelled meanwhile.
alter table bulk_run add column claimed_at timestamptz;

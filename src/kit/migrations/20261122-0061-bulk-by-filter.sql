-- A change of everything that a filter matches: walked by id, however many there are; and taking such a change back.

alter table bulk_run
  -- Null where records were chosen one by one, and where a run is undone.
  add column filter text,
  add column q text,
  -- Of whoever started it: in which the days of a filter begin.
  add column zone text not null default 'UTC',
  -- The greatest id there was when it began: what comes later is not meant.
  add column upto bigint,
  -- The last that was gone through: of records, or of what the journal says of an undone run.
  add column after_id bigint not null default 0,
  add column after_entry uuid,
  -- Null until they are counted.
  add column total integer,
  -- How many were left as they were; the first thousand of them stand in "failed", and how many for which reason here.
  add column failures integer not null default 0,
  add column reasons jsonb not null default '{}',
  -- Why it ended before its end.
  add column because text;

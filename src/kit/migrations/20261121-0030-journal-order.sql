-- The order of commits goes on over a restore or a move: another server counts its transactions anew, and what it writes
-- must still come after every entry that is there. A restore replaces both functions by ones that add a number.
create function journal_xid() returns xid8 language sql stable as $$ select pg_current_xact_id() $$;

-- Entries of transactions below it are all committed or gone: what follows the journal reads no further.
create function journal_horizon() returns xid8 language sql stable as $$ select pg_snapshot_xmin(pg_current_snapshot()) $$;

alter table journal alter column xid set default journal_xid();

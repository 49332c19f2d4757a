// A database that has no more room for rows of one name: a real fault in the middle of the work, until it is mended.
import type { Sql } from '#kit/database.ts'

/** From now on a team of this name cannot be written, as if the disk were full. */
export async function fillDisk(db: Sql, name: string): Promise<void> {
  await db.query(
    `create or replace function full_disk() returns trigger language plpgsql as $$ begin
       if new.name = '${name}' then raise exception 'could not extend file: No space left on device' using errcode = '53100'; end if;
       return new; end $$`,
  )
  await db.query('create or replace trigger full_disk before insert on team for each row execute function full_disk()')
}
export async function mendDisk(db: Sql): Promise<void> {
  await db.query('drop trigger full_disk on team')
}

/** A job that waits for its next try has it now, and no more after that. */
export async function lastTryNow(db: Sql, queue: string): Promise<void> {
  await db.query(
    "update jobs.job set start_after = now(), retry_limit = retry_count where name = $1 and state = 'retry'",
    [queue],
  )
}

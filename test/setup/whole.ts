// Questions about the whole database that find nothing when nothing was lost, half done or done twice.
import assert from 'node:assert/strict'
import type { Sql } from '#kit/database.ts'

/** Incidents, their journal, their surveys, the kept counts and the reactions agree. Call when the reactions had time to catch up. */
export async function assertWhole(db: Sql): Promise<void> {
  for (const [what, text] of Object.entries(NONE)) assert.deepEqual(await db.query(text), [], what)
}

/** What is kept of clocks beside what counting them finds, where the two differ. */
export const WRONG_CLOCK_COUNTS = `with counted as (
    select c.org, c.record, k.by, k.value, count(*) as n from clock c
      cross join lateral clock_counts_in(c.name, c.started_at, c.state, c.service, c.priority, c.agreement) k group by 1, 2, 3, 4
  ), kept as (
    select org, record, by, value, sum(n) as n from (select * from tally union all select * from tally_delta) a where by like 'clock/%' group by 1, 2, 3, 4 having sum(n) <> 0
  )
  select org, record, by, value, kept.n as kept, counted.n as counted from kept full join counted using (org, record, by, value) where kept.n is distinct from counted.n`
/** Each finds nothing when all is well. */
const NONE: Readonly<Record<string, string>> = {
  'an incident without its journal entry, or with two':
    "select i.id from incident i left join journal j on j.org = i.org and j.record = 'incident' and j.record_id = i.id and j.action = 'create' group by i.id having count(j.id) <> 1",
  'an entry without its incident':
    "select j.id from journal j where j.record = 'incident' and not exists (select 1 from incident i where i.org = j.org and i.id = j.record_id)",
  'a state that the journal does not tell of':
    "select i.id from incident i where i.status = 'resolved' and (select count(*) from journal j where j.org = i.org and j.record = 'incident' and j.record_id = i.id and j.changes->'status'->>1 = 'resolved') <> 1",
  'two questions about one solution': 'select incident from survey group by incident having count(*) > 1',
  'a reaction that is behind or failed':
    'select name, last_error from reaction_cursor where failures > 0 or exists (select 1 from journal j where (j.xid, j.id) > (reaction_cursor.xid, reaction_cursor.id))',
  'a kept count of clocks that is wrong': WRONG_CLOCK_COUNTS,
  'a kept count that is wrong':
    "select t.value from (select value, sum(n) as n from (select org, record, by, value, n from tally union all select org, record, by, value, n from tally_delta) a where record = 'incident' and by = 'status' group by value) t where t.n <> (select count(*) from incident i where i.status = t.value and i.binned_at is null)",
}

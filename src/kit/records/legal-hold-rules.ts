/** What a legal hold covers is checked when it is placed, and marked in the same transaction; a release lets go of it. */
import { say } from '#engines/say.ts'
import { system } from '#kit/actor.ts'
import { conditions } from '#kit/condition.ts'
import type { Misfits } from '#kit/problem.ts'
import { Refusal } from '#kit/problem.ts'
import { letGo, markHold, numbersIn } from '#kit/retention/holds.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { legalHold } from './legal-hold.ts'

export const legalHoldRules: Rules = {
  derive: ({ after, now }) => ({ heldFrom: after['heldFrom'] ?? now.slice(0, 10) }),
  fits: coverMisfits,
  refuse: releasedRefusal,
  after: async ({ after, actor, on, store }) => {
    if (after['status'] === 'released') await letGo(on, actor.org, after.id)
    else await markHold(on, store, actor.org, after)
  },
}

function releasedRefusal({ before, after }: Deriving): string | null {
  // Taking a release back by undo puts the hold in force again.
  const isSame = before?.['status'] === after['status'] && before?.binnedAt === after.binnedAt
  return after['status'] === 'released' && isSame
    ? say`${after.number} is released and stays as it was. Place another hold.`
    : null
}
async function coverMisfits(facts: Deriving): Promise<Misfits> {
  const { after } = facts
  if ([after['heldPerson'], after['rows'], after['record']].every((cover) => cover === null || cover === undefined))
    return { rows: say`Say what it covers: a person, records by their numbers, or a kind of record.` }
  const rows = await rowsMisfit(facts)
  return { ...(rows === null ? {} : { rows }), ...filterMisfits(facts) }
}
async function rowsMisfit({ after, actor, on, store }: Deriving): Promise<string | null> {
  for (const number of numbersIn(after['rows'])) {
    const found = store.catalogue.byNumber(number)
    if (found === null) return say`"${number}" is not the number of a record. Write numbers such as INC-1042.`
    if (found.record === legalHold) return say`A hold is never removed, so it needs no hold.`
    const rows = await run(
      on,
      sql`select 1 as one from ${raw(found.record.table)} where org = ${actor.org} and id = ${found.id}`,
    )
    if (rows.length === 0) return say`${number} does not exist. Look its number up in its list.`
  }
  return null
}
function filterMisfits({ after, actor, store, now }: Deriving): Misfits {
  const { record: name, filter } = after
  if (typeof name !== 'string')
    return typeof filter === 'string' ? { record: say`A filter needs the kind of record that it is for.` } : {}
  const record = store.catalogue.find(name)
  if (record === null || record === legalHold)
    return { record: say`There is no kind of record called "${name}" that could be held. Write one such as incident.` }
  try {
    const context = { catalogue: store.catalogue, actor: system(actor.org, actor.request), now, zone: 'UTC' }
    conditions(context, record, typeof filter === 'string' ? filter : '')
    return {}
  } catch (error) {
    if (error instanceof Refusal) return { filter: error.message }
    throw error
  }
}

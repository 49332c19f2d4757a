/** A measure knows its latest value and how it stands: whenever a value is entered, changed or binned, by whomever. */
import { say } from '#engines/say.ts'
import { touches } from '#kit/misfits.ts'
import type { AnyRow } from '#kit/record.ts'
import type { Bounds } from '#kit/measure.ts'
import { standingOf } from '#kit/measure.ts'
import { measure } from '#kit/records/steering.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'

/** UTC+14. */
const FARTHEST_EAST_MS = 14 * 3_600_000

/** A new target or limit judges the latest value anew. */
const measureRules: Rules = {
  fits: (facts) => ({ limit: limitProblem(facts) }),
  derive: ({ after }) => {
    const latest = after['latest']
    return typeof latest === 'number' ? { standing: standingOf(latest, boundsOf(after)) } : {}
  },
}
/** The measure takes over the value of its newest day, in the same transaction. */
const measurementRules: Rules = {
  fits: async (facts) => ({ measure: await computedProblem(facts), on: aheadProblem(facts) }),
  after: async ({ before, after, actor, on, store, unit }) => {
    const ids = [...new Set([before, after].flatMap((row) => idIn(row?.['measure']) ?? []))]
    for (const id of ids) {
      const newest = await run<{ value: number; on: string; latest: number | null; latestOn: string | null }>(
        on,
        sql`select v.value, v.on_ as "on", m.latest, m.latest_on as "latestOn" from measurement v join measure m on m.org = v.org and m.id = v.measure
          where v.org = ${actor.org} and v.measure = ${id} and v.binned_at is null and m.binned_at is null order by v.on_ desc limit 1`,
      )
      const found = newest[0]
      if (found === undefined || (found.latest === found.value && found.latestOn === found.on)) continue
      const latest = { latest: found.value, latestOn: found.on }
      await store.change(actor, measure, { id, rev: null }, latest, { trusted: true, unit })
    }
  },
}
/** Whoever has an action in hand when it is done does not pass it on to check its effect themselves. */
const actionRules: Rules = {
  refuse: ({ before, after, actor }) => {
    const owner = idIn(before?.['owner'])
    const isOwn = owner !== null && owner === actor.person && before?.['status'] === 'done'
    return isOwn && after['status'] === 'done' && idIn(after['owner']) !== owner
      ? say`This action is done, and its effect is checked by somebody other than its owner. Reopen it to pass it on.`
      : null
  },
}
export const rules: Readonly<Record<string, Rules>> = {
  measure: measureRules,
  measurement: measurementRules,
  action: actionRules,
}

/** What Pilothouse computes has its records behind it: nobody writes another number over it. */
async function computedProblem(facts: Deriving): Promise<string | null> {
  const { before, after, actor, on } = facts
  if (actor.person === null || !touches(facts, ['measure', 'on', 'value', 'evidence', 'list'])) return null
  const ids = [before, after].flatMap((row) => idIn(row?.['measure']) ?? [])
  const found = await run<{ name: string }>(
    on,
    sql`select name from measure where org = ${actor.org} and id = any(${ids}) and source is not null limit 1`,
  )
  return found[0] === undefined
    ? null
    : say`Pilothouse computes "${found[0].name}" from records, so no value is entered for it. Enter yours under a measure without a source.`
}
/** Nothing was measured on a day that has begun nowhere yet: it would stay the latest until then. */
function aheadProblem({ before, after, now }: Deriving): string | null {
  const day = String(after['on'] ?? '')
  const latest = new Date(Date.parse(now) + FARTHEST_EAST_MS).toISOString().slice(0, 10)
  return day !== before?.['on'] && day > latest ? say`${day} lies ahead. Give the day that the value is of.` : null
}
function boundsOf(row: AnyRow): Bounds {
  return {
    better: row['better'] === 'lower' ? 'lower' : 'higher',
    target: Number(row['target']),
    limit: Number(row['limit']),
  }
}
/** The limit lies on the bad side of the target. */
function limitProblem(facts: Deriving): string | null {
  const { better, target, limit } = facts.after
  if (typeof target !== 'number' || typeof limit !== 'number' || !touches(facts, ['better', 'target', 'limit']))
    return null
  if (better === 'higher' && limit > target)
    return say`Higher is better, so the limit lies at or below the target ${target}; this is ${limit}. Exchange them, or choose "Lower is better".`
  if (better === 'lower' && limit < target)
    return say`Lower is better, so the limit lies at or above the target ${target}; this is ${limit}. Exchange them, or choose "Higher is better".`
  return null
}

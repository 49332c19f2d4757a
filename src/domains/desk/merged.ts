/** Merged incidents: where the work goes on, and that nothing more is added to them. */
import { say } from '#engines/say.ts'
import type { Sql } from '#kit/database.ts'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { incident } from './incident.ts'

/** The incident that a reference to any record means; null for other records. */
export function incidentIn(value: unknown): number | null {
  return typeof value === 'object' && value !== null && 'record' in value && value.record === 'incident'
    ? idIn(value)
    : null
}

/** The incident that goes on in place of this one: itself unless it was merged, then the end of the chain. */
export async function survivorOf(on: Sql, org: number, id: number): Promise<number> {
  const rows = await run<{ id: number }>(
    on,
    sql`with recursive chain (id, next, depth) as (
      select id, duplicate_of, 0 from incident where org = ${org} and id = ${id} union all
      select i.id, i.duplicate_of, chain.depth + 1 from chain join incident i on i.org = ${org} and i.id = chain.next where chain.depth < 100
    ) select id from chain order by depth desc limit 1`,
  )
  return rows[0]?.id ?? id
}

/** What is said to a merged incident, or sent to it, arrives at the one that goes on. */
export const arrivesAtSurvivor: Rules = {
  derive: async ({ before, after, actor, on }) => {
    const id = before === null ? incidentIn(after['on']) : null
    if (id === null) return {}
    const survivor = await survivorOf(on, actor.org, id)
    return survivor === id
      ? {}
      : { on: { record: 'incident', id: survivor, number: `INC-${survivor}`, title: `INC-${survivor}` } }
  },
  refuse: (facts) => mergedProblem(facts, ['on']),
}
/** Tasks, time, links and watchers are refused where they would be lost. */
export const notOnMerged: Rules = { refuse: (facts) => mergedProblem(facts, ['on', 'to']) }

/** A link says something of two records. */
export const linkRules: Rules = {
  ...notOnMerged,
  fits: ({ after }) => {
    const [from, to] = [keyOf(after['on']), keyOf(after['to'])]
    return { to: from !== null && from === to ? say`A record cannot be linked to itself. Choose another one.` : null }
  },
}
function keyOf(value: unknown): string | null {
  const id = idIn(value)
  return id !== null && typeof value === 'object' && value !== null && 'record' in value
    ? `${value.record}/${id}`
    : null
}

/** Why something may not be put on a merged incident, or null. What stands there already may stay. */
async function mergedProblem(
  { before, after, actor, on }: Deriving,
  fields: readonly string[],
): Promise<string | null> {
  const added = fields.flatMap((name) => {
    const id = incidentIn(after[name])
    return id === null || id === incidentIn(before?.[name]) ? [] : [id]
  })
  if (added.length === 0) return null
  const rows = await run<{ id: number; duplicate_of: number }>(
    on,
    sql`select id, duplicate_of from incident where org = ${actor.org} and id = any(${added}::bigint[]) and duplicate_of is not null limit 1`,
  )
  const merged = rows[0]
  return merged === undefined
    ? null
    : say`INC-${merged.id} was merged into INC-${merged.duplicate_of} and takes nothing more. Use INC-${merged.duplicate_of}; what was passed on comes back when INC-${merged.id} is unmerged.`
}

/** A merged incident stays as it is until it is unmerged; counters that follow from elsewhere may change. */
export function mergedStays({ before, after }: Pick<Deriving, 'before' | 'after'>): string | null {
  const into = before === null ? null : idIn(before['duplicateOf'])
  if (before === null || into === null || idIn(after['duplicateOf']) !== into || before.binnedAt !== after.binnedAt)
    return null
  const own = Object.entries(incident.fields).filter(([name, field]) => !field.stamped || name === 'status')
  const changed = ['tags', 'custom', ...own.map(([name]) => name)].some((name) => !isSame(before, after, name))
  return changed
    ? say`${before.number} was merged into INC-${into}. Change that one, or unmerge ${before.number} first.`
    : null
}
function isSame(before: AnyRow, after: AnyRow, name: string): boolean {
  return JSON.stringify(before[name] ?? null) === JSON.stringify(after[name] ?? null)
}

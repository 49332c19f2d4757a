/** Carries the rules out: set by set, each in a transaction of its own, so that nobody waits for long and a kill loses nothing. */
import { said, say } from '#engines/say.ts'
import { system } from '#kit/actor.ts'
import type { Actor } from '#kit/actor.ts'
import { uuidv7 } from '#kit/journal.ts'
import type { RecordType } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { updateRows } from '#kit/write.ts'
import type { Along } from './along.ts'
import { goingAlong } from './along.ts'
import { anonymise } from './anonymise.ts'
import { isBinDue, isDue } from './due.ts'
import { forgetSignIn } from './forget-sign-in.ts'
import { heldSays, holdsOn } from './holds.ts'
import { purge } from './purge.ts'
import type { Rule } from './rules.ts'
import { DONE, durationSays, isRemovable, ruleSays, rulesOf } from './rules.ts'

export interface Counts {
  binned: number
  deleted: number
  anonymised: number
  /** What went along: comments, files, links. */
  along: number
  /** On legal hold. */
  held: number
  /** Others still refer to them. */
  needed: number
}
export type CountsOfRun = Readonly<Record<string, Counts>>
const SET = 100

/** Every organisation, by its rules. */
export async function keepRules(store: Store, request: string, signal?: AbortSignal): Promise<void> {
  for (const { id } of await run<{ id: number }>(store.db, sql`select id from organisation order by id`))
    await keepRulesOf(store, { org: id, by: null, request, signal })
}
export interface RunOrder {
  readonly org: number
  /** Who asked for it; null: the schedule. */
  readonly by: number | null
  readonly request: string
  readonly signal?: AbortSignal | undefined
}
/** One run in one organisation. Done twice, it removes nothing twice. @returns what it did, by kind of record */
export async function keepRulesOf(store: Store, { org, by, request, signal }: RunOrder): Promise<CountsOfRun> {
  const id = uuidv7(Date.parse(store.now()))
  const stopped = say`The process stopped. What was done stays done; the next run goes on.`
  await run(store.db, sql`update retention_run set state = 'failed', ended_at = ${store.now()}, because = ${stopped} where org = ${org} and state = 'running' and started_at < ${store.now()}::timestamptz - interval '6 hours'`) // oxfmt-ignore
  await run(store.db, sql`insert into retention_run (org, id, started_at, started_by, state) values (${org}, ${id}::uuid, ${store.now()}, ${by}, 'running')`) // oxfmt-ignore
  const actor: Actor = { ...system(org, request, 'rule'), onBehalfOf: by }
  const made: Record<string, Counts> = {}
  const end = (state: string, because: string | null): Promise<unknown> =>
    run(
      store.db,
      sql`update retention_run set ended_at = ${store.now()}, state = ${state}, because = ${because}, counts = ${JSON.stringify(made)}::jsonb where org = ${org} and id = ${id}::uuid`,
    )
  try {
    for (const rule of await rulesOf(store.db, org, store.catalogue.records)) {
      const record = store.catalogue.get(rule.record)
      const counts = { binned: 0, deleted: 0, anonymised: 0, along: 0, held: 0, needed: 0 }
      await keepRule({ store, actor, record, rule, counts, signal })
      if (Object.values(counts).some((n) => n > 0)) made[record.name] = counts
    }
    await end('done', null)
    return made
  } catch (error) {
    await end('failed', error instanceof Error ? error.message.slice(0, 500) : 'unknown')
    throw error
  }
}

interface Keeping {
  readonly store: Store
  readonly actor: Actor
  readonly record: RecordType
  readonly rule: Rule
  readonly counts: Counts
  readonly signal?: AbortSignal | undefined
}
async function keepRule(of: Keeping): Promise<void> {
  const { store, record, rule } = of
  const now = store.now()
  const due = isDue(record, rule, now)
  const says = ruleSays(record, rule)
  if (due !== null && rule.end === 'bin') await inSets(of, due, (set) => binSet(of, set, says))
  if (due !== null && rule.end === 'delete') await inSets(of, due, (set) => purgeSet(of, set, says))
  if (due !== null && rule.end === 'anonymise') await inSets(of, due, (set) => anonymiseSet(of, set, says))
  const bin = isBinDue(rule, now)
  const binSays = say`in the bin for ${durationSays(rule.binKeep ?? 'P0D')}, then ${said(DONE.delete)}`
  if (bin !== null && isRemovable(record)) await inSets(of, bin, (set) => purgeSet(of, set, binSays))
}

interface Taken {
  readonly unit: Parameters<Parameters<Store['transaction']>[1]>[0]
  readonly ids: readonly number[]
}
/** By the key, so that the table is walked once; rows that somebody changes at this moment wait for the next run. */
async function inSets(of: Keeping, due: Fragment, work: (set: Taken) => Promise<void>): Promise<void> {
  const { store, actor, record, signal } = of
  for (let last = 0; signal?.aborted !== true;) {
    const ids = await store.transaction(actor, async (unit) => {
      const found = await run<{ id: number }>(
        unit.on,
        sql`select t.id from ${raw(record.table)} t where t.org = ${actor.org} and t.id > ${last} and ${due} order by t.id limit ${raw(String(SET))} for update of t skip locked`,
      )
      const taken = found.map(({ id }) => id)
      if (taken.length > 0) await work({ unit, ids: taken })
      return taken
    })
    last = ids.at(-1) ?? last
    if (ids.length < SET) return
  }
}
async function purgeSet({ store, actor, record, counts }: Keeping, { unit, ids }: Taken, rule: string): Promise<void> {
  const done = await purge({ store, unit, actor, record, rule }, ids)
  counts.deleted += done.removed.length
  counts.along += done.along
  counts.held += done.held.size
  counts.needed += done.needed.size
}
async function binSet({ store, actor, record, counts }: Keeping, { unit, ids }: Taken, rule: string): Promise<void> {
  const held = await holdsOn(unit.on, { store, org: actor.org, record, ids })
  const now = store.now()
  const rows = await store.many(actor, record, ids.filter((id) => !held.has(id)), { unit, isWhole: true }) // oxfmt-ignore
  const writes = rows.map((before) => ({ before, after: { ...before, binnedAt: now }, action: 'bin', reason: rule }))
  if (writes.length > 0) await updateRows({ on: unit.on, actor, now, catalogue: store.catalogue }, record, writes)
  for (const { id } of rows) unit.touched.push([record.name, id])
  counts.binned += rows.length
  counts.held += held.size
}
async function anonymiseSet(of: Keeping, { unit, ids }: Taken, rule: string): Promise<void> {
  const { store, actor, record, counts } = of
  const held = await holdsOn(unit.on, { store, org: actor.org, record, ids })
  const free = ids.filter((id) => !held.has(id))
  counts.held += held.size
  const { blocked, along } = await removeHanging(of, unit, { ids: free, rule })
  const done = free.filter((id) => !blocked.has(id))
  if (done.length > 0) await anonymise({ store, unit, actor, record, rule }, done)
  if (record.name === 'person') for (const id of done) await forgetSignIn({ store, unit, actor, rule }, id)
  counts.held += blocked.size
  counts.along += along
  counts.anonymised += done.length
}
/** What hangs on rows that lose their people goes; a row with something held on it stays as it is. */
export async function removeHanging(
  { store, actor, record }: Pick<Keeping, 'store' | 'actor' | 'record'>,
  unit: Taken['unit'],
  { ids, rule }: { ids: readonly number[]; rule: string },
): Promise<{ blocked: Map<number, string>; along: number }> {
  const rows = ids.map((id): Along => ({ id, root: id }))
  const hanging = (await goingAlong(unit.on, store.catalogue, { org: actor.org, record, rows })).filter(([kind]) => kind.partOf === undefined) // oxfmt-ignore
  const blocked = new Map<number, string>()
  for (const [kind, some] of hanging) {
    const held = await holdsOn(unit.on, { store, org: actor.org, record: kind, ids: some.map(({ id }) => id) })
    for (const { id, root } of some)
      if (held.has(id)) blocked.set(root, heldSays(actor, `${kind.number}-${id}`, held.get(id) ?? []))
  }
  let along = 0
  for (const [kind, some] of hanging) {
    const free = [...new Set(some.filter(({ root }) => !blocked.has(root)).map(({ id }) => id))]
    const { removed } = await purge({ store, unit, actor, record: kind, rule }, free)
    along += removed.length
  }
  return { blocked, along }
}

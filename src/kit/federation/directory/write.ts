/** Writes what was planned, a few hundred persons at a time: rows, links and journal of a batch in one transaction. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { Statistics } from '#kit/import/statistics.ts'
import { Refusal } from '#kit/problem.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'
import { blankRow } from '#kit/blank-row.ts'
import type { Write } from '#kit/write.ts'
import { changesBetween, insertRows, updateRows } from '#kit/write.ts'
import type { DirectoryEntry } from '#kit/federation/ports.ts'
import type { LdapProvider } from '#kit/federation/settings.ts'
import { takenOf, TEXTS } from './known.ts'
import type { Places } from './places.ts'
import type { Planned } from './plan.ts'
import type { SyncChange } from './state.ts'

const BATCH = 500

export interface WriteContext {
  readonly store: Store
  readonly provider: LdapProvider
  readonly actor: Actor
  readonly person: RecordType
  readonly units: Places
  readonly locations: Places
  readonly isDry: boolean
  readonly note: (change: SyncChange) => void
  readonly fail: (entry: string, because: string) => void
}
/** The persons that the entries are now; managers come later, when everybody is there. */
export async function writePersons(context: WriteContext, planned: readonly Planned[]): Promise<Map<string, number>> {
  const people = new Map<string, number>()
  const statistics = new Statistics(context.store)
  for (let at = 0; at < planned.length; at += BATCH) {
    const batch = planned.slice(at, at + BATCH)
    for (const [id, person] of await writeBatch(context, batch)) people.set(id, person)
    await statistics.grown(context.person, batch.length)
  }
  return people
}

interface Ready {
  readonly planned: Planned
  readonly write: Write
}
async function writeBatch(context: WriteContext, planned: readonly Planned[]): Promise<Map<string, number>> {
  const ready = await readied(context, planned)
  for (const { planned: one, write } of ready) note(context, one, write)
  if (context.isDry) return new Map()
  try {
    await writeReady(context, ready)
  } catch (error) {
    if (!isRowFault(error)) throw error
    return halves(context, planned, error)
  }
  return new Map(ready.map(({ planned: one, write }) => [one.entry.id, write.after.id]))
}
/** What the database refuses is found by halving, and left out alone. */
async function halves(context: WriteContext, planned: readonly Planned[], error: Error): Promise<Map<string, number>> {
  const [first] = planned
  if (first === undefined) return new Map()
  if (planned.length === 1) {
    context.fail(first.entry.dn, say`It was not taken over: ${error.message}`)
    return new Map()
  }
  const middle = Math.ceil(planned.length / 2)
  const silent = { ...context, note: () => {} } // they were told of already
  return new Map([
    ...(await writeBatch(silent, planned.slice(0, middle))),
    ...(await writeBatch(silent, planned.slice(middle))),
  ])
}

async function readied(context: WriteContext, planned: readonly Planned[]): Promise<Ready[]> {
  const { store, actor, person, provider } = context
  const ids = planned.flatMap((one) => one.person ?? [])
  const rows = new Map((await store.many(actor, person, ids)).map((row) => [row.id, row]))
  const filled = await filledBefore(context, ids)
  const made = planned.filter((one) => one.person === null).length
  const first = made === 0 || context.isDry ? 0 : await store.numbers.take(actor.org, person.name, made)
  let next = first
  return planned.flatMap((one): Ready[] => {
    const reason = `${provider.name}: ${one.entry.dn}`.slice(0, 500)
    if (one.person === null) {
      const id = next++
      const values = { ...empty(person), ...valuesOf(context, one.entry, null, []), status: 'active' }
      const after = blankRow(person, { id, now: store.now(), actor }, values)
      return [{ planned: one, write: { before: null, after, action: 'create', reason } }]
    }
    const before = rows.get(one.person)
    if (before === undefined) return []
    const after = { ...before, ...valuesOf(context, one.entry, before, filled.get(before.id) ?? []) }
    return [{ planned: one, write: { before, after, action: 'change', reason } }]
  })
}
function empty(person: RecordType): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(person.fields).map(([name, { kind }]) => [name, kind === 'refs' || kind === 'tags' ? [] : null]),
  )
}
/** What the directory filled in earlier: only that does it empty again. */
async function filledBefore({ store, provider }: WriteContext, ids: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await run<{ person: number; filled: string[] | null }>(
    store.db,
    sql`select person, resource->'filled' as filled from identity where org = ${provider.org} and provider = ${provider.id} and person = any(${ids}::bigint[])`,
  )
  return new Map(rows.map(({ person, filled }) => [person, filled ?? []]))
}
function valuesOf(
  { units, locations }: WriteContext,
  entry: DirectoryEntry,
  before: AnyRow | null,
  filled: readonly string[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  const set = (name: string, value: unknown): void => {
    if (value !== null) values[name] = value
    else if (before !== null && filled.includes(name) && name !== 'name') values[name] = null
  }
  for (const name of TEXTS) set(name, entry[name])
  // A word that nobody knows here is a problem, not an empty field.
  if (entry.unit === null) set('unit', null)
  else values['unit'] = units.find(entry.unit) ?? before?.['unit'] ?? null
  if (entry.location === null) set('location', null)
  else values['location'] = locations.find(entry.location) ?? before?.['location'] ?? null
  return values
}
function note({ note: tell, person }: WriteContext, { what, entry, person: id }: Planned, write: Write): void {
  const fields = Object.keys(changesBetween(person, write.before, write.after)).filter((name) => name !== 'status')
  if (what !== 'change' || fields.length > 0) tell({ what, name: entry.name, person: id, fields })
}

async function writeReady(context: WriteContext, ready: readonly Ready[]): Promise<void> {
  const { store, actor, person } = context
  await store.transaction(actor, async (unit) => {
    const writer = { on: unit.on, actor, now: store.now(), catalogue: store.catalogue }
    const made = ready.filter(({ write }) => write.before === null).map(({ write }) => write)
    const changed = ready
      .map(({ write }) => write)
      .filter(
        (write) => write.before !== null && Object.keys(changesBetween(person, write.before, write.after)).length > 0,
      )
    if (made.length > 0) await insertRows(writer, person, made)
    if (changed.length > 0 && !(await updateRows(writer, person, changed)))
      throw new Refusal(412, 'stale', say`Somebody changed it meanwhile; the next run takes it over.`)
    await keepLinks(context, unit, ready)
    unit.touched.push(...[...made, ...changed].slice(-1).map(({ after }): [string, number] => [person.name, after.id]))
  })
}
async function keepLinks({ provider }: WriteContext, unit: Unit, ready: readonly Ready[]): Promise<void> {
  const rows = ready.map(({ planned: { entry }, write }) => ({
    subject: entry.id,
    person: write.after.id,
    resource: takenOf(entry),
    groups: entry.groups,
  }))
  await run(
    unit.on,
    sql`insert into identity (org, provider, subject, person, resource, groups)
      select ${provider.org}, ${provider.id}, r->>'subject', (r->>'person')::bigint, r->'resource', array(select jsonb_array_elements_text(r->'groups')) from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r
      on conflict (org, provider, subject) do update set resource = excluded.resource, groups = excluded.groups, updated_at = now()`,
  )
}
/** 22 and 23 are the classes of bad data and of broken rules in SQLSTATE. */
function isRowFault(error: unknown): error is Error {
  if (error instanceof Refusal) return true
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code)
}

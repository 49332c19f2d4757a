/** Why somebody may see or change something: the same rule as in access.ts, in words. */
import { amid, counted, said, say } from '#engines/say.ts'
import { gives, holdsEverywhere, mayAtAll, near, readable, relationsIn, whoMay } from './access.ts'
import type { Actor, Deed, Grant } from './actor.ts'
import { clearAdded } from './added.ts'
import type { Catalogue } from './catalogue.ts'
import { classOf, clearFields } from './clearance.ts'
import type { Confidentiality, Field, Ref } from './field.ts'
import { labelOf } from './field.ts'
import type { KeptGrant } from './grants.ts'
import { actorWith, GRANTS, grantsOf } from './grants.ts'
import type { AnyRow, RecordType } from './record.ts'
import { run, sql, raw } from './sql.ts'
import type { Store } from './store.ts'

export const DEEDS = ['read', 'create', 'update', 'bin'] as const satisfies readonly Deed[]
export interface Why {
  /** all: every row; some: those that the reasons name. */
  readonly extent: 'all' | 'some' | 'none'
  readonly because: readonly string[]
}
export interface RecordAccess {
  readonly record: string
  readonly label: string
  readonly confidentiality: Confidentiality
  readonly may: Readonly<Record<Deed, Why>>
  /** Labels of fields above what they may read. */
  readonly hidden: readonly string[]
}

/** What the actor may do with each kind of record, and why. `asker` is told of no added field that does not exist for them. */
export function accessOf(catalogue: Catalogue, actor: Actor, asker: Actor): RecordAccess[] {
  return catalogue.records.map((record) => {
    const clear = clearFields(actor, record)
    return {
      record: record.name,
      label: said(record.labelPlural),
      confidentiality: classOf(record),
      may: {
        read: why(actor, record, 'read'),
        create: why(actor, record, 'create'),
        update: why(actor, record, 'update'),
        bin: why(actor, record, 'bin'),
      },
      hidden: [
        ...labelsWithout(record.fields, clear),
        ...labelsWithout(clearAdded(catalogue, asker, record), clearAdded(catalogue, actor, record)),
      ],
    }
  })
}
function labelsWithout(fields: Readonly<Record<string, Field>>, clear: object): string[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    Object.hasOwn(clear, name) ? [] : [said(field.label ?? labelOf(name))],
  )
}
function why(actor: Actor, record: RecordType, deed: Deed): Why {
  const isAll = holdsEverywhere(actor, record, deed)
  const because = [...byRoles(actor, record, deed), ...byGrants(actor, record, deed)]
  const { scope } = record
  if (deed === 'read' && !isAll && typeof scope === 'object' && scope.on !== undefined && scope.staffOnly !== true)
    because.push(say`What hangs on a record that they may read.`)
  if (deed !== 'create')
    because.push(
      ...relationsIn(whoMay(record, deed)).map((name) => say`Where they are named as ${labelled(record, name)}.`),
    )
  const isOwnOnly = record.private !== undefined && isAll
  if (isOwnOnly) because.push(say`Rows of others only where they are shared.`)
  return {
    extent:
      because.length === 0 || !(isAll || mayAtAll(actor, record, deed)) ? 'none' : isAll && !isOwnOnly ? 'all' : 'some',
    because,
  }
}
function byRoles(actor: Actor, record: RecordType, deed: Deed): string[] {
  if (!holdsEverywhere(actor, record, deed)) return []
  const who = whoMay(record, deed)
  if (who.includes('everyone')) return [say`Everybody may.`]
  const roles = actor.roles.filter((role) => role === 'administrator' || who.includes(role))
  return roles.map((role) => say`By the role ${said(labelOf(role), 'role')} in the whole organisation.`)
}
function byGrants(actor: Actor, record: RecordType, deed: Deed): string[] {
  return (actor.grants ?? [])
    .filter((grant) => gives(grant, record, deed))
    .map((grant) => say`By the role ${said(grant.label, 'role')} ${where(grant)}.`)
}
function where({ reach }: Grant): string {
  if (reach.scope === 'organisation') return say`in the whole organisation`
  if (!('ids' in reach)) return say`for what is their own`
  return reach.scope === 'unit'
    ? inUnits(reach.ids.length, reach.ids.map((id) => `UNIT-${id}`).join(', '))
    : say`in the team ${reach.ids.map((id) => `TEAM-${id}`).join(', ')}`
}
function inUnits(n: number, units: string): string {
  return counted(n, say`in the unit ${units}`, say`in the units ${units}`)
}
function labelled(record: RecordType, name: string): string {
  return amid(record.fields[name]?.label ?? labelOf(name))
}

/** The person as an actor, with everything that they hold now, also of somebody who is not here any more: for explaining alone (`sign-in.ts` has who acts). */
export async function actorExplained({ db }: Store, org: number, person: Ref): Promise<Actor> {
  const grants = await grantsOf(db, org, person.id)
  return actorWith(db, { org, person: person.id, name: person.title, grants }, EXPLAINING)
}
const EXPLAINING = { origin: 'system', request: 'explain' } as const

export interface Reader {
  readonly person: Ref
  readonly may: readonly Deed[]
  readonly because: readonly string[]
}
export interface Readers {
  readonly everyone: boolean
  /** By name, at most 200. */
  readonly readers: readonly Reader[]
  readonly total: number
}
const MOST_LOOKED_AT = 500
const MOST_SHOWN = 200
const AT_ONCE = 8

/** Who may see one row, and why. Whoever holds a role or is named in the row, or in what it hangs on, is looked at. */
export async function readersOf(store: Store, record: RecordType, row: AnyRow, org: number): Promise<Readers> {
  const named = [...new Set([...personsIn(record, row), ...(await personsAbove(store, record, row, org))])]
  const people = await candidates(store, org, named)
  const stranger: Actor = { org, person: 0, name: '', roles: [], grants: [], origin: 'system', request: 'explain' }
  const seeing = await whoSees(store, record, row.id, [stranger, ...people])
  const readers: Reader[] = []
  for (const actor of people) {
    if (!seeing.has(actor.person ?? 0)) continue
    const here = await near(store.db, actor, record, { id: row.id, kinds: store.catalogue })
    readers.push({
      person: { id: actor.person ?? 0, number: `P-${actor.person}`, title: actor.name },
      may: DEEDS.filter((deed) => deed === 'read' || (deed !== 'create' && mayHere(here, record, deed, row))),
      because: reasons(actor, here, record, row),
    })
  }
  return { everyone: seeing.has(0), readers: readers.slice(0, MOST_SHOWN), total: readers.length }
}
function mayHere(here: Actor, record: RecordType, deed: Deed, row: AnyRow): boolean {
  return (
    holdsEverywhere(here, record, deed) || relationsIn(whoMay(record, deed)).some((name) => isNamed(here, row[name]))
  )
}
function reasons(actor: Actor, here: Actor, record: RecordType, row: AnyRow): string[] {
  const named = relationsIn(whoMay(record, 'read')).filter((name) => isNamed(actor, row[name]))
  const reached = (here.grants ?? []).map((grant) => grant.role)
  const made = [
    ...byRoles(actor, record, 'read'),
    ...(actor.grants ?? [])
      .filter((grant) => gives(grant, record, 'read') && (record.scope === 'shared' || reached.includes(grant.role)))
      .map((grant) => say`By the role ${said(grant.label, 'role')} ${where(grant)}.`),
    ...named.map((name) => say`Named as ${labelled(record, name)}.`),
  ]
  return made.length > 0 ? made : [say`They may read what it hangs on.`]
}
function isNamed(actor: Actor, value: unknown): boolean {
  return personIds(value).includes(actor.person ?? 0)
}
function personIds(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(personIds)
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number' ? [value.id] : []
}
function personsIn(record: RecordType, row: AnyRow): number[] {
  const names = [...relationsIn(record.can.read), ...(record.private === undefined ? [] : [record.private.owner])]
  return names.flatMap((name) => personIds(row[name]))
}
async function personsAbove(store: Store, record: RecordType, row: AnyRow, org: number): Promise<number[]> {
  const on = typeof record.scope === 'object' && record.scope.on !== undefined ? row[record.scope.on] : null
  if (typeof on !== 'object' || on === null || !('record' in on) || !('id' in on)) return []
  const parent = store.catalogue.find(String(on.record))
  if (parent === null) return []
  const product: Actor = { org, person: null, name: '', roles: ['administrator'], origin: 'system', request: 'explain' }
  const [above] = await store.many(product, parent, [Number(on.id)], { binned: true })
  return above === undefined ? [] : personsIn(parent, above)
}
async function candidates(store: Store, org: number, named: readonly number[]): Promise<Actor[]> {
  const rows = await run<{ id: number; name: string; grants: readonly KeptGrant[] }>(
    store.db,
    sql`select p.id, p.name, ${GRANTS} from person p cross join lateral (select p.org, p.id as person) s
      where p.org = ${org} and p.status = 'active' and p.binned_at is null
        and (p.id = any(${named}::bigint[]) or p.id in (select person from role_grant where org = ${org})) order by p.name limit ${MOST_LOOKED_AT}`,
  )
  return Promise.all(
    rows.map(({ id, name, grants }) => actorWith(store.db, { org, person: id, name, grants }, EXPLAINING)),
  )
}
/** Of these actors those who may read the row, asked of the database by the very rule of lists. */
async function whoSees(
  store: Store,
  record: RecordType,
  id: number,
  actors: readonly Actor[],
): Promise<ReadonlySet<number>> {
  const seen = new Set<number>()
  const queue = [...actors]
  const work = async (): Promise<void> => {
    for (let actor = queue.shift(); actor !== undefined; actor = queue.shift()) {
      const rows = await run(
        store.db,
        sql`select 1 from ${raw(record.table)} t where t.org = ${actor.org} and t.id = ${id} and ${readable(actor, record, store.catalogue)}`,
      )
      if (rows.length > 0) seen.add(actor.person ?? 0)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return seen
}

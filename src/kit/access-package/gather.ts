/** Gathers what is kept about a person: rows of every kind that name them or that they wrote, what they did, how they sign in. */
import { said, say } from '#engines/say.ts'
import { system } from '#kit/actor.ts'
import { classOf } from '#kit/clearance.ts'
import type { Field, KeptFile } from '#kit/field.ts'
import { labelOf } from '#kit/field.ts'
import type { Changes } from '#kit/journal.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import type { AddedFields } from '#kit/added.ts'
import { namedValue, namesPerson, personFields } from '#kit/retention/naming.ts'
import { SIGN_IN } from '#kit/sign-in/deeds.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { isOpen, withheldBecause, withheldFields } from './classes.ts'

/** One record about the person. */
export interface About {
  readonly kind: string
  readonly number: string
  readonly class: string
  /** By which fields it names them, or that they wrote it. */
  readonly because: readonly string[]
  /** Through which door it came: web, api, import, directory, scim …; null when the journal does not say. */
  readonly source: string | null
  readonly date: string
  readonly isBinned: boolean
  /** Label → value; null when all of it is withheld. */
  readonly values: Readonly<Record<string, unknown>> | null
  /** The contents of files that they gave with it. */
  readonly contents: readonly { readonly sha256: string; readonly name: string }[]
}
export interface Withheld {
  readonly number: string
  readonly kind: string
  readonly class: string
  /** Null: all of it. */
  readonly field: string | null
  readonly reason: string
}
export interface Deed {
  readonly at: string
  readonly about: string
  readonly action: string
  readonly source: string
  readonly isBy: boolean
  /** What changed: only the names where the record is somebody else's. */
  readonly changes: readonly string[] | Changes
}
export interface Gathered {
  readonly records: readonly About[]
  readonly withheld: readonly Withheld[]
}
interface Of {
  readonly store: Store
  readonly org: number
  readonly person: number
}
const SET = 200

/** Every record that names the person or that they wrote, kind by kind, a set at a time. */
export async function* recordsAbout(of: Of): AsyncGenerator<Gathered> {
  for (const record of of.store.catalogue.records) {
    for (let last = 0; ;) {
      const rows = await nextRows(of, record, last)
      const final = rows.at(-1)
      if (final === undefined) break
      last = final.id
      yield await told(of, record, rows)
    }
  }
}
async function nextRows({ store, org, person }: Of, record: RecordType, last: number): Promise<AnyRow[]> {
  const actor = system(org, 'access-package')
  const found = await run<{ id: number }>(
    store.db,
    sql`select t.id from ${raw(record.table)} t where t.org = ${org} and t.id > ${last} and ${namesPerson({ record, added: store.catalogue.customFields(org, record.name) }, person, { wrote: true })} order by t.id limit ${SET}`,
  )
  return store.many(actor, record, found.map(({ id }) => id), { binned: true, isWhole: true }) // oxfmt-ignore
}
async function told(of: Of, record: RecordType, rows: readonly AnyRow[]): Promise<Gathered> {
  const sources = await sourcesOf(of, record, rows)
  const withheld: Withheld[] = []
  const added = of.store.catalogue.customFields(of.org, record.name)
  const records = rows.map((row): About => {
    const because = withheldBecause(record, row, of.person)
    const fields = because === null ? withheldFields({ record, added }, row, of.person) : new Map<string, string>()
    const common = { number: row.number, kind: said(record.label) }
    if (because !== null) withheld.push({ ...common, class: classOf(record), field: null, reason: because })
    for (const [name, reason] of fields) withheld.push({ ...common, class: classOf(fieldIn(record, added, name)), field: labelIn(record, added, name), reason }) // oxfmt-ignore
    const isGiven = because === null && row.createdBy?.id === of.person
    return {
      ...common,
      class: classOf(record),
      because: reasonsOf({ record, added }, row, of.person),
      source: sources.get(row.id) ?? null,
      date: row.createdAt,
      isBinned: row.binnedAt !== null,
      values: because === null ? valuesOf({ record, added }, row, fields) : null,
      contents: isGiven ? contentsOf(record, row, fields) : [],
    }
  })
  return { records, withheld }
}
/** An attached file, and those that stand in fields which are not withheld. */
function contentsOf(record: RecordType, row: AnyRow, withheld: ReadonlyMap<string, string>): About['contents'] {
  const attached = typeof row['sha256'] === 'string' ? [{ sha256: row['sha256'], name: String(row['name'] ?? '') }] : []
  const inFields = Object.entries(record.fields).flatMap(([name, { kind }]) => {
    const file = kind === 'attachment' && !withheld.has(name) ? (row[name] as KeptFile | null) : null // as the kind is read
    return file === null ? [] : [{ sha256: file.sha256, name: file.title }]
  })
  return [...attached, ...inFields]
}
function reasonsOf(
  { record, added }: { record: RecordType; added: AddedFields },
  row: AnyRow,
  person: number,
): string[] {
  const named = personFields({ record, added }).filter((name) => names(namedValue(row, name), person))
  return [
    ...(record.name === 'person' && row.id === person ? [say`is the person`] : []),
    ...(row.createdBy?.id === person ? [say`wrote it`] : []),
    ...named.map((name) => say`named in "${labelIn(record, added, name)}"`),
  ]
}
function names(value: unknown, person: number): boolean {
  if (Array.isArray(value)) return value.some((one) => names(one, person))
  const isPerson = typeof value === 'object' && value !== null && (!('record' in value) || value.record === 'person')
  return isPerson && idIn(value) === person
}
function valuesOf(
  { record, added }: { record: RecordType; added: AddedFields },
  row: AnyRow,
  withheld: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const own = Object.keys(added).filter((name) => !withheld.has(`custom.${name}`) && !isEmpty(row.custom[name]))
  const shown = Object.keys(record.fields).filter((name) => !withheld.has(name) && !isEmpty(row[name]))
  return {
    ...Object.fromEntries(shown.map((name) => [labelIn(record, added, name), plain(row[name])])),
    ...(row.tags.length === 0 ? {} : { [say`Tags`]: row.tags }),
    ...Object.fromEntries(own.map((name) => [labelIn(record, added, `custom.${name}`), plain(row.custom[name])])),
  }
}
function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}
/** A reference as people read it. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === 'object' && value !== null && 'number' in value && 'title' in value
    ? `${String(value.number)} ${String(value.title)}`
    : value
}
function labelIn(record: RecordType, added: AddedFields, name: string): string {
  return said(fieldIn(record, added, name).label ?? labelOf(name))
}
function fieldIn(record: RecordType, added: AddedFields, name: string): Partial<Field> {
  return (name.startsWith('custom.') ? added[name.slice('custom.'.length)] : record.fields[name]) ?? {}
}
async function sourcesOf(
  { store, org }: Of,
  record: RecordType,
  rows: readonly AnyRow[],
): Promise<Map<number, string>> {
  const found = await run<{ id: number; origin: string }>(
    store.db,
    sql`select distinct on (record_id) record_id as id, origin from journal where org = ${org} and record = ${record.name} and record_id = any(${rows.map(({ id }) => id)}::bigint[]) order by record_id, occurred_at, id`,
  )
  return new Map(found.map(({ id, origin }) => [id, origin]))
}

/** What the person did and what was done to their own row and sign-in, oldest first, a thousand at a time. */
export async function* deedsOf({ store, org, person }: Of): AsyncGenerator<Deed[]> {
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await run<{
      id: string
      at: string
      record: string
      record_id: number
      action: string
      origin: string
      actor: number | null
      changes: Changes
    }>( // oxfmt-ignore
      store.db,
      sql`select id::text, occurred_at as at, record, record_id, action, origin, actor, changes from journal where org = ${org} and id > ${last}::uuid
        and (actor = ${person} or (record in ('person', ${SIGN_IN}) and record_id = ${person})) order by journal.id limit 1000`,
    )
    const final = rows.at(-1)
    if (final === undefined) return
    last = final.id
    yield rows.map((row) => {
      const isOwn = (row.record === 'person' || row.record === SIGN_IN) && row.record_id === person
      const number = store.catalogue.find(row.record)?.number
      return {
        at: row.at,
        about: number === undefined ? row.record : `${number}-${row.record_id}`,
        action: row.action,
        source: row.origin,
        isBy: row.actor === person,
        changes: isOwn ? openChanges(store.catalogue.find(row.record), row.changes) : Object.keys(row.changes),
      }
    })
  }
}

/** Without fields whose class is above what is given out. */
function openChanges(record: RecordType | null, changes: Changes): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([name]) => isOpen(record?.fields[name] ?? {})))
}

/** How they sign in: no secrets, only what there is. */
export async function signInOf({ store, org, person }: Of): Promise<Readonly<Record<string, readonly object[]>>> {
  const ask = (columns: string, from: string): Promise<object[]> =>
    run(store.db, sql`select ${raw(columns)} from ${raw(from)} where org = ${org} and person = ${person}`)
  return {
    sessions: await ask('method, address, agent, created_at, seen_at', 'session'),
    tokens: await ask('name, created_at, expires_at, used_at, used_address', 'api_token'),
    passkeys: await ask('name, made_at, used_at', 'passkey'),
    accounts: await ask('email, password_at', 'credential'),
    identities: await ask('subject, user_name, external_id, groups, created_at, seen_at', 'identity'),
    roles: await ask('role, scope, granted_at', 'role_grant'),
    preferences: await ask('value', 'preference'),
    notices: await ask('value', 'notice_choice'),
    inbox: await ask('record, record_id, state, why, happened, changes, last_at, snoozed_until', 'inbox'),
    muted: await ask('record, record_id, at', 'notice_mute'),
    browsers: await ask('agent, endpoint, created_at, seen_at, delivered_at', 'push_subscription'),
    uploads: await ask('name, size, type, updated_at', 'upload'),
    unsent: await ask('record, record_id, part, value, saved_at', 'unsent'),
  }
}

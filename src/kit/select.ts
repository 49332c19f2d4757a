/**
 * Reading rows: the table alone first, then the titles of everything it refers to in one more statement. Two plain
 * statements are planned once and kept; one with ten joins was planned anew at each page (12 ms against 2 ms).
 */
import { readable, readsAll } from './access.ts'
import type { Actor } from './actor.ts'
import { isProduct } from './actor.ts'
import type { AddedFields } from './added.ts'
import { clearAdded } from './added.ts'
import type { Catalogue } from './catalogue.ts'
import type { Sql } from './database.ts'
import type { AnyRef, Field, Ref, Shown, ShownTo } from './field.ts'
import type { AnyRow, Fields, RecordType } from './record.ts'
import { plainSnake, snake } from './record.ts'
import { join, raw, run, sql } from './sql.ts'
import { columnsOf } from './table.ts'

export type DatabaseRow = Readonly<Record<string, unknown>>
export interface Selection {
  readonly record: RecordType
  /** To be read from the alias `t`. */
  readonly columns: string
  readonly fields: readonly (readonly [string, Field])[]
  /** Also what the reader may not know, for the rules of a write. */
  readonly isWhole: boolean
}
const BASE = 't.id, t.rev, t.created_at, t.created_by, t.updated_at, t.updated_by, t.binned_at, t.tags, t.custom'

/** Fields that lists leave out unless asked: texts and structures that can be long. */
export function listFields(record: RecordType): string[] {
  return Object.entries(record.fields).flatMap(([name, field]) =>
    field.kind === 'longText' || field.kind === 'json' ? [] : [name],
  )
}
/** What of a row is read: of `names` those that are among `known`, the fields that the reader may know of. */
export function selection(record: RecordType, names: readonly string[], known: Fields, isWhole = false): Selection {
  const fields = names.flatMap((name) => {
    const field = Object.hasOwn(known, name) ? known[name] : undefined
    return field === undefined ? [] : [[name, field] as const]
  })
  const asked = fields
    .flatMap(([, { shown }]) => shown?.by ?? [])
    .flatMap((name) => {
      const field = record.fields[name]
      return field === undefined || names.includes(name) ? [] : [[name, field] as const]
    })
  const columns = [...fields, ...asked].flatMap(([name, field]) =>
    columnsOf(name, field).map((column) => `t.${column.name}`),
  )
  return { record, columns: [BASE, ...new Set(columns)].join(', '), fields, isWhole }
}

/** Database rows as the actor sees them. A reference to what is gone, or what this person may not read, has its number as its title. */
export async function rowsFrom(
  on: Sql,
  catalogue: Catalogue,
  actor: Actor,
  selected: Selection,
  rows: readonly DatabaseRow[],
): Promise<AnyRow[]> {
  const { record, isWhole } = selected
  const added = isWhole ? catalogue.customFields(actor.org, record.name) : clearAdded(catalogue, actor, record)
  const titles = await titlesOf(on, catalogue, actor, wanted(selected, added, rows))
  const read = reader(catalogue, { ...selected, added, actor }, titles)
  return rows.map(read)
}

/** record → id → title */
type TitlesOf = ReadonlyMap<string, ReadonlyMap<number, string>>
type Asked = ReadonlyMap<string, ReadonlySet<number>>

function wanted({ fields }: Selection, added: AddedFields, rows: readonly DatabaseRow[]): Asked {
  const made = new Map<string, Set<number>>()
  const ids = (record: string): Set<number> => {
    const known = made.get(record) ?? new Set()
    if (known.size === 0) made.set(record, known)
    return known
  }
  const add = (record: unknown, id: unknown): void => {
    if (typeof record === 'string' && typeof id === 'number') ids(record).add(id)
  }
  const addAll = (record: string, column: string): void => {
    const known = ids(record)
    for (const row of rows) {
      const value = row[column]
      if (typeof value === 'number') known.add(value)
      else if (Array.isArray(value)) for (const id of value) known.add(Number(id))
    }
  }
  addAll('person', 'created_by')
  addAll('person', 'updated_by')
  for (const [name, field] of fields) {
    if (field.kind === 'any')
      for (const row of rows) add(row[`${plainSnake(name)}_record`], row[`${plainSnake(name)}_id`])
    else if (field.to !== undefined) addAll(field.to, snake(name))
  }
  for (const [name, field] of Object.entries(added))
    if (field.kind === 'any' || field.to !== undefined)
      for (const row of rows) {
        const value = keptIn(row)[name]
        if (field.to !== undefined) add(field.to, value)
        else if (isPointer(value)) add(value.record, value.id)
      }
  return made
}

function keptIn(row: DatabaseRow): Readonly<Record<string, unknown>> {
  return (row['custom'] ?? {}) as Readonly<Record<string, unknown>> // the column is an object in every table
}
function isPointer(value: unknown): value is { readonly record: string; readonly id: number } {
  return typeof value === 'object' && value !== null && 'record' in value && 'id' in value
}

/** Titles from memory where everybody who may read one of the kind may read all, and from the database for the rest. */
async function titlesOf(on: Sql, catalogue: Catalogue, actor: Actor, asked: Asked): Promise<TitlesOf> {
  const made = new Map<string, Map<number, string>>()
  const missing = new Map<string, Set<number>>()
  const began = new Map<string, number>()
  for (const [name, ids] of asked) {
    const to = catalogue.find(name)
    if (to === null || ids.size === 0) continue
    const mayKeep = isCommitted(on) && referenceOf(catalogue, name) === null && readsAll(actor, to, catalogue)
    const kept = catalogue.titles.of(actor.org, name)
    if (mayKeep) began.set(name, kept.generation)
    const own = new Map<number, string>()
    made.set(name, own)
    for (const id of ids) {
      const title = mayKeep ? kept.titles.get(id) : undefined
      if (title !== undefined) own.set(id, title)
      else missing.set(name, (missing.get(name) ?? new Set()).add(id))
    }
  }
  if (missing.size === 0) return made
  for (const [name, found] of await fetchTitles(on, catalogue, actor, missing)) {
    const generation = began.get(name)
    if (generation !== undefined) catalogue.titles.keep(actor.org, name, generation, found)
    for (const [id, title] of found) made.get(name)?.set(id, title)
  }
  return made
}
/** A transaction sees titles that may never come to be. */
function isCommitted(on: Sql): boolean {
  return 'transaction' in on
}

/** record → id → title, for all of them in one statement. */
async function fetchTitles(on: Sql, catalogue: Catalogue, actor: Actor, asked: Asked): Promise<TitlesOf> {
  const parts = [...asked].flatMap(([name, ids]) => {
    const to = catalogue.find(name)
    return to === null
      ? []
      : [
          sql`select ${raw(`'${to.name}'`)} as record, t.id, t.${raw(snake(to.title))}::text as title from ${raw(to.table)} t where t.org = ${actor.org} and t.id = any(${`{${[...ids].join(',')}}`}::bigint[]) and ${readable(actor, to, catalogue)}`,
        ]
  })
  if (parts.length === 0) return new Map()
  const found = await run<FoundTitle>(on, join(parts, ' union all '))
  const made = new Map<string, Map<number, string>>()
  for (const { record, id, title } of await throughReferences(on, catalogue, actor, found))
    if (title !== null) made.set(record, (made.get(record) ?? new Map()).set(id, title))
  return made
}
interface FoundTitle {
  record: string
  id: number
  title: string | null
}
/** A record whose title is a reference is called as what it refers to: one more statement, where there are such. */
async function throughReferences(
  on: Sql,
  catalogue: Catalogue,
  actor: Actor,
  found: readonly FoundTitle[],
): Promise<readonly FoundTitle[]> {
  const asked = new Map<string, Set<number>>()
  for (const { record, title } of found) {
    const to = referenceOf(catalogue, record)
    if (to !== null && title !== null) asked.set(to, (asked.get(to) ?? new Set()).add(Number(title)))
  }
  if (asked.size === 0) return found
  const titles = await fetchTitles(on, catalogue, actor, asked)
  return found.map((row) => {
    const to = referenceOf(catalogue, row.record)
    return to === null ? row : { ...row, title: titles.get(to)?.get(Number(row.title)) ?? null }
  })
}
/** The record that the title of `name` refers to; null when its title is words. */
function referenceOf(catalogue: Catalogue, name: string): string | null {
  const record = catalogue.find(name)
  const field = record?.fields[record.title]
  return field?.kind === 'ref' ? (field.to ?? null) : null
}

type Reader = (from: DatabaseRow) => unknown
/** Made once for a page: what each field is and where it stands is looked up here and not for every row. */
function reader(
  catalogue: Catalogue,
  selected: Selection & { readonly added: AddedFields; readonly actor: Actor },
  titles: TitlesOf,
): (from: DatabaseRow) => AnyRow {
  const { record, fields, actor } = selected
  const isKept = selected.isWhole || isProduct(actor)
  const readers = fields.map(([name, field]) => {
    const kept = fieldReader(catalogue, { name, field }, titles)
    return [
      name,
      field.shown === undefined || isKept ? kept : shownReader(kept, field.shown, { actor, catalogue }),
    ] as const
  })
  const person = refReader(catalogue, 'person', titles)
  const custom = customReader(catalogue, selected, titles)
  return (from) => {
    const made: Record<string, unknown> = {
      id: from['id'],
      number: `${record.number}-${String(from['id'])}`,
      rev: from['rev'],
      createdAt: from['created_at'],
      createdBy: person(from['created_by']),
      updatedAt: from['updated_at'],
      updatedBy: person(from['updated_by']),
      binnedAt: from['binned_at'],
      tags: from['tags'],
      custom: custom(from),
    }
    for (const [name, read] of readers) made[name] = read(from)
    // The columns that every table has are read above; what was declared follows its declaration.
    return made as unknown as AnyRow
  }
}
/** Values of added fields that the reader may know of; a whole row keeps what lies under other names as it is. */
function customReader(
  catalogue: Catalogue,
  { added, isWhole }: { readonly added: AddedFields; readonly isWhole: boolean },
  titles: TitlesOf,
): (from: DatabaseRow) => AnyRow['custom'] {
  const readers = new Map(
    Object.entries(added).map(([name, field]) => {
      if (field.to !== undefined) return [name, refReader(catalogue, field.to, titles)] as const
      const any: (value: unknown) => unknown = (value) =>
        isPointer(value) ? anyTo(catalogue, value.record, { id: value.id, titles }) : null
      return [name, field.kind === 'any' ? any : (value: unknown): unknown => value] as const
    }),
  )
  return (from) => {
    const made: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(keptIn(from))) {
      const read = readers.get(name)
      if (read !== undefined) made[name] = read(value)
      else if (isWhole) made[name] = value
    }
    return made
  }
}
function fieldReader(catalogue: Catalogue, { name, field }: { name: string; field: Field }, titles: TitlesOf): Reader {
  const column = snake(name)
  const plain = plainSnake(name)
  if (field.kind === 'ref') {
    const ref = refReader(catalogue, field.to ?? '', titles)
    return (from) => ref(from[column])
  }
  if (field.kind === 'refs') {
    const ref = refReader(catalogue, field.to ?? '', titles)
    return (from) => {
      const ids = from[column]
      return Array.isArray(ids) ? ids.flatMap((id) => ref(Number(id)) ?? []) : []
    }
  }
  if (field.kind === 'any')
    return (from) => anyTo(catalogue, from[`${plain}_record`], { id: from[`${plain}_id`], titles })
  return ownReader(name, field)
}
/** Of a field that refers to nothing else: its value is in the columns of its own. */
export function ownReader(name: string, { kind }: Field): Reader {
  const column = snake(name)
  const plain = plainSnake(name)
  if (kind === 'money')
    return (from) =>
      from[`${plain}_minor`] === null ? null : { minor: from[`${plain}_minor`], currency: from[`${plain}_currency`] }
  if (kind === 'attachment') return (from) => fileIn(from, plain)
  return (from) => from[column] ?? null
}
function fileIn(from: DatabaseRow, column: string): unknown {
  const sha256 = from[`${column}_sha256`]
  return typeof sha256 !== 'string'
    ? null
    : { sha256, title: from[`${column}_name`], size: from[`${column}_size`], type: from[`${column}_type`] }
}
function shownReader(kept: Reader, { show }: Shown, to: Omit<ShownTo, 'kept'>): Reader {
  return (from) => show(kept(from), { ...to, kept: (name) => from[snake(name)] ?? null })
}
function refReader(catalogue: Catalogue, name: string, titles: TitlesOf): (id: unknown) => Ref | null {
  const to = catalogue.find(name)
  if (to === null) return () => null
  const known = titles.get(to.name)
  return (id) => {
    if (typeof id !== 'number') return null
    const number = `${to.number}-${id}`
    return { id, number, title: known?.get(id) ?? number }
  }
}
function anyTo(catalogue: Catalogue, name: unknown, { id, titles }: { id: unknown; titles: TitlesOf }): AnyRef | null {
  const to = typeof name === 'string' ? catalogue.find(name) : null
  const ref = to === null ? null : refReader(catalogue, to.name, titles)(id)
  return to === null || ref === null ? null : { record: to.name, ...ref }
}

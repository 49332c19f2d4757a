/**
 * Reading rows: the table alone first, then the titles of everything it refers to in one more statement. Two plain
 * statements are planned once and kept; one with ten joins was planned anew at each page (12 ms against 2 ms).
 */
import { readable } from './access.ts'
import type { Actor } from './actor.ts'
import type { Catalogue } from './catalogue.ts'
import type { Sql } from './database.ts'
import type { AnyRef, Field, Ref } from './field.ts'
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
}
const BASE = 't.id, t.rev, t.created_at, t.created_by, t.updated_at, t.updated_by, t.binned_at, t.tags, t.custom'

/** Fields that lists leave out unless asked: texts and structures that can be long. */
export function listFields(record: RecordType): string[] {
  return Object.entries(record.fields).flatMap(([name, field]) =>
    field.kind === 'longText' || field.kind === 'json' ? [] : [name],
  )
}
/** What of a row is read: of `names` those that are among `known`, the fields that the reader may know of. */
export function selection(record: RecordType, names: readonly string[], known: Fields): Selection {
  const fields = names.flatMap((name) => {
    const field = Object.hasOwn(known, name) ? known[name] : undefined
    return field === undefined ? [] : [[name, field] as const]
  })
  const columns = fields.flatMap(([name, field]) => columnsOf(name, field).map((column) => `t.${column.name}`))
  return { record, columns: [BASE, ...columns].join(', '), fields }
}

/** Database rows as the actor sees them. A reference to what is gone, or what this person may not read, has its number as its title. */
export async function rowsFrom(
  on: Sql,
  catalogue: Catalogue,
  actor: Actor,
  selected: Selection,
  rows: readonly DatabaseRow[],
): Promise<AnyRow[]> {
  const titles = await fetchTitles(on, catalogue, actor, wanted(selected, rows))
  return rows.map((row) => shown(catalogue, selected, row, titles))
}

type Titles = ReadonlyMap<string, string>
/** record → ids */
function wanted({ fields }: Selection, rows: readonly DatabaseRow[]): Map<string, Set<number>> {
  const made = new Map<string, Set<number>>()
  const want = (record: unknown, id: unknown): void => {
    if (typeof record !== 'string' || typeof id !== 'number') return
    const ids = made.get(record) ?? new Set()
    made.set(record, ids.add(id))
  }
  for (const row of rows) {
    want('person', row['created_by'])
    want('person', row['updated_by'])
    for (const [name, field] of fields) {
      const value = row[snake(name)]
      if (field.kind === 'ref') want(field.to, value)
      else if (field.kind === 'any') want(row[`${plainSnake(name)}_record`], row[`${plainSnake(name)}_id`])
      else if (field.kind === 'refs' && Array.isArray(value)) for (const id of value) want(field.to, Number(id))
    }
  }
  return made
}
/** 'person/5' → its title, for all of them in one statement. */
export async function fetchTitles(
  on: Sql,
  catalogue: Catalogue,
  actor: Actor,
  asked: ReadonlyMap<string, ReadonlySet<number>>,
): Promise<Titles> {
  const parts = [...asked].flatMap(([name, ids]) => {
    const to = catalogue.find(name)
    return to === null
      ? []
      : [
          sql`select ${raw(`'${to.name}'`)} as record, t.id, t.${raw(snake(to.title))}::text as title from ${raw(to.table)} t where t.org = ${actor.org} and t.id = any(${[...ids]}::bigint[]) and ${readable(actor, to, catalogue)}`,
        ]
  })
  if (parts.length === 0) return new Map()
  const found = await run<FoundTitle>(on, join(parts, ' union all '))
  const named = await throughReferences(on, catalogue, actor, found)
  return new Map(named.flatMap((row) => (row.title === null ? [] : [[`${row.record}/${row.id}`, row.title]])))
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
    return to === null ? row : { ...row, title: titles.get(`${to}/${row.title}`) ?? null }
  })
}
/** The record that the title of `name` refers to; null when its title is words. */
function referenceOf(catalogue: Catalogue, name: string): string | null {
  const record = catalogue.find(name)
  const field = record?.fields[record.title]
  return field?.kind === 'ref' ? (field.to ?? null) : null
}

function shown(catalogue: Catalogue, { record, fields }: Selection, from: DatabaseRow, titles: Titles): AnyRow {
  const person = catalogue.find('person')
  const made: Record<string, unknown> = {
    id: from['id'],
    number: `${record.number}-${String(from['id'])}`,
    rev: from['rev'],
    createdAt: from['created_at'],
    createdBy: refTo(person, from['created_by'], titles),
    updatedAt: from['updated_at'],
    updatedBy: refTo(person, from['updated_by'], titles),
    binnedAt: from['binned_at'],
    tags: from['tags'],
    custom: from['custom'],
  }
  for (const [name, field] of fields) made[name] = valueOf(catalogue, { name, field }, from, titles)
  // The columns that every table has are read above; what was declared follows its declaration.
  return made as unknown as AnyRow
}
function valueOf(
  catalogue: Catalogue,
  { name, field }: { name: string; field: Field },
  from: DatabaseRow,
  titles: Titles,
): unknown {
  const plain = plainSnake(name)
  const value = from[snake(name)] ?? null
  if (field.kind === 'ref') return refTo(catalogue.find(field.to ?? ''), value, titles)
  if (field.kind === 'refs')
    return Array.isArray(value)
      ? value.flatMap((id) => refTo(catalogue.find(field.to ?? ''), Number(id), titles) ?? [])
      : []
  if (field.kind === 'money')
    return from[`${plain}_minor`] === null
      ? null
      : { minor: from[`${plain}_minor`], currency: from[`${plain}_currency`] }
  if (field.kind === 'any') return anyTo(catalogue, from[`${plain}_record`], { id: from[`${plain}_id`], titles })
  return value
}
function refTo(to: RecordType | null, id: unknown, titles: Titles): Ref | null {
  if (typeof id !== 'number' || to === null) return null
  const number = `${to.number}-${id}`
  return { id, number, title: titles.get(`${to.name}/${id}`) ?? number }
}
function anyTo(catalogue: Catalogue, name: unknown, { id, titles }: { id: unknown; titles: Titles }): AnyRef | null {
  const to = typeof name === 'string' ? catalogue.find(name) : null
  const ref = refTo(to, id, titles)
  return to === null || ref === null ? null : { record: to.name, ...ref }
}

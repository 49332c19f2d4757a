/** Reading rows: one select per record that brings references with their titles, and the row that people and programs see. */
import type { Actor } from './actor.ts'
import type { Catalogue } from './catalogue.ts'
import type { Field, Ref } from './field.ts'
import type { AnyRow, RecordType } from './record.ts'
import { plainSnake, snake } from './record.ts'
import type { Sql } from './database.ts'
import { columnsOf } from './table.ts'
import { raw, run, sql } from './sql.ts'

export type DatabaseRow = Readonly<Record<string, unknown>>

/** The columns to read for these fields, with joins that fetch the titles of single references. */
export interface Selection {
  readonly columns: string
  readonly joins: string
  readonly fields: readonly (readonly [string, Field])[]
}

/** Fields that lists leave out unless asked: texts and structures that can be long. */
export function listFields(record: RecordType): string[] {
  return Object.entries(record.fields).flatMap(([name, field]) => (field.kind === 'longText' || field.kind === 'json' ? [] : [name]))
}

export function selection(catalogue: Catalogue, record: RecordType, names: readonly string[]): Selection {
  const fields = names.flatMap((name) => (record.fields[name] === undefined ? [] : [[name, record.fields[name]] as const]))
  const columns = ['t.id', 't.rev', 't.created_at', 't.created_by', 't.updated_at', 't.updated_by', 't.binned_at', 't.tags', 't.custom']
  const joins: string[] = []
  const people = catalogue.find('person')
  if (people !== null) for (const stamp of ['created_by', 'updated_by']) reference(stamp, people, columns, joins)
  for (const [name, field] of fields) {
    for (const column of columnsOf(name, field)) columns.push(`t.${column.name}`)
    if (field.kind === 'ref' && field.to !== undefined) reference(snake(name), catalogue.get(field.to), columns, joins)
    if (field.kind === 'refs' && field.to !== undefined) columns.push(manyTitles(snake(name), catalogue.get(field.to)))
  }
  return { columns: columns.join(', '), joins: joins.join(' '), fields }
}
function reference(column: string, to: RecordType, columns: string[], joins: string[]): void {
  const alias = `r_${column}`
  joins.push(`left join ${to.table} ${alias} on ${alias}.org = t.org and ${alias}.id = t.${column}`)
  columns.push(`${alias}.${snake(to.title)} as ${alias}_title`)
}
function manyTitles(column: string, to: RecordType): string {
  return `case when cardinality(t.${column}) > 0 then (select jsonb_agg(jsonb_build_array(m.id, m.${snake(to.title)}) order by array_position(t.${column}, m.id)) from ${to.table} m where m.org = t.org and m.id = any(t.${column})) end as r_${column}_titles`
}

/** A database row as everybody sees it. References whose record is unknown keep their number. */
export function shown(catalogue: Catalogue, record: RecordType, selected: Selection, from: DatabaseRow): AnyRow {
  const made: Record<string, unknown> = {
    id: from['id'], number: `${record.number}-${String(from['id'])}`, rev: from['rev'],
    createdAt: from['created_at'], createdBy: refFrom(catalogue.find('person'), from, 'created_by'),
    updatedAt: from['updated_at'], updatedBy: refFrom(catalogue.find('person'), from, 'updated_by'),
    binnedAt: from['binned_at'], tags: from['tags'], custom: from['custom'],
  }
  for (const [name, field] of selected.fields) made[name] = valueFrom(catalogue, name, field, from)
  // The columns that every table has are read above; what was declared follows its declaration.
  return made as unknown as AnyRow
}
function valueFrom(catalogue: Catalogue, name: string, field: Field, from: DatabaseRow): unknown {
  const column = snake(name)
  const plain = plainSnake(name)
  if (field.kind === 'ref' && field.to !== undefined) return refFrom(catalogue.get(field.to), from, column)
  if (field.kind === 'refs' && field.to !== undefined) return manyFrom(catalogue.get(field.to), from[`r_${column}_titles`])
  if (field.kind === 'money') return from[`${plain}_minor`] === null ? null : { minor: from[`${plain}_minor`], currency: from[`${plain}_currency`] }
  if (field.kind === 'any') return anyFrom(catalogue, from[`${plain}_record`], from[`${plain}_id`])
  return from[column] ?? null
}
function refFrom(to: RecordType | null, from: DatabaseRow, column: string): Ref | null {
  const id = from[column]
  if (typeof id !== 'number' || to === null) return null
  const title = from[`r_${column}_title`]
  return { id, number: `${to.number}-${id}`, title: typeof title === 'string' ? title : `${to.number}-${id}` }
}
function manyFrom(to: RecordType, titles: unknown): Ref[] {
  if (!Array.isArray(titles)) return []
  return titles.map(([id, title]: [number, string | null]) => ({ id, number: `${to.number}-${id}`, title: title ?? `${to.number}-${id}` }))
}
function anyFrom(catalogue: Catalogue, name: unknown, id: unknown): unknown {
  const to = typeof name === 'string' ? catalogue.find(name) : null
  if (to === null || typeof id !== 'number') return null
  return { record: to.name, id, number: `${to.number}-${id}`, title: `${to.number}-${id}` }
}

/** Gives references to any record their titles, one query per kind of record. */
export async function titleAnyReferences(on: Sql, catalogue: Catalogue, actor: Actor, rows: readonly AnyRow[], record: RecordType): Promise<void> {
  const names = Object.entries(record.fields).flatMap(([name, field]) => (field.kind === 'any' ? [name] : []))
  const found = rows.flatMap((row) => names.flatMap((name) => (isTitled(row[name]) ? [row[name]] : [])))
  for (const kind of new Set(found.map((ref) => ref.record))) {
    const to = catalogue.get(kind)
    const refs = found.filter((ref) => ref.record === kind)
    const titles = await run<{ id: number; title: string }>(on, sql`select id, ${raw(snake(to.title))} as title from ${raw(to.table)} where org = ${actor.org} and id = any(${refs.map((ref) => ref.id)})`)
    const byId = new Map(titles.map((row) => [row.id, row.title]))
    for (const ref of refs) ref.title = byId.get(ref.id) ?? ref.number
  }
}
function isTitled(value: unknown): value is { record: string; id: number; number: string; title: string } {
  return typeof value === 'object' && value !== null && 'record' in value && 'title' in value
}

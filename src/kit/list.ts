/** Lists: filtered, sorted, paged by key; a page costs the same wherever it is. */
import { readable } from './access.ts'
import type { Actor } from './actor.ts'
import { BASE_FIELDS, conditions, filterField } from './condition.ts'
import type { FilterContext } from './condition.ts'
import type { Sql } from './database.ts'
import { checkValue } from './check.ts'
import type { Field } from './field.ts'
import { day, instant, ip } from './field.ts'
import { parseFilter } from './filter.ts'
import { badRequest } from './problem.ts'
import type { AnyRow, RecordType } from './record.ts'
import type { DatabaseRow } from './select.ts'
import { listFields, selection, shown, titleAnyReferences } from './select.ts'
import type { Fragment } from './sql.ts'
import { all, join, raw, run, sql } from './sql.ts'
import { tallies } from './tally.ts'
import { holdsWords, wordsQuery } from './words.ts'

export interface ListQuery {
  readonly filter?: string
  readonly sort?: string
  readonly limit?: number
  readonly after?: string
  readonly q?: string
  readonly fields?: readonly string[]
  readonly binned?: boolean
}
export interface Page {
  readonly items: readonly AnyRow[]
  readonly next: string | null
}
export interface Total {
  readonly count: number
  /** There are more; counting stopped here. */
  readonly atLeast: boolean
}
interface SortKey {
  readonly name: string
  readonly expression: Fragment
  readonly descends: boolean
  readonly isNullable: boolean
  readonly type: string
}
const MOST = 500
const COUNT_UP_TO = 1000

/** What a list, its count and its export have in common. */
export function listConditions(context: FilterContext, record: RecordType, query: ListQuery): Fragment[] {
  const words = query.q === undefined || query.q.trim() === '' ? null : wordsQuery(query.q)
  if (query.q !== undefined && query.q.trim() !== '' && words === null) return [raw('false')]
  const made = [sql`t.org = ${context.actor.org}`, query.binned === true ? raw('t.binned_at is not null') : raw('t.binned_at is null'), readable(context.actor, record), ...conditions(context, record, query.filter ?? '')]
  return words === null ? made : [...made, holdsWords(record, words)]
}

/** @throws a refusal (400) for a filter, sort or cursor that is not understood. */
export async function list(on: Sql, context: FilterContext, record: RecordType, query: ListQuery): Promise<Page> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), MOST)
  const keys = sortKeys(context, record, query.sort ?? record.sort)
  const where = listConditions(context, record, query)
  const names = query.fields ?? listFields(record)
  const selected = selection(context.catalogue, record, names.filter((name) => record.fields[name] !== undefined))
  const cursor = query.after === undefined ? null : readCursor(query.after, keys)
  const found: DatabaseRow[] = []
  for (const part of pageParts(keys, cursor)) {
    if (found.length > limit) break
    found.push(...(await run<DatabaseRow>(on, pageStatement(record, { selected, keys, where: [...where, ...part], limit: limit + 1 - found.length }))))
  }
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const items = rows.map((row) => shown(context.catalogue, record, selected, row))
  await titleAnyReferences(on, context.catalogue, context.actor, items, record)
  return { items, next: found.length > limit && last !== undefined ? writeCursor(last, keys) : null }
}

/** The page first, by its keys alone; then the titles of its references. */
function pageStatement(record: RecordType, page: { selected: { columns: string; joins: string }; keys: readonly SortKey[]; where: readonly Fragment[]; limit: number }): Fragment {
  const order = join(page.keys.map((key) => sql`${key.expression}${raw(key.descends ? ' desc nulls last' : '')}`))
  const sortColumns = join(page.keys.map((key, index) => sql`${key.expression} as ${raw(`sort_${index}`)}`))
  const outer = page.keys.map((key, index) => `t.sort_${index}${key.descends ? ' desc nulls last' : ''}`).join(', ')
  const inner = sql`select t.*, ${sortColumns} from ${raw(record.table)} t where ${all(page.where)} order by ${order} limit ${page.limit}`
  return sql`select ${raw(page.selected.columns)}, ${raw(page.keys.map((_, index) => `t.sort_${index}`).join(', '))} from (${inner}) t ${raw(page.selected.joins)} order by ${raw(outer)}`
}

/** The conditions of a page after the cursor; where the first key can be empty, a second part brings the rows without it. */
function pageParts(keys: readonly SortKey[], cursor: readonly unknown[] | null): Fragment[][] {
  const first = keys[0]
  if (first === undefined) return []
  if (!first.isNullable) return [cursor === null ? [] : [beyond(keys, cursor)]]
  const filled = sql`${first.expression} is not null`
  const empty = sql`${first.expression} is null`
  if (cursor === null) return [[filled], [empty]]
  if (cursor[0] === null) return [[empty, beyond(keys.slice(1), cursor.slice(1), true)]]
  return [[filled, beyond(keys, cursor)], [empty]]
}
/** Rows after the cursor. Only where no key can be empty, save a first one that the part has filled, may rows be compared as a whole. */
function beyond(keys: readonly SortKey[], cursor: readonly unknown[], isFirstOpen = false): Fragment {
  const isOneWay = keys.every((key, at) => key.descends === keys[0]?.descends && (!key.isNullable || (at === 0 && !isFirstOpen)))
  const typed = (index: number): Fragment => sql`${cursor[index]}::${raw(keys[index]?.type ?? 'text')}`
  if (isOneWay) return sql`(${join(keys.map((key) => key.expression))}) ${raw(keys[0]?.descends ? '<' : '>')} (${join(keys.map((_, index) => typed(index)))})`
  const steps = keys.map((key, at) => {
    const same = keys.slice(0, at).map((earlier, index) => sql`${earlier.expression} is not distinct from ${typed(index)}`)
    return all([...same, further(key, cursor[at], typed(at))])
  })
  return sql`(${join(steps.map((step) => sql`(${step})`), ' or ')})`
}
/** Empty values come last in both directions. */
function further(key: SortKey, value: unknown, typed: Fragment): Fragment {
  if (value === null) return raw('false')
  const compared = sql`${key.expression} ${raw(key.descends ? '<' : '>')} ${typed}`
  return key.isNullable ? sql`(${compared} or ${key.expression} is null)` : compared
}

const SORTABLE: ReadonlySet<Field['kind']> = new Set(['text', 'choice', 'states', 'number', 'money', 'boolean', 'instant', 'day', 'duration', 'ref', 'email', 'url', 'ip'])
const KEY_TYPES: Partial<Record<Field['kind'], string>> = { number: 'double precision', money: 'bigint', boolean: 'boolean', instant: 'timestamptz', day: 'date', duration: 'integer', ref: 'bigint', ip: 'inet', choice: 'integer', states: 'integer' }

export function isSortable(field: Field): boolean {
  return SORTABLE.has(field.kind)
}
function sortKeys(context: FilterContext, record: RecordType, sort: string): SortKey[] {
  const wanted = sort.split(',').map((one) => one.trim()).filter((one) => one !== '').slice(0, 3)
  const keys = wanted.map((one) => sortKey(context, record, one.replace(/^-/, ''), one.startsWith('-')))
  if (keys.some((key) => key.name === 'id')) return keys
  return [...keys, { name: 'id', expression: raw('t.id'), descends: keys[0]?.descends ?? true, isNullable: false, type: 'bigint' }]
}
function sortKey(context: FilterContext, record: RecordType, name: string, descends: boolean): SortKey {
  const found = name === 'id' || name === 'number' ? { field: BASE_FIELDS['id'], column: raw('t.id') } : filterField(context, record, name)
  if (found === null || found.field === undefined || !isSortable(found.field)) throw badRequest(`The list cannot be sorted by "${name}". Choose one of its columns.`, [{ pointer: '/sort', detail: `"${name}" cannot be sorted by.` }])
  const { field, column } = found
  const isBase = name === 'id' || name === 'number' || name === 'createdAt' || name === 'updatedAt'
  const options = field.options ?? []
  const inOrder = [...options].every((option, index) => index === 0 || (options[index - 1]?.value ?? '') < option.value)
  if ((field.kind === 'choice' || field.kind === 'states') && !inOrder) {
    const values = options.map((option) => `'${option.value.replaceAll("'", "''")}'`).join(',')
    return { name, expression: sql`array_position(array[${raw(values)}]::text[], ${column})`, descends, isNullable: true, type: 'integer' }
  }
  const type = name === 'id' || name === 'number' ? 'bigint' : field.kind === 'choice' || field.kind === 'states' ? 'text' : (KEY_TYPES[field.kind] ?? 'text')
  return { name, expression: column, descends, isNullable: !isBase, type }
}

function writeCursor(row: DatabaseRow, keys: readonly SortKey[]): string {
  return Buffer.from(JSON.stringify(keys.map((_, index) => row[`sort_${index}`]))).toString('base64url')
}
function readCursor(text: string, keys: readonly SortKey[]): unknown[] {
  const values = parseJson(Buffer.from(text, 'base64url').toString('utf8'))
  const fits = Array.isArray(values) && values.length === keys.length && values.every((value, index) => fitsKey(value, keys[index]))
  if (!fits) throw badRequest('The cursor "after" does not belong to this list. Take it from "next" of the page before, with the same sort.')
  return values
}
const CURSOR_FIELDS = { timestamptz: instant(), date: day(), inet: ip() } as const
function fitsKey(value: unknown, key: SortKey | undefined): boolean {
  if (value === null) return key?.isNullable === true
  if (key?.type === 'boolean') return typeof value === 'boolean'
  if (key?.type === 'timestamptz' || key?.type === 'date' || key?.type === 'inet') return 'value' in checkValue(CURSOR_FIELDS[key.type], value)
  if (key?.type === 'text') return typeof value === 'string' && !value.includes('\u0000')
  return typeof value === 'number' && Number.isFinite(value) && (key?.type === 'double precision' || (Number.isSafeInteger(value) && (key?.type !== 'integer' || Math.abs(value) < 2 ** 31)))
}
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // a cursor that is no JSON is no cursor; the caller says so
  }
}

/** How many there are: kept counts where they answer it, else counted up to a thousand. */
export async function total(on: Sql, context: FilterContext, record: RecordType, query: ListQuery): Promise<Total> {
  const kept = await keptTotal(on, context.actor, record, query)
  if (kept !== null) return { count: kept, atLeast: false }
  const where = all(listConditions(context, record, query))
  const rows = await run<{ n: number }>(on, sql`select count(*) as n from (select 1 from ${raw(record.table)} t where ${where} limit ${COUNT_UP_TO + 1}) counted`)
  const n = rows[0]?.n ?? 0
  return { count: Math.min(n, COUNT_UP_TO), atLeast: n > COUNT_UP_TO }
}
async function keptTotal(on: Sql, actor: Actor, record: RecordType, query: ListQuery): Promise<number | null> {
  if ((query.q ?? '').trim() !== '' || query.binned === true || readable(actor, record).parts[0] !== 'true') return null
  const parsed = parseFilter(query.filter ?? '')
  if ('problem' in parsed) return null
  const terms = parsed.terms
  const isPlain = terms.every((term) => term.operator === 'is' && !term.values.some((value) => value === 'none' || value === 'any' || value === 'me') && ['choice', 'states'].includes(record.fields[term.field]?.kind ?? ''))
  const combination = [[], ...(record.tallies ?? [])].find((fields: readonly string[]) => fields.length === terms.length && terms.every((term) => fields.includes(term.field)))
  if (!isPlain || combination === undefined) return null
  const counts = await tallies(on, actor, record.name, combination)
  let sum = 0
  for (const [value, n] of counts) {
    const values = value.split('|')
    const holds = terms.every((term) => term.values.includes(values[combination.indexOf(term.field)] ?? '') !== term.not)
    if (holds) sum += n
  }
  return sum
}

/** Lists: filtered, sorted, paged by key; a page costs the same wherever it is. */
import { readable } from './access.ts'
import type { Actor } from './actor.ts'
import type { Found } from './find.ts'
import { countWords, findWords, hitsNewestFirst, holds } from './find.ts'
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
import { listFields, rowsFrom, selection } from './select.ts'
import type { Fragment } from './sql.ts'
import { all, join, raw, run, sql } from './sql.ts'
import { tallies } from './tally.ts'

export interface ListQuery {
  readonly filter?: string
  readonly sort?: string
  readonly limit?: number
  readonly after?: string
  readonly q?: string
  /** What `q` found, when the caller knows it already; null when `q` is empty. */
  readonly found?: Found | null
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
const LOOKED_AT = 5000

/** What a list, its count and its export have in common. */
export async function listConditions(on: Sql, context: FilterContext, record: RecordType, query: ListQuery): Promise<Fragment[]> {
  const found = query.found === undefined ? await findWords(on, context.actor.org, record, query.q) : query.found
  const made = [sql`t.org = ${context.actor.org}`, query.binned === true ? raw('t.binned_at is not null') : raw('t.binned_at is null'), readable(context.actor, record), ...conditions(context, record, query.filter ?? '')]
  return found === null ? made : [...made, holds(record, found)]
}

/** @throws a refusal (400) for a filter, sort or cursor that is not understood. */
export async function list(on: Sql, context: FilterContext, record: RecordType, query: ListQuery): Promise<Page> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), MOST)
  const found = query.found === undefined ? await findWords(on, context.actor.org, record, query.q) : query.found
  if (found !== null && (query.sort ?? '-id') === '-id') return searchPage(on, context, record, { ...query, limit, found })
  const keys = sortKeys(context, record, query.sort ?? record.sort)
  const where = await listConditions(on, context, record, { ...query, found })
  const names = query.fields ?? listFields(record)
  const selected = selection(record, names)
  const cursor = query.after === undefined ? null : readCursor(query.after, keys)
  const read: DatabaseRow[] = []
  for (const part of pageParts(keys, cursor)) {
    if (read.length > limit) break
    read.push(...(await run<DatabaseRow>(on, pageStatement(record, { selected, keys, where: [...where, ...part], limit: limit + 1 - read.length }))))
  }
  const rows = read.slice(0, limit)
  const last = rows.at(-1)
  const items = await rowsFrom(on, context.catalogue, context.actor, selected, rows)
  return { items, next: read.length > limit && last !== undefined ? writeCursor(last, keys) : null }
}

/** Words without an order of their own: hits newest first, a chunk at a time, until the page is full. */
async function searchPage(on: Sql, context: FilterContext, record: RecordType, query: ListQuery & { limit: number; found: Found }): Promise<Page> {
  const { limit, found } = query
  const keys = sortKeys(context, record, '-id')
  const cursor = query.after === undefined ? null : readCursor(query.after, keys)
  const where = await listConditions(on, context, record, { ...query, found: null })
  const selected = selection(record, query.fields ?? listFields(record))
  const read: DatabaseRow[] = []
  for await (const ids of hitsNewestFirst(on, context.actor.org, record, { found, before: cursor === null ? null : Number(cursor[0]) })) {
    read.push(...(await run<DatabaseRow>(on, pageStatement(record, { selected, keys, where: [...where, sql`t.id = any(${ids}::bigint[])`], limit: limit + 1 - read.length }))))
    if (read.length > limit) break
  }
  const rows = read.slice(0, limit)
  const last = rows.at(-1)
  return { items: await rowsFrom(on, context.catalogue, context.actor, selected, rows), next: read.length > limit && last !== undefined ? writeCursor(last, keys) : null }
}

function pageStatement(record: RecordType, page: { selected: { columns: string }; keys: readonly SortKey[]; where: readonly Fragment[]; limit: number }): Fragment {
  const order = join(page.keys.map((key, index) => sql`${key.expression}${raw(direction(key, index))}`))
  const sortColumns = join(page.keys.map((key, index) => sql`${key.expression} as ${raw(`sort_${index}`)}`))
  return sql`select ${raw(page.selected.columns)}, ${sortColumns} from ${raw(record.table)} t where ${all(page.where)} order by ${order} limit ${raw(String(page.limit))}`
}

/** A part has the first key filled or empty throughout, so that plain `desc` there can follow an index backwards. */
function direction(key: SortKey, index: number): string {
  if (!key.descends) return ''
  return key.isNullable && index > 0 ? ' desc nulls last' : ' desc'
}

/** The conditions of a page after the cursor; where the first key can be empty, a second part brings the rows without it. */
function pageParts(keys: readonly SortKey[], cursor: readonly unknown[] | null): Fragment[][] {
  const first = keys[0]
  if (first === undefined) return []
  if (!first.isNullable) return cursor === null ? [[]] : isOneWay(keys, false) ? [[beyond(keys, cursor)]] : afterFirst(first, keys, cursor)
  const filled = sql`${first.expression} is not null`
  const empty = sql`${first.expression} is null`
  if (cursor === null) return [[filled], [empty]]
  if (cursor[0] === null) return [[empty, beyond(keys.slice(1), cursor.slice(1), true)]]
  if (isOneWay(keys, false)) return [[filled, beyond(keys, cursor)], [empty]]
  return [...afterFirst(first, keys, cursor), [empty]]
}
/** Mixed directions: the rest of the present value first, then the values after it; an index serves each by itself. */
function afterFirst(first: SortKey, keys: readonly SortKey[], cursor: readonly unknown[]): Fragment[][] {
  const value = sql`${cursor[0]}::${raw(first.type)}`
  return [[sql`${first.expression} = ${value}`, beyond(keys.slice(1), cursor.slice(1), true)], [sql`${first.expression} ${raw(first.descends ? '<' : '>')} ${value}`]]
}
function isOneWay(keys: readonly SortKey[], isFirstOpen: boolean): boolean {
  return keys.every((key, at) => key.descends === keys[0]?.descends && (!key.isNullable || (at === 0 && !isFirstOpen)))
}
/** Rows after the cursor. Only where no key can be empty, save a first one that the part has filled, may rows be compared as a whole. */
function beyond(keys: readonly SortKey[], cursor: readonly unknown[], isFirstOpen = false): Fragment {
  const typed = (index: number): Fragment => sql`${cursor[index]}::${raw(keys[index]?.type ?? 'text')}`
  if (isOneWay(keys, isFirstOpen)) return sql`(${join(keys.map((key) => key.expression))}) ${raw(keys[0]?.descends ? '<' : '>')} (${join(keys.map((_, index) => typed(index)))})`
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

/** A large record sorts by what begins one of its indexes; everything else would sort a million rows for fifty. */
export function isSortable(record: RecordType, name: string, field: Field): boolean {
  if (!SORTABLE.has(field.kind)) return false
  if (record.large !== true || name === 'id' || name === 'number') return true
  const options = field.options ?? []
  return isInOrder(options) && (record.indexes ?? []).some(({ on }) => on[0] === name)
}
/** Values whose own order is the one that was declared: P1, P2, P3. */
function isInOrder(options: readonly { readonly value: string }[]): boolean {
  return options.every((option, index) => index === 0 || (options[index - 1]?.value ?? '') < option.value)
}
function sortKeys(context: FilterContext, record: RecordType, sort: string): SortKey[] {
  const wanted = sort.split(',').map((one) => one.trim()).filter((one) => one !== '').slice(0, 3)
  const keys = wanted.map((one) => sortKey(context, record, one.replace(/^-/, ''), one.startsWith('-')))
  if (keys.some((key) => key.name === 'id')) return keys
  const [first] = keys
  const [own = ''] = record.sort.split(',')
  const isOwn = keys.some((key) => key.name === own.replace('-', ''))
  // Clicked twice, a column turns the whole order around; so the ties turn as well, and one index serves both.
  if (first !== undefined && keys.length === 1 && !isOwn && record.large === true && own.replace('-', '') !== 'id') keys.push(sortKey(context, record, own.replace('-', ''), own.startsWith('-') !== first.descends))
  return [...keys, { name: 'id', expression: raw('t.id'), descends: keys.at(-1)?.descends ?? true, isNullable: false, type: 'bigint' }]
}
function sortKey(context: FilterContext, record: RecordType, name: string, descends: boolean): SortKey {
  const found = name === 'id' || name === 'number' ? { field: BASE_FIELDS['id'], column: raw('t.id') } : filterField(context, record, name)
  if (found === null || found.field === undefined || !isSortable(record, name, found.field)) throw badRequest(`The list cannot be sorted by "${name}". Choose one of its columns.`, [{ pointer: '/sort', detail: `"${name}" cannot be sorted by.` }])
  const { field, column } = found
  const isBase = name === 'id' || name === 'number' || name === 'createdAt' || name === 'updatedAt'
  const options = field.options ?? []
  if ((field.kind === 'choice' || field.kind === 'states') && !isInOrder(options)) {
    const values = options.map((option) => `'${option.value.replaceAll("'", "''")}'`).join(',')
    return { name, expression: sql`array_position(array[${raw(values)}]::text[], ${column})`, descends, isNullable: true, type: 'integer' }
  }
  const type = name === 'id' || name === 'number' ? 'bigint' : field.kind === 'choice' || field.kind === 'states' ? 'text' : (KEY_TYPES[field.kind] ?? 'text')
  return { name, expression: column, descends, isNullable: !isBase && field.default !== 'now', type }
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
  const found = query.found === undefined ? await findWords(on, context.actor.org, record, query.q) : query.found
  const isPlain = (query.filter ?? '').trim() === '' && query.binned !== true && readable(context.actor, record).parts[0] === 'true'
  if (found?.kind === 'many' && isPlain) {
    const n = await countWords(on, context.actor.org, record, { found, most: COUNT_UP_TO + 1 })
    return { count: Math.min(n, COUNT_UP_TO), atLeast: n > COUNT_UP_TO }
  }
  if (found?.kind === 'few' && isPlain) return { count: Math.min(found.ids.length, COUNT_UP_TO), atLeast: found.ids.length > COUNT_UP_TO }
  if (found?.kind === 'many') return countCommon(on, context, record, { ...query, found })
  const where = all(await listConditions(on, context, record, { ...query, found }))
  const rows = await run<{ n: number }>(on, sql`select count(*) as n from (select 1 from ${raw(record.table)} t where ${where} limit ${COUNT_UP_TO + 1}) counted`)
  const n = rows[0]?.n ?? 0
  return { count: Math.min(n, COUNT_UP_TO), atLeast: n > COUNT_UP_TO }
}
/** Common words: among the newest rows that meet the other conditions; the rest is "at least". */
async function countCommon(on: Sql, context: FilterContext, record: RecordType, query: ListQuery & { found: Found }): Promise<Total> {
  const others = all(await listConditions(on, context, record, { ...query, found: null }))
  const rows = await run<{ n: number; seen: number }>(on, sql`select count(*) filter (where ${holds(record, query.found)}) as n, count(*) as seen from (select t.org, t.id from ${raw(record.table)} t where ${others} order by t.id desc limit ${raw(String(LOOKED_AT))}) t`)
  const { n, seen } = rows[0] ?? { n: 0, seen: 0 }
  return { count: Math.min(n, COUNT_UP_TO), atLeast: n > COUNT_UP_TO || seen === LOOKED_AT }
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

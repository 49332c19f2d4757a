/** The order of a list: its keys, what may be sorted by, and cursors that remember where a page ended. */
import { said, say } from '#engines/say.ts'
import type { AddedField } from './added.ts'
import { clearAddedField } from './added.ts'
import { addedOrder } from './added-column.ts'
import { checkValue } from './check.ts'
import type { FilterContext } from './condition.ts'
import { BASE_FIELDS, filterField } from './condition.ts'
import type { Field } from './field.ts'
import { day, instant, ip } from './field.ts'
import { badRequest } from './problem.ts'
import type { RecordType } from './record.ts'
import type { DatabaseRow } from './select.ts'
import type { Fragment } from './sql.ts'
import { raw, sql } from './sql.ts'

export interface SortKey {
  readonly name: string
  readonly expression: Fragment
  readonly descends: boolean
  readonly isNullable: boolean
  readonly type: string
  readonly isAdded?: boolean
}

const SORTABLE: ReadonlySet<Field['kind']> = new Set([
  'text',
  'choice',
  'states',
  'number',
  'money',
  'boolean',
  'instant',
  'day',
  'duration',
  'ref',
  'email',
  'url',
  'ip',
])
const KEY_TYPES: Partial<Record<Field['kind'], string>> = {
  number: 'double precision',
  money: 'bigint',
  boolean: 'boolean',
  instant: 'timestamptz',
  day: 'date',
  duration: 'integer',
  ref: 'bigint',
  ip: 'inet',
  choice: 'integer',
  states: 'integer',
}

/** A large record sorts by what begins one of its indexes; everything else would sort a million rows for fifty. */
export function isSortable(record: RecordType, name: string, field: AddedField, isAdded = false): boolean {
  if (!SORTABLE.has(field.kind)) return false
  if (isAdded) return record.large !== true || field.isIndexed === true
  if (record.large !== true || name === 'id' || name === 'number') return true
  const options = field.options ?? []
  return isInOrder(options) && (record.indexes ?? []).some(({ on }) => on[0] === name)
}
/** Values whose own order is the one that was declared: P1, P2, P3. */
function isInOrder(options: readonly { readonly value: string }[]): boolean {
  return options.every((option, index) => index === 0 || (options[index - 1]?.value ?? '') < option.value)
}
/** The keys of an order, made whole by the id. @throws a refusal for what cannot be sorted by */
export function sortKeys(context: FilterContext, record: RecordType, sort: string): SortKey[] {
  const wanted = sort
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .slice(0, 3)
  const keys = wanted.map((one) => sortKey(context, record, one.replace(/^-/, ''), one.startsWith('-')))
  if (keys.some((key) => key.name === 'id')) return keys
  const [first] = keys
  const [own = ''] = record.sort.split(',')
  const isOwn = keys.some((key) => key.name === own.replace('-', ''))
  // Clicked twice, a column turns the whole order around; so the ties turn as well, and one index serves both.
  // An index of an added field goes on with the id.
  if (
    first !== undefined &&
    first.isAdded !== true &&
    keys.length === 1 &&
    !isOwn &&
    record.large === true &&
    own.replace('-', '') !== 'id'
  )
    keys.push(sortKey(context, record, own.replace('-', ''), own.startsWith('-') !== first.descends))
  return [
    ...keys,
    { name: 'id', expression: raw('t.id'), descends: keys.at(-1)?.descends ?? true, isNullable: false, type: 'bigint' },
  ]
}
function sortKey(context: FilterContext, record: RecordType, name: string, descends: boolean): SortKey {
  const isNumber = name === 'id' || name === 'number'
  const isOwn = isNumber || Object.hasOwn(record.fields, name) || Object.hasOwn(BASE_FIELDS, name)
  const added = isOwn ? null : clearAddedField(context.catalogue, context.actor, record, name)
  if (added !== null) return addedKey(record, name, descends, added)
  const found = isNumber ? { field: BASE_FIELDS['id'], column: raw('t.id') } : filterField(context, record, name)
  if (found?.field === undefined || !isSortable(record, name, found.field)) throw unsortable(record, name, false)
  const { field, column } = found
  const isBase = isNumber || name === 'createdAt' || name === 'updatedAt'
  const options = field.options ?? []
  const isChoice = field.kind === 'choice' || field.kind === 'states'
  if (isChoice && !isInOrder(options))
    return { name, expression: declaredOrder(options, column), descends, isNullable: true, type: 'integer' }
  const type = isNumber ? 'bigint' : isChoice ? 'text' : (KEY_TYPES[field.kind] ?? 'text')
  return { name, expression: column, descends, isNullable: !isBase && field.default !== 'now', type }
}
function addedKey(
  record: RecordType,
  name: string,
  descends: boolean,
  added: { readonly name: string; readonly field: AddedField },
): SortKey {
  if (!isSortable(record, name, added.field, true)) throw unsortable(record, name, SORTABLE.has(added.field.kind))
  return { name, ...addedSort(added.name, added.field), descends, isNullable: true, isAdded: true }
}
/** Types of values where an added field is kept otherwise than a declared one. */
const ADDED_TYPES: Partial<Record<Field['kind'], string>> = { duration: 'double precision', instant: 'text', day: 'text', choice: 'text' } // oxfmt-ignore
/** By what a list is sorted by an added field, and of what its index is made. */
export function addedSort(name: string, field: Field): Pick<SortKey, 'expression' | 'type'> {
  const options = field.options ?? []
  const column = addedOrder(name, field)
  if (field.kind === 'choice' && !isInOrder(options))
    return { expression: declaredOrder(options, column), type: 'integer' }
  return { expression: column, type: ADDED_TYPES[field.kind] ?? KEY_TYPES[field.kind] ?? 'text' }
}
export function hasOrder(field: Field): boolean {
  return SORTABLE.has(field.kind)
}
function unsortable(record: RecordType, name: string, isTooMany: boolean): Error {
  const shown = name.slice(0, 60)
  const because = isTooMany
    ? say`${said(record.labelPlural)} are too many to be sorted by the added field "${shown}", which has no index. Filter by it, or ask an administrator to mark it as sorted often.`
    : say`The list cannot be sorted by "${shown}". Choose one of its columns.`
  return badRequest(because, [{ pointer: '/sort', detail: say`"${shown}" cannot be sorted by.` }])
}
function declaredOrder(options: readonly { readonly value: string }[], column: Fragment): Fragment {
  const values = options.map((option) => `'${option.value.replaceAll("'", "''")}'`).join(',')
  return sql`array_position(array[${raw(values)}]::text[], ${column})`
}

export function writeCursor(row: DatabaseRow, keys: readonly SortKey[]): string {
  return Buffer.from(JSON.stringify(keys.map((_, index) => row[`sort_${index}`]))).toString('base64url')
}
/** @throws a refusal for a cursor of another list */
export function readCursor(text: string, keys: readonly SortKey[]): unknown[] {
  const values = parseJson(Buffer.from(text, 'base64url').toString('utf8'))
  const fits =
    Array.isArray(values) &&
    values.length === keys.length &&
    values.every((value, index) => fitsKey(value, keys[index]))
  if (!fits)
    throw badRequest(
      'The cursor "after" does not belong to this list. Take it from "next" of the page before, with the same sort.',
    )
  return values
}
const CURSOR_FIELDS = { timestamptz: instant(), date: day(), inet: ip() } as const
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)
const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  boolean: (value) => typeof value === 'boolean',
  text: (value) => typeof value === 'string' && !value.includes('\u0000'),
  bigint: isWhole,
  integer: (value) => isWhole(value) && Math.abs(value) < 2 ** 31,
  'double precision': (value) => typeof value === 'number' && Number.isFinite(value),
  timestamptz: (value) => 'value' in checkValue(CURSOR_FIELDS.timestamptz, value),
  date: (value) => 'value' in checkValue(CURSOR_FIELDS.date, value),
  inet: (value) => 'value' in checkValue(CURSOR_FIELDS.inet, value),
}
function fitsKey(value: unknown, key: SortKey | undefined): boolean {
  return value === null ? key?.isNullable === true : FITS[key?.type ?? '']?.(value) === true
}
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // a cursor that is no JSON is no cursor; the caller says so
  }
}

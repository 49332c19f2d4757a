// When a record stands in time: the fields that say it, the filter of a range of days, and the days of one row.
import type { Search } from '../data/address.ts'
import type { FieldInfo, RecordInfo, Row } from '../data/contract.ts'
import { fieldOf, valueOf } from '../data/fields.ts'
import { fromLocalInput, localInput } from '../fields/format.ts'
import { termsOf } from '../list/filter.ts'
import { isDay, plusDays } from './days.ts'

/** One date, or the first and the last. */
export interface When {
  from: FieldInfo
  to: FieldInfo | null
}
/** Days of the person's calendar, the last one included; null is open-ended. `at` is the instant of what has only one. */
export interface Span {
  first: string
  last: string | null
  at: string | null
}

/** Days and instants by which a list can be asked: the declared ones first, then its own, then when it was created and changed. */
export function whenFields(record: RecordInfo): FieldInfo[] {
  const own = record.fields.filter((field) => isDate(field) && field.sortable !== false)
  const declared = own.filter((field) => field.name === record.dated?.from || field.name === record.dated?.to)
  const base = ['createdAt', 'updatedAt'].flatMap((name) => fieldOf(record, name) ?? [])
  return [...new Set([...declared, ...own, ...base])]
}

/** Days and instants that may say when something ends. */
export function endFields(record: RecordInfo): FieldInfo[] {
  return record.fields.filter(isDate)
}

/** What says nothing of itself but when it was written down has no place in a calendar. */
export function hasWhen(record: RecordInfo): boolean {
  return record.fields.some((field) => isDate(field) && field.sortable !== false)
}

function isDate(field: FieldInfo): boolean {
  return (field.kind === 'day' || field.kind === 'instant') && field.filterable !== false
}

/** A large list is asked by what its indexes begin with, and by nothing else. */
function isLarge(record: RecordInfo): boolean {
  return record.fields.some((field) => isDate(field) && field.sortable === false)
}

/** Of `date=dueOn` or `date=firstDay,lastDay` in the address; else as declared; else the record's first date. */
export function whenOf(record: RecordInfo, search: Search = {}): When | null {
  const [first = '', second = ''] = (search['date'] ?? '').split(',')
  const known = whenFields(record)
  const named = (name: string | undefined) => known.find((field) => field.name === name) ?? null
  const end = (name: string | undefined) => endFields(record).find((field) => field.name === name) ?? null
  const asked = named(first)
  if (asked) return { from: asked, to: second === first ? null : end(second) }
  const declared = named(record.dated?.from)
  if (declared) return { from: declared, to: end(record.dated?.to) }
  return known[0] && hasWhen(record) ? { from: known[0], to: null } : null
}

export function whenText({ from, to }: When): string {
  return to === null ? from.name : `${from.name},${to.name}`
}

/**
 * The condition for everything that lies in these days, both included. What has no last day yet is there from its first
 * on. Of a large list only what begins in them: no index knows what lies around them.
 */
export function rangeFilter(record: RecordInfo, { from, to }: When, first: string, last: string): string {
  const upTo = from.kind === 'instant' ? `${from.name}<${dayStart(plusDays(last, 1))}` : `${from.name}<=${last}`
  const since = (field: FieldInfo) => (field.kind === 'instant' ? dayStart(first) : first)
  if (to === null || isLarge(record)) return `${from.name}>=${since(from)} ${upTo}`
  return to.required ? `${to.name}>=${since(to)} ${upTo}` : `-${to.name}<${since(to)} ${upTo}`
}

/** The instant at which a day begins on the person's clocks. */
export function dayStart(day: string): string {
  return fromLocalInput(`${day}T00:00`) ?? `${day}T00:00:00Z`
}

/** Null where the row says nothing. An end before the beginning counts as the beginning. */
export function spanOf({ from, to }: When, row: Row): Span | null {
  const begin = valueOf(row, from)
  if (typeof begin !== 'string') return null
  const first = dayOf(from, begin)
  if (!isDay(first)) return null
  if (to === null) return { first, last: first, at: from.kind === 'instant' ? begin : null }
  const end = valueOf(row, to)
  if (typeof end !== 'string') return { first, last: null, at: null }
  const last = dayOf(to, end)
  return { first, last: last < first ? first : last, at: null }
}

function dayOf(field: FieldInfo, value: string): string {
  return (field.kind === 'instant' ? localInput(value) : value).slice(0, 10)
}

/** The value that says another day: an instant keeps its time of the day, also over a change of the clocks. */
export function onDay(field: FieldInfo, value: unknown, day: string): string {
  if (field.kind !== 'instant') return day
  const time = typeof value === 'string' ? localInput(value).slice(11) : '09:00'
  return fromLocalInput(`${day}T${time}`) ?? dayStart(day)
}

/** Work that is over is left out, unless the filter itself says which states it wants: calendars are for what is ahead. */
export function openOnly(record: RecordInfo, filter: string): string {
  const { workflow } = record
  if (workflow === null || termsOf(filter).some((term) => term.field === workflow.field)) return ''
  const open = workflow.states.filter((state) => !workflow.ends.includes(state.name)).map((state) => state.name)
  return open.length === 0 ? '' : `${workflow.field}:${open.join(',')}`
}

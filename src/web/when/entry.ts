// An entry: a row at its place in time, with its title and state, and what stands against moving it.
import type { RecordInfo, Row, Tone } from '../data/contract.ts'
import { bodyOf, fieldOf, titleOf, valueOf } from '../data/model.ts'
import { rowState, stateField } from '../data/row-state.ts'
import { write } from '../data/writes.ts'
import { dayText, instantFull, instantShort, timeText } from '../fields/format.ts'
import { displaysWords } from '../messages/displays.ts'
import { daysBetween, plusDays } from './days.ts'
import { onDay, spanOf, type Span, type When } from './when.ts'

const words = displaysWords

export interface Entry {
  /** Of the layer and the row: one row may stand in two layers. */
  key: string
  record: RecordInfo
  row: Row
  when: When
  /** Which of several layers; 0 is the list itself. */
  rank: number
  span: Span
  title: string
  tone: Tone
  /** The word of its state; empty where it has none. */
  state: string
}

/** Null where the row has no date. */
export function entryOf(record: RecordInfo, row: Row, when: When, { key = '', rank = 0 } = {}): Entry | null {
  const span = spanOf(when, row)
  if (span === null) return null
  return {
    key: `${key}${row.number}`,
    record,
    row,
    when,
    rank,
    span,
    title: titleOf(record, row),
    ...rowState(record, row),
  }
}

/** The fields that an entry is made of, for `fields` of a list. */
export function entryFields(record: RecordInfo, when: When): string {
  const wanted = [fieldOf(record, record.title), when.from, when.to, stateField(record)]
  const names = wanted.flatMap((field) => (field ? [field.custom ? 'custom' : field.name] : []))
  return [...new Set(['number', ...names])].join(',')
}

/** Why nobody may move it by hand, or null. What only the server knows, it says when it is tried. */
export function fixedBecause({ record, row, when }: Pick<Entry, 'record' | 'row' | 'when'>): string | null {
  if (!record.can.update || row.binnedAt) return words.mayNot
  const stamped = [when.from, when.to].find((field) => field?.stamped)
  return stamped ? words.stamped(stamped.label) : null
}

/** Moves the whole entry; its length stays. @throws Problem with the reason where the server refuses it */
export async function moveBy(entry: Entry, days: number): Promise<void> {
  const { when, row, span } = entry
  const first = plusDays(span.first, days)
  const values: Record<string, unknown> = { [when.from.name]: onDay(when.from, valueOf(row, when.from), first) }
  if (when.to && span.last !== null)
    values[when.to.name] = onDay(when.to, valueOf(row, when.to), plusDays(span.last, days))
  await keep(entry, values, words.movedTo(row.number, dayText(first)))
}

/** Moves its last day alone, never before its first. @throws Problem */
export async function resizeBy(entry: Entry, days: number): Promise<void> {
  const { when, row, span } = entry
  if (when.to === null || span.last === null) return
  const last = plusDays(span.last, Math.max(days, -daysBetween(span.first, span.last)))
  if (last === span.last) return
  const value = onDay(when.to, valueOf(row, when.to), last)
  await keep(entry, { [when.to.name]: value }, words.endsOn(row.number, dayText(last)))
}

/** The revision from which a row was written here last, by its kind and id. */
const writtenFrom = new Map<string, number | undefined>()
const key = ({ record, row }: Pick<Entry, 'record' | 'row'>) => `${record.name} ${row.id}`

/** It was moved and has not been read again: one more move would begin where it no longer stands. */
export function isMoving(entry: Pick<Entry, 'record' | 'row'>): boolean {
  return writtenFrom.has(key(entry)) && writtenFrom.get(key(entry)) === entry.row.rev
}

/** Writes what says when. @throws Problem */
export async function keep({ record, row }: Entry, values: Record<string, unknown>, done: string): Promise<void> {
  const body = bodyOf(record, values)
  writtenFrom.set(key({ record, row }), row.rev)
  const address = `/${record.plural}/${row.id}`
  const isNew = await write<Row>(record.plural, address, { method: 'PATCH', body, rev: row.rev ?? null }, done).then(
    (answer) => answer.body.rev !== row.rev,
    (error: unknown) => {
      writtenFrom.delete(key({ record, row }))
      throw error
    },
  )
  if (!isNew) writtenFrom.delete(key({ record, row }))
}

/** "3 Nov 2026", "14:30" on that day, "3 Nov 2026 to 7 Nov 2026", "from 3 Nov 2026". */
export function spanText({ span }: Entry): string {
  if (span.at !== null) return instantShort(span.at)
  if (span.last === null) return words.since(dayText(span.first))
  return span.last === span.first ? dayText(span.first) : words.fromTo(dayText(span.first), dayText(span.last))
}
/** In full; of an instant also as the clocks of the organisation show it. */
export function spanFull(entry: Entry): string {
  return entry.span.at === null ? spanText(entry) : instantFull(entry.span.at)
}
export function clockText({ span }: Entry): string {
  return span.at === null ? '' : timeText(Date.parse(span.at))
}
/** For screen readers: what, when, in which state. */
export function entryName(entry: Entry): string {
  return [entry.row.number, entry.title === entry.row.number ? '' : entry.title, spanText(entry), entry.state]
    .filter((part) => part !== '')
    .join(', ')
}

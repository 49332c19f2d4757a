/** What the parts of a report are read with: one transaction, one reader, one span of days. */
import { say, said } from '#engines/say.ts'
import { mayAtAll } from '#kit/access.ts'
import type { FilterContext } from '#kit/condition.ts'
import type { Tx } from '#kit/database.ts'
import { refuseStrangeNames } from '#kit/filter-names.ts'
import { listConditions } from '#kit/list.ts'
import { badRequest, forbidden } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { all, raw, run, sql } from '#kit/sql.ts'
import type { Source } from './blocks.ts'
import { knownField } from './needs.ts'
import type { Behind } from './page.ts'
import type { Span } from './periods.ts'
import { within } from './periods.ts'

export interface Reading {
  readonly on: Tx
  readonly context: FilterContext
  readonly span: Span
  readonly before: Span
  /** Leaves the statement that follows what remains of the time for the whole report. */
  readonly inTime: () => Promise<void>
}

/** @throws a refusal when there is no such kind of record, or the reader may read none of them */
export function recordOf({ context }: Reading, { record: name }: Source): RecordType {
  const record = context.catalogue.find(name)
  if (record === null) throw badRequest(say`There is no kind of record called "${name}".`)
  if (!mayAtAll(context.actor, record, 'read')) throw forbidden(say`You may not read ${said(record.labelPlural)}.`)
  return record
}
/** The filter of a source over some days; the whole source where no day has to lie in them. */
export function filterOver({ filter, when }: Source, span: Span): string {
  return [filter.trim(), when === null ? '' : within(when, span)].filter((part) => part !== '').join(' ')
}
export function listBehind(source: Source, span: Span): Behind {
  return { record: source.record, filter: filterOver(source, span) }
}
/** @throws a refusal for a filter that cannot be read */
export async function whereOf({ on, context }: Reading, record: RecordType, filter: string): Promise<Fragment> {
  await refuseStrangeNames(on, context, record, filter)
  return all(await listConditions(on, context, record, { filter }))
}
export async function countOf(reading: Reading, record: RecordType, filter: string): Promise<number> {
  const where = await whereOf(reading, record, filter)
  await reading.inTime()
  const rows = await run<{ n: number }>(
    reading.on,
    sql`select count(*) as n from ${raw(record.table)} t where ${where}`,
  )
  return rows[0]?.n ?? 0
}
/** @throws a refusal when the field is none of the record's, as far as the reader may know */
export function neededField({ context }: Reading, record: RecordType, name: string) {
  const field = knownField(context.catalogue, context.actor, record, name)
  if (field === null) throw badRequest(say`${said(record.label)} has no field "${name}".`)
  return field
}

/** The evidence of a measure: one filter that is counted here and opened by people, so that both see the same records. */
import { system } from '#kit/actor.ts'
import { conditions } from '#kit/condition.ts'
import type { FilterContext } from '#kit/condition.ts'
import { listConditions } from '#kit/list.ts'
import type { MeasuredDay } from '#kit/measure.ts'
import type { RecordType } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { all, join, raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'

export interface Evidence {
  readonly record: string
  /** Where its list is: /desk/incidents. */
  readonly path: string
  readonly sort?: string
  /** Says by conditions what counts, however many there are; never by their numbers. */
  readonly filter: (day: MeasuredDay) => string
}

/** The address of the list behind a value. */
export function listOf({ path, sort, filter }: Evidence, day: MeasuredDay): string {
  const said = encodeURIComponent(filter(day)).replaceAll('%2C', ',')
  return `${path}?filter=${said}${sort === undefined ? '' : `&sort=${sort}`}`
}
/** The instant at which the day `days` later begins for the organisation, whatever the zone of the reader. */
export function midnight({ on, zone }: MeasuredDay, days: number): string {
  return Temporal.PlainDate.from(dayAfter(on, days)).toZonedDateTime(zone).toInstant().toString()
}
export function dayAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** Everything that filters of the product say, once. */
export interface Counting {
  readonly context: FilterContext
  readonly record: RecordType
}
export async function counting(store: Store, org: number, record: string): Promise<Counting> {
  const rows = await run<{ zone: string }>(
    store.db.reader,
    sql`select time_zone as zone from organisation where id = ${org}`,
  )
  const context = {
    catalogue: store.catalogue,
    actor: system(org, 'measures', 'rule'),
    now: store.now(),
    zone: rows[0]?.zone ?? 'UTC',
  }
  return { context, record: store.catalogue.get(record) }
}
/** True for a row to which one of the filters applies. */
export function anyOf({ context, record }: Counting, filters: readonly string[]): Fragment {
  return join(
    filters.map((filter) => all(conditions(context, record, filter))),
    ' or ',
  )
}
/** One row of figures over the records of a list. @param figures aggregates over the table `t` */
export async function figuresOf<T extends object>(
  store: Store,
  { context, record }: Counting,
  filter: string,
  figures: Fragment,
): Promise<T | null> {
  const { reader } = store.db
  const where = all(await listConditions(reader, context, record, { filter }))
  const rows = await run<T>(reader, sql`select ${figures} from ${raw(record.table)} t where ${where}`)
  return rows[0] ?? null
}

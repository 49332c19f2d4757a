/** Clocks for people: live from history, each with its arithmetic line by line. And the reading of rows and history that every derivation shares. */
import { clockFigures, decideClock } from '#engines/service-level.ts'
import type { Actor } from '#kit/actor.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import type { ClockInfo, ClockType } from '#kit/clock.ts'
import type { Database, Sql } from '#kit/database.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { columnsOf } from '#kit/table.ts'
import { snake } from '#kit/record.ts'
import type { DerivedClock } from './clocks.ts'
import { decided, deriveClocks, derivation, historyFields, labelOf } from './clocks.ts'
import { levelBook } from './level-book.ts'
import { changesOf } from './state-history.ts'
import type { DatedChanges } from './state-history.ts'

export interface Reading {
  readonly db: Database
  readonly on: Sql
  readonly org: number
  readonly catalogue: Catalogue
  readonly record: RecordType
  readonly clocks: readonly ClockType[]
  readonly nowMs: number
  /** Histories that are known already, such as of rows that were just created. */
  readonly known?: ReadonlyMap<number, readonly DatedChanges[]>
}

/** The clocks of many rows, in three queries at most. */
export async function derivedClocks(reading: Reading, rows: readonly AnyRow[]): Promise<Map<number, DerivedClock[]>> {
  const { db, on, org, catalogue, record, nowMs } = reading
  const book = await levelBook(db, on, org)
  const clocks = reading.clocks.filter((clock) => clock.record.name === record.name)
  const of = derivation({ catalogue, record, clocks, book, nowMs })
  if (book.agreements.length === 0) return new Map(rows.map((row) => [row.id, []]))
  const unknown = rows.filter((row) => reading.known?.has(row.id) !== true)
  const since = unknown.map((row) => row.createdAt).sort()[0] ?? null
  const entries = await changesOf(on, org, record, {
    ids: unknown.map((row) => row.id),
    fields: historyFields(of),
    since,
  })
  return new Map(
    rows.map((row) => [row.id, deriveClocks(of, row, reading.known?.get(row.id) ?? entries.get(row.id) ?? [])]),
  )
}

/** Rows without long texts and titles: what clocks, matching and counts need. */
export async function bareRows(on: Sql, record: RecordType, org: number, ids: readonly number[]): Promise<AnyRow[]> {
  const fields = Object.entries(record.fields).filter(
    ([, field]) => field.kind !== 'longText' && field.kind !== 'json' && field.kind !== 'money' && field.kind !== 'any',
  )
  const columns = fields.flatMap(([name, field]) => columnsOf(name, field).map((column) => column.name))
  const rows = await run<Record<string, unknown>>(
    on,
    sql`select id, rev, created_at, updated_at, binned_at, ${raw(columns.join(', '))} from ${raw(record.table)} where org = ${org} and id = any(${ids}::bigint[])`,
  )
  return rows.map((row) => {
    const values = Object.fromEntries(
      fields.map(([name, field]) => {
        const value = row[snake(name)]
        if (field.kind === 'ref') return [name, typeof value === 'number' ? { id: value } : null]
        return [
          name,
          field.kind === 'refs' && Array.isArray(value) ? value.map((id: unknown) => ({ id })) : (value ?? null),
        ]
      }),
    )
    // The columns of every table, and fields by their declaration: a row as the store makes it, without titles.
    return {
      ...values,
      id: row['id'],
      number: `${record.number}-${String(row['id'])}`,
      rev: row['rev'],
      createdAt: row['created_at'],
      updatedAt: row['updated_at'],
      binnedAt: row['binned_at'],
      createdBy: null,
      updatedBy: null,
      tags: [],
      custom: {},
    } as AnyRow
  })
}

/** The clocks of rows as the record page shows them. */
export async function clocksOf(
  store: Store,
  clocks: readonly ClockType[],
  actor: Actor,
  of: { record: RecordType; rows: readonly AnyRow[] },
): Promise<Map<number, ClockInfo[]>> {
  const nowMs = Date.parse(store.now())
  const derived = await derivedClocks(
    { db: store.db, on: store.db, org: actor.org, catalogue: store.catalogue, record: of.record, clocks, nowMs },
    of.rows,
  )
  return new Map([...derived].map(([id, list]) => [id, list.flatMap((one) => infoOf(one) ?? [])]))
}
function infoOf(clock: DerivedClock): ClockInfo | null {
  const decision = decided(() => decideClock(clock.facts))
  if (decision === null) return null
  const { agreement, facts } = clock
  return {
    name: clock.name,
    label: labelOf(clock),
    state: decision.state,
    dueAt: iso(decision.dueMs),
    startedAt: iso(facts.startedAt),
    stoppedAt: facts.stop === null ? null : iso(facts.stop.atMs),
    targetSeconds: decision.targetSeconds,
    usedSeconds: decision.usedSeconds,
    remainingSeconds: decision.marginSeconds,
    warnings: decision.warnings.map(({ fraction, atMs, passed }) => ({ at: iso(atMs), fraction, passed })),
    because: [
      { text: clock.chosen() },
      ...[...clock.earlier, ...decision.because].map(({ text, atMs }) => ({ text, at: iso(atMs) })),
    ],
    agreement: { id: agreement.id, number: `SLA-${agreement.id}`, title: agreement.name },
    calendar: { id: agreement.calendar.id, number: `CAL-${agreement.calendar.id}`, title: agreement.calendar.name },
  }
}
export function figuresOf(clock: DerivedClock, fractions: readonly number[]): ReturnType<typeof clockFigures> | null {
  return decided(() => clockFigures({ ...clock.facts, warnings: fractions }))
}
export function iso(ms: number): string {
  return new Date(ms).toISOString()
}

/** What a record's fields were when, read from the journal: the ground on which clocks are derived. */
import type { Sql } from '#kit/database.ts'
import type { Changes } from '#kit/journal.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { join, raw, run, sql } from '#kit/sql.ts'

/** One entry of the journal as far as it matters here. */
export interface DatedChanges {
  readonly atMs: number
  readonly action: string
  readonly changes: Changes
}
export type Values = Readonly<Record<string, unknown>>

/** id → its entries that touch one of the fields, in the order in which they happened. One query for all. */
export async function changesOf(
  on: Sql,
  org: number,
  record: RecordType,
  asked: { ids: readonly number[]; fields: readonly string[]; since: string | null },
): Promise<Map<number, DatedChanges[]>> {
  const found = new Map<number, DatedChanges[]>()
  if (asked.ids.length === 0 || asked.fields.length === 0) return found
  const columns = asked.fields.map((field, at) => sql`changes->${field}::text as ${raw(`f${at}`)}`)
  const rows = await run<Record<string, unknown> & { id: number; at: string; action: string }>(
    on,
    sql`select record_id as id, occurred_at as at, action, ${join(columns)} from journal j
      where org = ${org} and record = ${record.name} and record_id = any(${asked.ids}::bigint[]) and at >= ${asked.since ?? '1970-01-01T00:00:00.000Z'}::timestamptz
      and changes ?| ${asked.fields}::text[] order by j.record_id, j.occurred_at, j.id`,
  )
  for (const row of rows) {
    const changes = Object.fromEntries(
      asked.fields.flatMap((field, at) =>
        Array.isArray(row[`f${at}`]) ? [[field, row[`f${at}`] as Changes[string]]] : [],
      ),
    )
    const list = found.get(row.id) ?? []
    list.push({ atMs: Date.parse(row.at), action: row.action, changes })
    found.set(row.id, list)
  }
  return found
}

/** From `fromMs` to `toMs` (null: until now) something was so; `reason` says what. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number | null
  readonly reason: string
}
interface Stage {
  readonly fromMs: number
  readonly values: Values
}

/**
 * The values of some fields over time, first stage first. Before the first entry the fields were what that entry says
 * they were; fields that no entry names are as the row has them now.
 */
export function stagesOf(row: AnyRow, entries: readonly DatedChanges[], fields: readonly string[]): Stage[] {
  const first: Record<string, unknown> = {}
  for (const field of fields) {
    const entry = entries.find((one) => one.changes[field] !== undefined)
    const [before, after] = entry?.changes[field] ?? [row[field], row[field]]
    first[field] = entry?.action === 'create' ? after : before
  }
  const stages: Stage[] = [{ fromMs: Number.NEGATIVE_INFINITY, values: first }]
  for (const entry of entries) {
    const now = Object.fromEntries(
      fields.flatMap((field) => (entry.changes[field] === undefined ? [] : [[field, entry.changes[field]?.[1]]])),
    )
    stages.push({ fromMs: entry.atMs, values: { ...stages.at(-1)?.values, ...now } })
  }
  return stages
}
/** The spans in which `reasonOf` gives a reason; neighbours with the same reason are one. */
export function spansOf(stages: readonly Stage[], reasonOf: (values: Values) => string | null): Span[] {
  const spans: Span[] = []
  stages.forEach((stage, index) => {
    const reason = reasonOf(stage.values)
    if (reason === null) return
    const toMs = stages[index + 1]?.fromMs ?? null
    const last = spans.at(-1)
    if (last !== undefined && last.toMs === stage.fromMs && last.reason === reason)
      spans[spans.length - 1] = { ...last, toMs }
    else if (toMs === null || toMs > stage.fromMs) spans.push({ fromMs: stage.fromMs, toMs, reason })
  })
  return spans
}

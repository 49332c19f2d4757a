/**
 * The quick part: the rows of a stretch of ids and their entries, page by page, folded and compared. It names nothing: what is
 * not plain is doubtful, and looked at again with its entries in one snapshot. So a write that happens meanwhile does no harm.
 */
import type { Sql } from '#kit/database.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { FieldPlan, KindPlan } from './plan.ts'
import type { EntryLine } from './told.ts'
import { isAsTold, Told } from './told.ts'
import type { RowLine } from './values.ts'

/** Ids above `after` up to and with `upTo`, of one organisation. */
export interface Window {
  readonly org: number
  readonly after: number
  readonly upTo: number
}
export interface WindowFound {
  rows: number
  entries: number
  /** Fields whose last value was erased from the journal. */
  unjudged: number
  readonly doubtful: number[]
}
/** Rows and entries of a page. Both are short: what is longer than these bytes is read alone. */
export const ROWS_AT_ONCE = 1000
const ENTRIES_AT_ONCE = 5000
const LONG_ROW = 32_000
const LONG_ENTRY = 8000

export async function compareWindow(on: Sql, kind: KindPlan, window: Window): Promise<WindowFound> {
  const found: WindowFound = { rows: 0, entries: 0, unjudged: 0, doubtful: [] }
  const names = new Set(kind.fields.map(({ name }) => name))
  for (let { after } = window; after < window.upTo;) {
    const rows = await run<RowLine>(on, rowsOf(kind, { ...window, after }))
    const end = rows.length < ROWS_AT_ONCE ? window.upTo : Number(rows.at(-1)?.['id'])
    const entries = await run<EntryLine>(on, entriesOf(kind, { ...window, after, upTo: end }))
    const whole = entries.length < ENTRIES_AT_ONCE ? end : wholeUpTo(entries, after)
    comparePage(kind, names, { rows, entries, upTo: whole }, found)
    after = whole
  }
  return found
}
/** The last row whose entries are all there; or the first, when it alone fills the page. */
function wholeUpTo(entries: readonly EntryLine[], after: number): number {
  const last = entries.at(-1)?.record_id ?? after
  const first = entries[0]?.record_id ?? after
  return last === first ? last : last - 1
}
interface Page {
  readonly rows: readonly RowLine[]
  readonly entries: readonly EntryLine[]
  readonly upTo: number
}
function comparePage(kind: KindPlan, names: ReadonlySet<string>, page: Page, found: WindowFound): void {
  const told = new Map<number, Told>()
  const isCut = page.entries.length === ENTRIES_AT_ONCE
  for (const entry of page.entries) {
    if (entry.record_id > page.upTo) break
    const one = told.get(entry.record_id) ?? new Told()
    told.set(entry.record_id, one)
    one.take(entry, names)
    found.entries++
  }
  const cut = isCut ? page.entries.at(-1)?.record_id : undefined
  for (const row of page.rows) {
    const id = Number(row['id'])
    if (id > page.upTo) break
    found.rows++
    const one = told.get(id)
    told.delete(id)
    const as = one === undefined || row['is_long'] === true || id === cut ? null : isAsTold(kind, row, one)
    if (as?.isPlain === true) found.unjudged += as.unjudged
    else found.doubtful.push(id)
  }
  // Entries without a row.
  found.doubtful.push(...told.keys())
}

function rowsOf(kind: KindPlan, { org, after, upTo }: Window): Fragment {
  return sql`select ${raw(columnsShortly(kind))} from ${raw(kind.table)} t where t.org = ${org} and t.id > ${after} and t.id <= ${upTo} order by t.id limit ${raw(String(ROWS_AT_ONCE))}`
}
function columnsShortly(kind: KindPlan): string {
  const long = kind.fields.filter(({ isLong }) => isLong).map(sizeOf)
  const columns = kind.fields.flatMap((plan) =>
    plan.isLong
      ? plan.columns.map((column) => `case when ${sizeOf(plan)} <= ${LONG_ROW} then t.${column} end as ${column}`)
      : plan.columns.map((column) => `t.${column}`),
  )
  return ['t.id, t.rev', ...columns, `(${long.join(' + ')}) > ${LONG_ROW} as is_long`].join(', ')
}
/** Bytes, without reading the value: the length of a text and the place that a structure takes are known beside it. */
function sizeOf({ field, columns }: FieldPlan): string {
  return `coalesce(${field.kind === 'json' ? 'pg_column_size' : 'octet_length'}(t.${columns[0]}), 0)`
}
function entriesOf(kind: KindPlan, { org, after, upTo }: Window): Fragment {
  return sql`select j.record_id, j.action, case when pg_column_size(j.changes) <= ${raw(String(LONG_ENTRY))} then j.changes end as changes, j.salt is null as is_erased, j.origin = 'import' as is_imported, j.xid::text
    from journal j where j.org = ${org} and j.record = ${kind.name} and j.record_id > ${after} and j.record_id <= ${upTo} order by j.record_id, j.id limit ${raw(String(ENTRIES_AT_ONCE))}`
}

/** Holds every row of every kind of record against what the journal says of it last. */
import type { Database } from '#kit/database.ts'
import { BESIDE } from '#kit/demo-beside.ts'
import type { RecordType } from '#kit/record.ts'
import type { Finding } from '#kit/seal/finding.ts'
import { Findings } from '#kit/seal/finding.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { RowFinding } from './look.ts'
import { look, LOOK_AT_ONCE } from './look.ts'
import type { KindPlan } from './plan.ts'
import { planOf } from './plan.ts'
import type { Comparers } from './ports.ts'
import type { Window, WindowFound } from './window.ts'
import { compareWindow } from './window.ts'

export interface CompareOptions {
  readonly now: () => string
  /** Rows so far, and about how many there are. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  /** Without them one after the other, here. They are closed at the end. */
  readonly comparers?: Comparers | undefined
}
export interface RowsCompared {
  readonly ok: boolean
  readonly rows: number
  /** Entries of the journal that tell of rows. */
  readonly entries: number
  /** Fields whose last value was erased from the journal on purpose: nothing can be said of them. */
  readonly unjudged: number
  readonly findings: readonly (Finding & Pick<RowFinding, 'values'>)[]
  /** Findings beyond the first hundred of a kind. */
  readonly more: number
  readonly tookMs: number
}
/** Rows of a stretch that is looked at by one thread. */
const STRETCH = 4000

/** What happens meanwhile is never named: whatever seems to differ is read again with its entries in one snapshot. */
export async function compareRows(
  db: Database,
  records: readonly RecordType[],
  { now, onProgress = () => {}, comparers = here(db) }: CompareOptions,
): Promise<RowsCompared> {
  const startedAt = Date.parse(now())
  const findings = new RowFindings()
  const counts = { rows: 0, entries: 0, unjudged: 0 }
  try {
    const total = await aboutHowMany(db, records)
    const windows = windowsOf(db, records.map(planOf))
    const follow = async (): Promise<void> => {
      for (;;) {
        const { value } = await windows.next()
        if (value === undefined) return
        const found = await comparers.compare(value.kind, value.window)
        counts.rows += found.rows
        counts.entries += found.entries
        counts.unjudged += found.unjudged + (await lookAt(db, value, found, findings))
        onProgress(counts.rows, Math.max(total, counts.rows))
      }
    }
    const works = await Promise.allSettled(Array.from({ length: comparers.count }, follow))
    for (const work of works) if (work.status === 'rejected') throw work.reason
  } finally {
    await comparers.close()
  }
  const { list, more } = findings
  return { ok: list.length === 0, ...counts, findings: list, more, tookMs: Date.parse(now()) - startedAt }
}
function here(db: Database): Comparers {
  return { count: 1, compare: (kind, window) => compareWindow(db, kind, window), close: async () => {} }
}

interface Part {
  readonly kind: KindPlan
  readonly window: Window
}
async function lookAt(
  db: Database,
  { kind, window: { org } }: Part,
  { doubtful }: WindowFound,
  findings: RowFindings,
): Promise<number> {
  let unjudged = 0
  for (let at = 0; at < doubtful.length; at += LOOK_AT_ONCE) {
    const looked = await look(db, kind, { org, ids: doubtful.slice(at, at + LOOK_AT_ONCE) })
    unjudged += looked.unjudged
    for (const finding of looked.findings) findings.take(finding)
  }
  return unjudged
}
/** The findings, with the values of those that are kept. */
class RowFindings {
  readonly #all = new Findings()
  readonly #values = new Map<Finding, RowFinding['values']>()
  take({ kind, where, says, values }: RowFinding): void {
    const before = this.#all.list.length
    this.#all.add(kind, where, says)
    const added = this.#all.list[before]
    if (added !== undefined && values !== undefined) this.#values.set(added, values)
  }
  get list(): RowsCompared['findings'] {
    return this.#all.list.map((finding) => {
      const values = this.#values.get(finding)
      return values === undefined ? finding : { ...finding, values }
    })
  }
  get more(): number {
    return this.#all.more
  }
}

/** Every id, in stretches of so many rows; the last one has no end, so that rows that are gone are in one, too. */
async function* windowsOf(db: Database, kinds: readonly KindPlan[]): AsyncGenerator<Part, undefined> {
  const orgs = await run<{ id: number }>(db, sql`select id from organisation where id <> ${BESIDE} order by id`)
  for (const kind of kinds)
    for (const { id: org } of orgs)
      for (let after = Number.MIN_SAFE_INTEGER; after < Number.MAX_SAFE_INTEGER;) {
        const rows = await run<{ last: number | null; n: number }>(
          db,
          sql`select max(id) as last, count(*) as n from (select id from ${raw(kind.table)} where org = ${org} and id > ${after} order by id limit ${raw(String(STRETCH))}) x`,
        )
        const { last = null, n = 0 } = rows[0] ?? {}
        const upTo = n < STRETCH || last === null ? Number.MAX_SAFE_INTEGER : last
        yield { kind, window: { org, after, upTo } }
        after = upTo
      }
  return undefined
}
/** By the numbers that were given. */
async function aboutHowMany(db: Database, records: readonly RecordType[]): Promise<number> {
  const rows = await run<{ n: number }>(
    db,
    sql`select coalesce(sum(last), 0)::bigint as n from counter where name = any(${records.map(({ name }) => name)}::text[])`,
  )
  return rows[0]?.n ?? 0
}

/** Verifications that were made, by hand or by schedule: what the last one found stays on the health page until the next. */
import { say } from '#engines/say.ts'
import type { Database, Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { RowsCompared } from './rows/rows.ts'
import type { Verified } from './verify.ts'

/** The journal against its seal, or the rows against the journal. */
export type Part = 'journal' | 'rows'
export interface Verification {
  readonly at: string
  readonly ok: boolean
  /** Entries of the journal; of a comparison, rows. */
  readonly entries: number
  /** The first findings, as sentences: numbers and names of fields, never values. */
  readonly says: readonly string[]
}
const KEPT = 100
const MOST_SAID = 10

export async function noteVerification(db: Database, now: string, found: Verified): Promise<void> {
  await note(db, { part: 'journal', now, count: found.entries, found })
}
export async function noteComparison(db: Database, now: string, found: RowsCompared): Promise<void> {
  await note(db, { part: 'rows', now, count: found.rows, found })
}
interface Noted {
  readonly part: Part
  readonly now: string
  readonly count: number
  readonly found: Pick<Verified, 'ok' | 'findings' | 'tookMs'>
}
async function note(db: Database, { part, now, count, found }: Noted): Promise<void> {
  const says = found.findings.slice(0, MOST_SAID).map((finding) => finding.says)
  await run(
    db,
    sql`with made as (
      insert into journal_verification (part, at, ok, entries, took_ms, says)
      values (${part}, ${now}, ${found.ok}, ${count}, ${Math.round(found.tookMs)}, ${says}) returning id
    ) delete from journal_verification where part = ${part} and id < (
      select min(id) from (select id from journal_verification where part = ${part} order by id desc limit ${KEPT - 1}) x
    )`,
  )
}
export async function lastVerification(on: Sql, part: Part = 'journal'): Promise<Verification | null> {
  const rows = await run<Verification>(
    on,
    sql`select at, ok, entries, says from journal_verification where part = ${part} order by id desc limit 1`,
  )
  return rows[0] ?? null
}

/** After so long without one, the journal counts as unverified. */
const STALE_MS = 3 * 86_400_000
type Problem = { state: 'warn' | 'bad'; todo: string } | null

/** What is to be said of it; null when all is well. `since` is the moment of the first entry. */
export function verificationProblem(last: Verification | null, since: string | null, now: string): Problem {
  if (last !== null && !last.ok)
    return {
      state: 'bad',
      todo: say`The verification of ${last.at} found what is not as it was sealed: ${last.says[0] ?? 'see its output'} Find out who was at the database, and restore a backup from before. Run: pilothouse audit verify.`,
    }
  const from = last?.at ?? since
  if (from !== null && isStale(from, now))
    return {
      state: 'warn',
      todo: say`The whole journal was ${last === null ? say`never verified` : say`last verified on ${last.at}`}; that happens each night. See under Settings, Jobs, why "verify-journal" does not run.`,
    }
  return null
}
/** The same of the rows. A journal that was never compared is one that was never verified: that is said of it already. */
export function comparisonProblem(last: Verification | null, now: string): Problem {
  if (last === null) return null
  if (!last.ok)
    return {
      state: 'bad',
      todo: say`The comparison of ${last.at} found rows that are not as the journal says: ${last.says[0] ?? 'see its output'} Run: pilothouse audit verify --rows only.`,
    }
  return isStale(last.at, now)
    ? {
        state: 'warn',
        todo: say`Rows were last compared with the journal on ${last.at}; that happens each night. See under Settings, Jobs, why "verify-journal" does not run to its end.`,
      }
    : null
}
function isStale(at: string, now: string): boolean {
  return Date.parse(now) - Date.parse(at) > STALE_MS
}

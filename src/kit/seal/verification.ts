/** Verifications that were made, by hand or by schedule: what the last one found stays on the health page until the next. */
import { say } from '#engines/say.ts'
import type { Database, Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { Verified } from './verify.ts'

export interface Verification {
  readonly at: string
  readonly ok: boolean
  readonly entries: number
  /** The first findings, as sentences. */
  readonly says: readonly string[]
}
const KEPT = 100
const MOST_SAID = 10

export async function noteVerification(db: Database, now: string, found: Verified): Promise<void> {
  const says = found.findings.slice(0, MOST_SAID).map((finding) => finding.says)
  await run(
    db,
    sql`with made as (
      insert into journal_verification (at, ok, entries, took_ms, says)
      values (${now}, ${found.ok}, ${found.entries}, ${Math.round(found.tookMs)}, ${says}) returning id
    ) delete from journal_verification where id <= (select id from made) - ${KEPT}`,
  )
}
export async function lastVerification(on: Sql): Promise<Verification | null> {
  const rows = await run<Verification>(
    on,
    sql`select at, ok, entries, says from journal_verification order by id desc limit 1`,
  )
  return rows[0] ?? null
}

/** After so long without one, the journal counts as unverified. */
const STALE_MS = 3 * 86_400_000

/** What is to be said of it; null when all is well. `since` is the moment of the first entry. */
export function verificationProblem(
  last: Verification | null,
  since: string | null,
  now: string,
): { state: 'warn' | 'bad'; todo: string } | null {
  if (last !== null && !last.ok)
    return {
      state: 'bad',
      todo: say`The verification of ${last.at} found what is not as it was sealed: ${last.says[0] ?? 'see its output'} Find out who was at the database, and restore a backup from before. Run: pilothouse audit verify.`,
    }
  const from = last?.at ?? since
  if (from !== null && Date.parse(now) - Date.parse(from) > STALE_MS)
    return {
      state: 'warn',
      todo: say`The whole journal was ${last === null ? 'never verified' : say`last verified on ${last.at}`}; that happens each night. See under Settings, Jobs, why "verify-journal" does not run.`,
    }
  return null
}

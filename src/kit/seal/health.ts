/** How the seal stands: one line for the health page, with what to do. */
import { say } from '#engines/say.ts'
import type { Database } from '#kit/database.ts'
import { isSealedOrg } from '#kit/demo-beside.ts'
import { run, sql } from '#kit/sql.ts'
import { readNote } from './checkpoint.ts'
import { declaredLosses, isDeclared } from './fork.ts'
import type { PublicKey } from './key.ts'
import type { CheckpointSink } from './sink.ts'
import { comparisonProblem, lastVerification, verificationProblem } from './verification.ts'

export interface SealHealth {
  /** Entries of the journal; counted behind the seal, so it costs the same at any size. */
  readonly entries: number
  readonly sealed: number
  readonly checkpoints: number
  /** When the last checkpoint left the database; null when none has. */
  readonly lastExternalAt: string | null
  readonly ageSeconds: number | null
  readonly state: 'good' | 'warn' | 'bad'
  /** What to do; empty when all is well. */
  readonly todo: string
  readonly publicKey: string
  /** When the whole journal was last verified; null when never. */
  readonly verifiedAt: string | null
  /** When every row was last compared with the journal; null when never. */
  readonly comparedAt: string | null
}
interface Standing {
  readonly sealed: number
  readonly waiting: number
  readonly oldestAt: string | null
  readonly checkpoints: number
  readonly signed: number | null
  readonly sentAt: string | null
  readonly since: string | null
}
const LATE_MS = 2 * 60_000
const VERY_LATE_MS = 15 * 60_000
const MOST_WAITING = 100_000

export async function sealHealth(db: Database, key: PublicKey, now: string, sink: CheckpointSink): Promise<SealHealth> {
  const standing = await standingOf(db)
  const { sealed, waiting, checkpoints, sentAt: lastExternalAt } = standing
  const outside = await sink.last(key.origin)
  const outsideSize = outside === null ? 0 : (readNote(outside.note)?.size ?? 0)
  const isLost = outsideSize > sealed && !isDeclared(await declaredLosses(db), outsideSize)
  const ageSeconds =
    lastExternalAt === null ? null : Math.max(0, Math.round((Date.parse(now) - Date.parse(lastExternalAt)) / 1000))
  const verified = await lastVerification(db)
  const compared = await lastVerification(db, 'rows')
  const doubts = [verificationProblem(verified, standing.since, now), comparisonProblem(compared, now)]
  const doubt = doubts.find((one) => one?.state === 'bad') ?? doubts.find((one) => one !== null) ?? null
  const verdict = isLost ? lost(outsideSize, sealed) : judge(standing, Date.parse(now), outside !== null)
  return {
    entries: sealed + waiting,
    sealed,
    checkpoints,
    lastExternalAt,
    ageSeconds,
    ...(doubt !== null && verdict.state !== 'bad' ? doubt : verdict),
    publicKey: key.text,
    verifiedAt: verified?.at ?? null,
    comparedAt: compared?.at ?? null,
  }
}
async function standingOf(db: Database): Promise<Standing> {
  const rows = await run<Standing>(
    db,
    sql`with waiting as (select j.at from journal j, journal_seal s where (j.xid, j.id) > (s.xid, s.id) and ${isSealedOrg} order by j.xid, j.id limit ${MOST_WAITING}),
      unsigned as (select at from journal_leaf where index >= coalesce((select max(size) from journal_checkpoint), 0) order by index limit 1)
      select coalesce((select max(index) + 1 from journal_leaf), 0) as sealed, (select count(*) from waiting) as waiting,
        least((select min(at) from waiting), (select at from unsigned)) as "oldestAt",
        (select count(*) from journal_checkpoint) as checkpoints, (select max(size) from journal_checkpoint) as signed, (select sent_at from journal_checkpoint where sent_at is not null order by size desc limit 1) as "sentAt",
        (select at from journal_leaf where index = 0) as since`,
  )
  return rows[0] ?? { sealed: 0, waiting: 0, oldestAt: null, checkpoints: 0, signed: null, sentAt: null, since: null }
}
type Verdict = Pick<SealHealth, 'state' | 'todo'>
function lost(outside: number, sealed: number): Verdict {
  return {
    state: 'bad',
    todo: say`A checkpoint kept outside covers ${outside} entries, and the database has ${sealed}. Run: pilothouse audit verify. If an older backup was restored on purpose, declare the loss.`,
  }
}
function judge({ sealed, signed, oldestAt }: Standing, nowMs: number, hasOutside: boolean): Verdict {
  if (signed !== null && sealed < signed)
    return {
      state: 'bad',
      todo: say`The last checkpoint covers ${signed} entries, and ${sealed} are left. Run: pilothouse audit verify.`,
    }
  const waitedMs = oldestAt === null ? 0 : nowMs - Date.parse(oldestAt)
  if (waitedMs > VERY_LATE_MS)
    return {
      state: 'bad',
      todo: say`Changes since ${oldestAt} are not sealed. See whether the worker runs and what its log says of the seal.`,
    }
  if (waitedMs > LATE_MS)
    return {
      state: 'warn',
      todo: say`Sealing is behind: the oldest change without a checkpoint is of ${oldestAt}. A long import may be the reason; else see the log.`,
    }
  if (sealed > 0 && !hasOutside)
    return {
      state: 'warn',
      todo: say`No checkpoint has left the database. See whether the checkpoint folder can be written.`,
    }
  return { state: 'good', todo: '' }
}

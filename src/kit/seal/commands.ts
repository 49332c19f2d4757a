/** The seal at the command line: `audit verify` and `audit prove`. What is printed comes back as text. */
import { say } from '#engines/say.ts'
import type { Database } from '#kit/database.ts'
import { CODE, proveCode } from './code.ts'
import { Refusal } from '#kit/problem.ts'
import type { Checkers } from './quick/ports.ts'
import type { PublicKey } from './key.ts'
import { prove } from './prove.ts'
import type { CheckpointSink } from './sink.ts'
import type { RecordType } from '#kit/record.ts'
import type { Comparers } from './rows/ports.ts'
import type { RowsCompared } from './rows/rows.ts'
import { compareRows } from './rows/rows.ts'
import { noteComparison, noteVerification } from './verification.ts'
import type { Verified } from './verify.ts'
import { verify } from './verify.ts'

export interface AuditParts {
  readonly db: Database
  readonly key: PublicKey
  readonly sink: CheckpointSink
  readonly now: () => string
  readonly onProgress?: (done: number, total: number) => void
  readonly checkers?: Checkers
  /** Kinds whose rows are held against the journal; none when absent. */
  readonly records?: readonly RecordType[]
  readonly comparers?: Comparers
  readonly onRows?: (done: number, total: number) => void
}
/** Whether rows are held against the journal, too: with it, alone, or not. */
export const ROWS = ['on', 'only', 'off'] as const
export type Rows = (typeof ROWS)[number]
export interface VerifyOrder {
  readonly json: boolean
  /** Public keys that signed before the present one. */
  readonly also?: readonly PublicKey[]
  readonly rows?: Rows
}
export interface Printed {
  /** 0 done, 1 refused with a reason. */
  readonly code: 0 | 1
  readonly text: string
}

/** Each part is noted as soon as it is done: a second one that fails leaves the first one's word. */
export async function auditVerify(parts: AuditParts, order: VerifyOrder): Promise<Printed> {
  const { rows: wanted = 'on' } = order
  const found = wanted === 'only' ? null : await verifyJournal(parts, order)
  const rows = wanted === 'off' ? null : await verifyRows(parts)
  const isFine = found?.ok !== false && rows?.ok !== false
  const said = found === null ? { ok: isFine, rows } : rows === null ? found : { ...found, ok: isFine, rows }
  const words = [...(found === null ? [] : [inWords(found)]), ...(rows === null ? [] : [rowsInWords(rows)])]
  return { code: isFine ? 0 : 1, text: order.json ? JSON.stringify(said, null, 2) : words.join('\n') }
}
async function verifyJournal(parts: AuditParts, { also = [] }: VerifyOrder): Promise<Verified> {
  const found = await verify(
    parts.db,
    { keys: [parts.key, ...also], outside: parts.sink.all() },
    { now: parts.now, onProgress: parts.onProgress, checkers: parts.checkers },
  )
  await noteVerification(parts.db, parts.now(), found)
  return found
}
async function verifyRows({ db, records, now, comparers, onRows }: AuditParts): Promise<RowsCompared | null> {
  if (records === undefined) return null
  const found = await compareRows(db, records, { now, comparers, onProgress: onRows })
  await noteComparison(db, now(), found)
  return found
}
/** What the journal says and what the row holds are for whoever is at the machine: they are printed here alone. */
function rowsInWords(found: RowsCompared): string {
  const counts = say`${found.rows} rows, ${found.entries} entries; ${(found.tookMs / 1000).toFixed(1)} s.`
  const lines = [
    found.ok ? say`The rows are as the journal says: ${counts}` : say`The rows are NOT as the journal says: ${counts}`,
    ...found.findings.flatMap(({ kind, says, values }) => [
      `  ${kind}: ${says}`,
      ...(values === undefined ? [] : [say`    the journal: ${values[0]}`, say`    the row: ${values[1]}`]),
    ]),
    ...(found.more > 0 ? [say`  … and ${found.more} more of the same kinds.`] : []),
    ...(found.unjudged > 0
      ? [say`  Of ${found.unjudged} fields nothing can be said: their last values were erased from the journal.`]
      : []),
  ]
  return lines.join('\n')
}
function inWords(found: Verified): string {
  const seconds = (found.tookMs / 1000).toFixed(1)
  const counts = say`${found.entries} entries, ${found.checkpoints} checkpoints in the database, ${found.outside} kept outside; ${seconds} s.`
  const lines = [
    found.ok ? say`The journal is whole: ${counts}` : say`The journal is NOT whole: ${counts}`,
    ...found.findings.map(({ kind, says }) => `  ${kind}: ${says}`),
    ...(found.more > 0 ? [say`  … and ${found.more} more of the same kinds.`] : []),
    ...found.losses.map(
      (loss) =>
        say`  Declared on ${loss.at}: entries ${loss.from} to ${loss.to - 1} were lost (${loss.reason ?? say`no reason given`}).`,
    ),
    ...found.clock.map(
      ({ from, to }) =>
        say`  The clock was set back from ${from} to ${to}: entries between may carry a time of either.`,
    ),
    ...(found.erased > 0 ? [say`  The values of ${found.erased} entries were erased; their hashes hold.`] : []),
    ...(found.pending > 0 ? [say`  ${found.pending} entries wait for the seal.`] : []),
    ...(found.outside === 0 && found.size > 0
      ? ['  No checkpoint is kept outside: somebody with the database and the key could have written everything anew.']
      : []),
  ]
  return lines.join('\n')
}

/** The proof file of one entry; or, for the code of a checkpoint, what shows that the log still begins with it. As JSON. */
export async function auditProve(parts: Pick<AuditParts, 'db' | 'key'>, what: string): Promise<Printed> {
  try {
    const proved = await (CODE.test(what) ? proveCode(parts.db, what, parts.key) : prove(parts.db, what, parts.key))
    return { code: 0, text: JSON.stringify(proved, null, 2) }
  } catch (error) {
    if (error instanceof Refusal) return { code: 1, text: error.message }
    throw error
  }
}

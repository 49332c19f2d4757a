/** The seal at the command line: `audit verify` and `audit prove`. What is printed comes back as text. */
import { say } from '#engines/say.ts'
import type { Database } from '#kit/database.ts'
import { Refusal } from '#kit/problem.ts'
import type { Checkers } from './quick/ports.ts'
import type { PublicKey } from './key.ts'
import { prove } from './prove.ts'
import type { CheckpointSink } from './sink.ts'
import { noteVerification } from './verification.ts'
import type { Verified } from './verify.ts'
import { verify } from './verify.ts'

export interface AuditParts {
  readonly db: Database
  readonly key: PublicKey
  readonly sink: CheckpointSink
  readonly now: () => string
  readonly onProgress?: (done: number, total: number) => void
  readonly checkers?: Checkers
}
export interface Printed {
  /** 0 done, 1 refused with a reason. */
  readonly code: 0 | 1
  readonly text: string
}

/** @param also public keys that signed before the present one */
export async function auditVerify(
  parts: AuditParts,
  options: { json: boolean; also?: readonly PublicKey[] },
): Promise<Printed> {
  const found = await verify(
    parts.db,
    { keys: [parts.key, ...(options.also ?? [])], outside: parts.sink.all() },
    { now: parts.now, onProgress: parts.onProgress, checkers: parts.checkers },
  )
  await noteVerification(parts.db, parts.now(), found)
  return { code: found.ok ? 0 : 1, text: options.json ? JSON.stringify(found, null, 2) : inWords(found) }
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
        say`  Declared on ${loss.at}: entries ${loss.from} to ${loss.to - 1} were lost (${loss.reason ?? 'no reason given'}).`,
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

/** The proof file of one entry, as JSON. */
export async function auditProve(parts: Pick<AuditParts, 'db' | 'key'>, entryId: string): Promise<Printed> {
  try {
    return { code: 0, text: JSON.stringify(await prove(parts.db, entryId, parts.key), null, 2) }
  } catch (error) {
    if (error instanceof Refusal) return { code: 1, text: error.message }
    throw error
  }
}

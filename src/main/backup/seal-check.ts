/** Holds a restored journal to its seal, and says what of the log is lost against the checkpoints kept outside. */
import { system } from '#kit/actor.ts'
import type { Database } from '#kit/database.ts'
import { readNote } from '#kit/seal/checkpoint.ts'
import type { DeclaredLoss } from '#kit/seal/fork.ts'
import { declareLoss, isDeclared } from '#kit/seal/fork.ts'
import type { PublicKey } from '#kit/seal/key.ts'
import { readPublicKey } from '#kit/seal/key.ts'
import type { CheckpointSink } from '#kit/seal/sink.ts'
import { rootAt } from '#kit/seal/tree.ts'
import type { Verified } from '#kit/seal/verify.ts'
import { verify } from '#kit/seal/verify.ts'
import type { Header } from '#platform/backup/format.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import type { Door } from '#platform/database.ts'
import { openCheckers } from '#platform/seal/checkers.ts'

export interface SealParts {
  readonly keys: readonly PublicKey[]
  readonly sink: CheckpointSink
  readonly now: () => string
}
/** A database whose journal is looked at, and the way in for the threads that do it. */
export interface Looked {
  readonly db: Database
  readonly door: Door
}
/** Entries `from` up to but without `to` of the log are not in this journal. */
export interface Fork {
  readonly from: number
  readonly to: number
}
/** What the outside may say of a journal that is whole in itself: that it once was longer, or went another way. */
const OUTSIDE_ONLY = ['rolledBack', 'rewritten', 'unreadable']

/** @throws {BackupRefusal} when the journal is not the one that was sealed. @returns what is lost, null when nothing is */
export async function checkSeal(
  { db, door }: Looked,
  header: Pick<Header, 'seal'>,
  of: SealParts,
): Promise<Fork | null> {
  const { size, root, publicKey } = header.seal
  const keys = [readPublicKey(publicKey), ...of.keys]
  // Nobody works in this database, so all processors may look.
  const found = await verify(db, { keys, outside: of.sink.all() }, { now: of.now, checkers: openCheckers(door) })
  const isAlone = found.findings.every(({ kind }) => OUTSIDE_ONLY.includes(kind))
  const own = found.ok
    ? found
    : isAlone && found.findings.every(({ kind }) => kind === 'rolledBack' || kind === 'unreadable')
      ? null
      : await verify(db, { keys, outside: [] }, { now: of.now, checkers: openCheckers(door) })
  if (own !== null && !own.ok)
    throw new BackupRefusal(
      `The journal in this backup is not the one that was sealed: ${own.findings[0]?.says ?? 'its verification did not end'}`,
    )
  if (found.size < size || Buffer.from(await rootAt(db, size)).toString('base64') !== root)
    throw new BackupRefusal(
      `The journal's seal does not cover the ${size} entries that the backup tells of. Take another backup.`,
    )
  return forkAgainst(found, of.sink, readPublicKey(publicKey).origin)
}

/** What is lost of this log, by a verification against the outside. @throws {BackupRefusal} when it was doctored */
export async function forkAgainst(found: Verified, sink: CheckpointSink, origin: string): Promise<Fork | null> {
  const damage = found.findings.find(({ kind }) => !OUTSIDE_ONLY.includes(kind))
  if (damage !== undefined) throw new BackupRefusal(damage.says)
  return forkOf(found, await furthest(sink, origin, found))
}
function forkOf(found: Verified, outside: number): Fork | null {
  const other = found.findings.find(({ kind }) => kind === 'rewritten')
  const from = other?.where.index ?? found.size
  return outside > from && found.findings.some(({ kind }) => kind !== 'unreadable') ? { from, to: outside } : null
}
/** The size of the longest log that the outside tells of and nobody has declared lost. */
async function furthest(
  sink: CheckpointSink,
  origin: string,
  { losses }: { losses: readonly DeclaredLoss[] },
): Promise<number> {
  let most = 0
  for await (const line of sink.all()) {
    const note = 'note' in line ? readNote(line.note) : null
    if (note !== null && note.origin === origin && !isDeclared(losses, note.size)) most = Math.max(most, note.size)
  }
  return most
}

/** Writes the loss into the journal, for the first organisation; with none there is nobody to tell. */
export async function declareFork(
  db: Database,
  fork: Fork,
  said: { reason: string; now: string; request: string },
): Promise<void> {
  const rows = await db.query<{ id: number }>('select id from organisation order by id limit 1')
  const org = rows[0]?.id
  if (org === undefined) return
  await declareLoss(db, system(org, said.request, 'cli'), said.now, { ...fork, reason: said.reason })
}

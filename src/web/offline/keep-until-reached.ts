// Keeps what could not be sent now, a comment or a move, until the server can be reached. The first try and every later one carry one
// key, so that it is done once.
import type { RecordInfo, Row } from '../data/contract.ts'
import { isUnreachable } from '../data/http.ts'
import { titleOf } from '../data/model.ts'
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { say } from '../ui/toast.tsx'
import type { Waiting } from './outbox.ts'

type ToKeep = Pick<Waiting, 'key' | 'body' | 'internal' | 'move'> & {
  /** Why it was not done at once. */
  readonly error: unknown
}

/** @throws the error itself where the server was reached, or nothing can be kept */
export async function keepUntilReached(record: RecordInfo, row: Row, { error, ...said }: ToKeep): Promise<void> {
  if (!isUnreachable(error) || !globalThis.isSecureContext || !('serviceWorker' in navigator)) throw error
  const { waitToSend } = await withWords('offline', import('./outbox.ts')).catch(() => {
    throw error
  })
  const isKept = await waitToSend({
    plural: record.plural,
    id: row.id,
    number: row.number,
    title: titleOf(record, row),
    place: record.place || 'all',
    rev: row.rev ?? null,
    triedAt: Date.now(),
    ...said,
  })
  if (!isKept) throw error
  say(messages.composer.kept)
}
